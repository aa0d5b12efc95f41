import { en as plane } from '../../plane/words.ts';

export const en = {
  ...plane,
  title: 'Which way is home?',
  caption:
    'Each arrow is the score, the direction in which the density q(x_t) grows fastest; its length is measured in standard deviations of the bells at that time, and cut at the edge of its cell. The ring is a noisy x_t of your choice, the cross the average clean point behind it, and the dots are the points of the shape, as large as their probability given x_t.',
  placeX: 'x_t, across',
  placeY: 'x_t, up',
  mean: 'Average clean point',
  likely: 'Points that it may well be',
  likelyHint:
    'The number of equally likely points that would leave as much doubt: e to the power of the entropy of their probabilities',
  of: (count: string, all: number) => `${count} of ${all}`,
  pair: (x: string, y: string) => `(${x}, ${y})`,
};
export type PlaneScoreWords = typeof en;
