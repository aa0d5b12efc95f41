/**
 * Two wrong forward chains, worked out exactly so that a page can lay them beside the right one.
 * Each function returns the variance of a pixel at t = 0..T, given its variance at t = 0.
 */
import type { Schedule } from './schedule.ts';

/** v_t along v_t = keep(β_t)·v_{t−1} + added(β_t). */
function recursion(
  { T, beta }: Schedule,
  v0: number,
  keep: (beta: number) => number,
  added: (beta: number) => number,
): Float64Array {
  const variance = new Float64Array(T + 1);
  variance[0] = v0;
  for (let t = 1; t <= T; t++) variance[t] = keep(beta[t]) * variance[t - 1] + added(beta[t]);
  return variance;
}

/** The right chain, x_t = √(1−β_t) x_{t−1} + √β_t ε: v_t = (1−β_t) v_{t−1} + β_t. Variance 1 stays 1. */
export const varianceOfChain = (schedule: Schedule, v0: number): Float64Array =>
  recursion(
    schedule,
    v0,
    (b) => 1 - b,
    (b) => b,
  );

/** β used as if it were a standard deviation, x_t = √(1−β_t) x_{t−1} + β_t ε: v_t = (1−β_t) v_{t−1} + β_t². */
export const varianceWithBetaAsDeviation = (schedule: Schedule, v0: number): Float64Array =>
  recursion(
    schedule,
    v0,
    (b) => 1 - b,
    (b) => b * b,
  );

/** No shrinking, x_t = x_{t−1} + √β_t ε: v_t = v_0 + β_1 + … + β_t, which has no limit. */
export const varianceWithoutShrinking = (schedule: Schedule, v0: number): Float64Array =>
  recursion(
    schedule,
    v0,
    () => 1,
    (b) => b,
  );
