import { type PlaneWords, en as plane } from '../../plane/words.ts';

export const en: PlaneWords = {
  ...plane,
  title: 'A distribution forgets',
  caption:
    'Left: two thousand particles on the forward chain of 200 steps, at one time t. Right: the heights of 24 of them over all times. The green shade is the density q(x_t), exactly, at each time in shades of its own darkest place.',
};
