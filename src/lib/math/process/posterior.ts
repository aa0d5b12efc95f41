/**
 * The reverse step when x_0 is known: q(x_s | x_t, x_0) = N(x0Coefficient·x_0 + xtCoefficient·x_t, variance·I).
 */
import type { Schedule } from './schedule.ts';
import { checkTime, jump } from './schedule.ts';

export interface Posterior {
  readonly x0Coefficient: number;
  readonly xtCoefficient: number;
  readonly variance: number;
}

// #region posterior
/**
 * DDPM eq. 6–7 for s = t − 1; for an earlier s the same formula with the step from s to t taken as one
 * (β replaced by 1 − ᾱ_t/ᾱ_s). For s = 0 it is a point mass at x_0.
 */
export function posterior(schedule: Schedule, t: number, s = t - 1): Posterior {
  checkTime(schedule, t, 1);
  const { alpha, beta } = jump(schedule, s, t);
  const { alphaBar, noiseVariance } = schedule;
  return {
    x0Coefficient: (Math.sqrt(alphaBar[s]) * beta) / noiseVariance[t],
    xtCoefficient: (Math.sqrt(alpha) * noiseVariance[s]) / noiseVariance[t],
    variance: (beta * noiseVariance[s]) / noiseVariance[t],
  };
}
// #endregion

/**
 * γ_s − γ_t, the signal that the step from s ≥ 1 to t destroys, of their posterior: x0Coefficient²/β̃. A difference of the two
 * would cancel.
 */
export const signalDrop = ({ x0Coefficient, variance }: Posterior): number =>
  x0Coefficient ** 2 / variance;
