/**
 * Common mistakes, as functions: what the wrong formula computes, so that a page can show the right
 * number beside it. Mistakes of a whole program, as switches, are in `bugs.ts`.
 */

import { klGaussian } from '../numerics/gaussian.ts';
import { type Schedule, scheduleFromBetas } from '../process/schedule.ts';

/**
 * x_t = √(1−β) x_{t−1} + β ε: a standard deviation used as if β were one.
 * @returns the noise variance of x_t for t = 0..T: v ← (1−β) v + β².
 */
export function noiseVarianceWithoutRoot(schedule: Schedule): Float64Array {
  const variance = new Float64Array(schedule.T + 1);
  for (let t = 1; t <= schedule.T; t++) {
    variance[t] = (1 - schedule.beta[t]) * variance[t - 1] + schedule.beta[t] ** 2;
  }
  return variance;
}

/** Where that chain ends: KL(q(x_T|x_0) ‖ N(0,1)) of one pixel, in nats. */
export function priorKlWithoutRoot(schedule: Schedule, pixel: number): number {
  const variance = noiseVarianceWithoutRoot(schedule)[schedule.T];
  return klGaussian(Math.sqrt(schedule.alphaBar[schedule.T]) * pixel, variance, 0, 1);
}

/** x_t = x_{t−1} + √β ε: no contraction. Var x_T for data of the given variance: it only grows. */
export function varianceWithoutContraction(schedule: Schedule, dataVariance = 1): number {
  return schedule.beta.reduce((sum, beta) => sum + beta, dataVariance);
}

/** E‖x_0 − x_T‖² per pixel when x_T is the noised image: a "loss" with no parameter in it. */
export function lossAgainstNoise(schedule: Schedule, pixel: number): number {
  const gap = (1 - Math.sqrt(schedule.alphaBar[schedule.T])) * pixel;
  return gap * gap + schedule.noiseVariance[schedule.T];
}

/**
 * E‖x_0 − y‖² for a "generated" y independent of x_0: drawn from the data (a perfect sampler), or
 * constant grey. Grey wins, so the loss rewards the wrong thing.
 */
export function lossAgainstSample(
  data: readonly ArrayLike<number>[],
  generated: readonly ArrayLike<number>[],
): number {
  let sum = 0;
  for (const x of data) {
    for (const y of generated) for (let i = 0; i < x.length; i++) sum += (x[i] - y[i]) ** 2;
  }
  return sum / (data.length * generated.length);
}

/**
 * E_q log(p/q) of one step, when p = N(mean + k, β̃) and q = N(mean, β̃): the flipped "loss".
 * It falls without limit as k grows: minimising it drives the mean away.
 */
export function flippedTerm(k: number, posteriorVariance: number): number {
  return -klGaussian(0, posteriorVariance, k, posteriorVariance);
}

/** A short chain with the β of a long one: ᾱ_T stays far from 0. β from 1e-4 to 0.02 in T steps. */
export function unscaledLinear(T: number): Schedule {
  return scheduleFromBetas(
    Array.from({ length: T }, (_, i) => 1e-4 + ((0.02 - 1e-4) * i) / Math.max(1, T - 1)),
  );
}
