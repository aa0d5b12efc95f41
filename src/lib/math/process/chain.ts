/**
 * The chain of a schedule as a path: between the times t = 0…T the noise comes at a constant rate, so that log ᾱ is linear
 * within a step (as DPM-Solver takes it, 2206.00927 appendix D.2). At whole times signal and noise are the schedule's own
 * √ᾱ_t and √(1−ᾱ_t), digit by digit, and the rates those of the step that ends there.
 */

import type { Path, PathPoint } from './path.ts';
import type { Schedule } from './schedule.ts';
import { preservingPoint } from './variancePreserving.ts';

/** β such that a step of the continuous path keeps 1 − β_t of the variance. */
const rateOf = (schedule: Schedule, step: number): number => -Math.log1p(-schedule.beta[step]);

/** For 0 ≤ t ≤ T. */
export function chainPoint(schedule: Schedule, t: number): PathPoint {
  const step = Math.max(1, Math.ceil(t));
  const from = t === step ? step : step - 1;
  const rate = rateOf(schedule, step);
  const signal = Math.sqrt(schedule.alphaBar[from]);
  return preservingPoint(signal, schedule.noiseVariance[from], (t - from) * rate, rate);
}

export function chainPath(schedule: Schedule): Path {
  const { T, alphaBar, noiseVariance } = schedule;
  return {
    name: 'chain',
    range: [0, T],
    start: T,
    prior: 1,
    at: (t) => chainPoint(schedule, t),
    time(sigma) {
      let [low, high] = [0, T];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (noiseVariance[middle] <= sigma * sigma * alphaBar[middle]) low = middle;
        else high = middle;
      }
      // ∫β dt from `low` on: ᾱ (1 + σ²) = 1 at the place sought, and 1 = ᾱ + (1−ᾱ) at `low`, so that small ones keep their digits.
      const spent = Math.log1p(sigma * sigma * alphaBar[low] - noiseVariance[low]);
      return low + spent / rateOf(schedule, high);
    },
  };
}
