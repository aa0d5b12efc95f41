/**
 * The best width where it may depend on x_t and on the pixel, as a network's may: the step of pixel k is off by a_t times the
 * error of its guess, so σ_k² = β̃_t + a_t² Var(x_0k | x_t) is best among bells with independent pixels.
 */
import type { ExactDenoiser } from '../exact/finite.ts';
import { finiteDenoiser } from '../exact/finite.ts';
import type { Schedule } from '../process/schedule.ts';
import { bestFraction } from './learnedVariance.ts';

interface Problem {
  readonly schedule: Schedule;
  /** Images of equal probability. */
  readonly data: readonly ArrayLike<number>[];
}

/** Var(x_0k | x_t) of every pixel. */
export function pixelVariances(
  denoiser: Pick<ExactDenoiser, 'posteriorWeights' | 'posteriorMean'>,
  data: readonly ArrayLike<number>[],
  xt: ArrayLike<number>,
  t: number,
): Float64Array {
  const weights = denoiser.posteriorWeights(xt, t);
  return denoiser
    .posteriorMean(xt, t)
    .map((mean, k) => data.reduce((sum, row, i) => sum + weights[i] * (row[k] - mean) ** 2, 0));
}

/** f of every pixel at (x_t, t), t ≥ 2: what a network of the hybrid loss answers once it cannot do better. */
export function pointwiseFraction({ schedule, data }: Problem) {
  const denoiser = finiteDenoiser({ schedule, data });
  return (xt: ArrayLike<number>, t: number): Float64Array =>
    pixelVariances(denoiser, data, xt, t).map((variance) => bestFraction(schedule, t, variance));
}
