/**
 * The predictors and the corrector of Song et al. (2011.13456 section 4.2, appendices E to G), as single steps of a discrete
 * chain x_t = keep·x_s + √variance·ε: any chain, that of the variance-exploding equation with keep = 1 among them. Only the
 * score of x_t is asked, as ε̂ = −noise·score.
 */
import { dot } from '../numerics/linalg.ts';

import type { PathPoint } from '../process/path.ts';
import { eulerMaruyamaStep } from './eulerMaruyama.ts';
import type { Combination } from './program.ts';

/** One step of a chain towards the noise. */
export interface ChainStep {
  readonly keep: number;
  readonly variance: number;
}

// #region predictors
/** The reverse equation, taken apart as the chain took the forward one (eq. 46): x + (1 − keep) x + variance·score + √variance z. */
export const reverseDiffusionStep = ({ keep, variance }: ChainStep, noise: number): Combination =>
  eulerMaruyamaStep(keep - 1, variance, noise);

/**
 * Ancestral sampling (eq. 4, 47): the mean (x + variance·score)/keep, which is the posterior's at x̂_0, and noise of `width`, the
 * standard deviation. `stepWidth` is the posterior's own; DDPM's other choice is √variance.
 */
export const ancestralScoreStep = (
  { keep, variance }: ChainStep,
  noise: number,
  width: number,
): Combination => ({
  registers: [1 / keep],
  epsilon: -variance / (noise * keep),
  z: width,
});

/** √β̃ = √(variance·noise_s²/noise_t²) of the step from s to t. */
export const stepWidth = (
  { variance }: ChainStep,
  [before, after]: readonly [Pick<PathPoint, 'noise'>, Pick<PathPoint, 'noise'>],
): number => (Math.sqrt(variance) * before.noise) / after.noise;
// #endregion

// #region langevin
/**
 * The size e of a step of the corrector: chosen so that its pull e·score is `snr` times as long as its noise √(2e) z
 * (algorithms 4, 5, without their α).
 */
export function langevinSize(score: ArrayLike<number>, z: ArrayLike<number>, snr: number): number {
  const ratio = snr * Math.sqrt(dot(z, z) / dot(score, score));
  return 2 * ratio * ratio;
}

/** x + e·score + √(2e) z at one level: the law of x_t, if it is that, stays as it is up to e². */
export const langevinStep = (size: number, noise: number): Combination => ({
  registers: [1],
  epsilon: -size / noise,
  z: Math.sqrt(2 * size),
});
// #endregion
