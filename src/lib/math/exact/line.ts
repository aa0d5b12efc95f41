/** Data on a line: the posterior of its points given where x_t is along it, and which of them a walk back ends at. */

import type { Kernel } from '../numerics/grid.ts';
import { dot } from '../numerics/linalg.ts';
import { bisect } from '../numerics/quadrature.ts';
import { normalCdf } from '../numerics/special.ts';
import type { Schedule } from '../process/schedule.ts';
import type { Factor } from './factorise.ts';

/** A factor's points as positions along its line through the origin's coordinates. */
export function linePositions(factor: Factor): Float64Array {
  const centre = dot(factor.directions[0], factor.centre);
  return Float64Array.from(factor.points, (p) => centre + p[0]);
}

/** Posterior over positions, its mean and variance, given the line coordinate y of x_t. */
export function linePosterior(
  positions: ArrayLike<number>,
  weights: ArrayLike<number>,
  schedule: Schedule,
  t: number,
): (y: number) => { weights: Float64Array; mean: number; variance: number } {
  const root = Math.sqrt(schedule.alphaBar[t]);
  const noise = schedule.noiseVariance[t];
  const logPrior = Array.from(weights, Math.log);
  return (y) => {
    const logits = logPrior.map((l, i) => l - (y - root * positions[i]) ** 2 / (2 * noise));
    const max = Math.max(...logits);
    const q = Float64Array.from(logits, (l) => Math.exp(l - max));
    const sum = q.reduce((a, b) => a + b, 0);
    let mean = 0;
    for (let i = 0; i < q.length; i++) {
      q[i] /= sum;
      mean += q[i] * positions[i];
    }
    let variance = 0;
    for (let i = 0; i < q.length; i++) variance += q[i] * (positions[i] - mean) ** 2;
    return { weights: q, mean, variance };
  };
}

/** The last step adds no noise: x_0 = E[x_0|x_t], which rises with y; image i wins between two cuts. */
export function nearestLaw(
  positions: ArrayLike<number>,
  posteriorAt: ReturnType<typeof linePosterior>,
  kernels: readonly Kernel[],
): Float64Array {
  const order = Array.from(positions, (_, i) => i).sort((i, j) => positions[i] - positions[j]);
  const below = (cut: number) =>
    kernels.reduce((sum, k) => sum + k.mass * normalCdf((cut - k.mean) / k.sigma), 0);
  const law = new Float64Array(positions.length);
  let before = 0;
  order.forEach((index, k) => {
    let upTo = 1;
    if (k + 1 < order.length) {
      const middle = (positions[index] + positions[order[k + 1]]) / 2;
      upTo = below(bisect((y) => posteriorAt(y).mean - middle, -1e3, 1e3));
    }
    law[index] = upTo - before;
    before = upTo;
  });
  return law;
}
