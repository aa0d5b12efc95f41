/**
 * Euler–Maruyama for the reverse stochastic differential equation (Song et al. 2011.13456 eq. 6): straight on along the
 * drift of now, plus as much noise as the time brings. First order, and only for small steps.
 */
import type { Schedule } from '../process/schedule.ts';
import { type Combination, defineSampler, oneMoveEach } from './program.ts';

// #region eulerMaruyama
/**
 * x − (f x − g² score) dt + g √dt z, for dx = f x dt + g dw on the way to noise; score = −ε̂/noise.
 * @param drift f·dt
 * @param variance g²·dt
 * @param noise of x: x = signal·x_0 + noise·ε
 */
export const eulerMaruyamaStep = (drift: number, variance: number, noise: number): Combination => ({
  registers: [1 - drift],
  epsilon: -variance / noise,
  z: Math.sqrt(variance),
});
// #endregion

/** ∫β dt from s to t, for the variance-preserving equation f = −½β, g² = β: the chain's own β, added up. */
function integral({ beta }: Schedule, s: number, t: number): number {
  let sum = 0;
  for (let r = s + 1; r <= t; r++) sum += beta[r];
  return sum;
}

export const eulerMaruyama = defineSampler({
  label: 'Euler–Maruyama',
  about: 'The reverse equation in the plainest steps: it asks for many of them.',
  parameters: {},
  evaluations: (steps) => steps,
  moves: (schedule, times) =>
    oneMoveEach(times, (t, s) => {
      const beta = integral(schedule, s, t);
      const step = eulerMaruyamaStep(-beta / 2, beta, Math.sqrt(schedule.noiseVariance[t]));
      // As in the paper's code, the last step adds no noise.
      return s === 0 ? { ...step, z: 0 } : step;
    }),
});
