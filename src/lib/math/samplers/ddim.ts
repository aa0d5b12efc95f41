/** Along the noise that is already there, with as much fresh noise as one likes (Song et al. 2021). */
import type { Schedule } from '../process/schedule.ts';
import { jump } from '../process/schedule.ts';
import { type Combination, defineSampler, oneMoveEach } from './program.ts';

// #region ddimStep
/**
 * DDIM (2010.02502 eq. 12, 16): x_s = √ᾱ_s x̂_0 + √(1−ᾱ_s−σ²) ε̂ + σ z with σ² = η² β̃.
 * η = 0 is deterministic; η = 1 is the ancestral step with β̃.
 * @throws RangeError for η outside [0, 1].
 */
export function ddimStep(schedule: Schedule, t: number, s: number, eta: number): Combination {
  if (!(eta >= 0 && eta <= 1)) {
    throw new RangeError(`η: expected a number from 0 to 1; found ${eta}. Choose one in between.`);
  }
  const { alpha, beta } = jump(schedule, s, t);
  const noise = schedule.noiseVariance;
  // 1 − ᾱ_s − σ² = (1 − ᾱ_s)(1 − η² β/(1−ᾱ_t)), and 1 − ᾱ_t = alpha (1−ᾱ_s) + beta: no cancellation.
  const kept = ((1 - eta) * (1 + eta) * beta + alpha * noise[s]) / noise[t];
  return {
    x0: Math.sqrt(schedule.alphaBar[s]),
    epsilon: Math.sqrt(noise[s] * kept),
    z: eta * Math.sqrt((beta * noise[s]) / noise[t]),
  };
}
// #endregion

export const ddim = defineSampler({
  label: 'DDIM',
  about: 'Along the noise that is already there; η says how much of it is replaced by fresh noise.',
  parameters: { eta: { label: 'η', initial: 0, from: 0, to: 1, step: 0.05 } },
  evaluations: (steps) => steps,
  moves: (schedule, times, { eta }) => oneMoveEach(times, (t, s) => ddimStep(schedule, t, s, eta)),
});
