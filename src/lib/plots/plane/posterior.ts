/** What may be behind one noisy point: the points of the shape by their probability, and their mean. */

import type { Square } from './particles.ts';
import { across, down } from './view.ts';

export interface PosteriorMarks {
  /** x_t */
  place: readonly [number, number];
  /** E[x_0 | x_t] */
  mean: ArrayLike<number>;
  /** Of each centre, given x_t. */
  weights: ArrayLike<number>;
  /** x and y in turn. */
  centres: ArrayLike<number>;
  colours: { marks: string; data: string };
}

/** Radius of a dot of probability 1, in dots. */
const CERTAIN = 9;

export function drawPosterior(
  { context, size, dot }: Square,
  { place, mean, weights, centres, colours }: PosteriorMarks,
) {
  const at = (x: number, y: number) => [across(x, size), down(y, size)] as const;
  context.fillStyle = colours.data;
  for (let i = 0; i < weights.length; i++) {
    // Areas as the probabilities, and never quite nothing: the whole shape stays in sight.
    const radius = dot * (0.5 + CERTAIN * Math.sqrt(weights[i]));
    context.beginPath();
    context.arc(...at(centres[2 * i], centres[2 * i + 1]), radius, 0, 2 * Math.PI);
    context.fill();
  }
  const [fromX, fromY] = at(...place);
  const [toX, toY] = at(mean[0], mean[1]);
  context.strokeStyle = colours.marks;
  context.lineWidth = dot;
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  const arm = 3.5 * dot;
  for (const side of [1, -1]) {
    context.moveTo(toX - arm, toY - side * arm);
    context.lineTo(toX + arm, toY + side * arm);
  }
  context.stroke();
  context.beginPath();
  context.arc(fromX, fromY, 4 * dot, 0, 2 * Math.PI);
  context.stroke();
}
