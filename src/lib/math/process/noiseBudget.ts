import { checkTime, type Schedule } from './schedule.ts';

// #region noiseShares
/**
 * What x_t is made of, as parts of its variance when pixels have variance 1: entry 0 is the share ᾱ_t of x_0, entry s the
 * share β_s α_{s+1}…α_t that the noise of step s still has. They add up to 1. Length t + 1.
 */
export function noiseShares(schedule: Schedule, t: number): Float64Array {
  checkTime(schedule, t);
  const shares = new Float64Array(t + 1);
  let kept = 1;
  for (let s = t; s >= 1; s--) {
    shares[s] = schedule.beta[s] * kept;
    kept *= 1 - schedule.beta[s];
  }
  shares[0] = kept;
  return shares;
}
// #endregion
