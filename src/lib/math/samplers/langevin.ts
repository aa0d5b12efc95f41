/**
 * Langevin dynamics at one noise level: uphill along the score, and a little at random. Left alone for ever it draws from the law
 * whose score it is told (Roberts & Tweedie 1996, for small steps), wherever it began.
 */
import type { Rng } from '../numerics/rng.ts';
import { langevinStep } from './correctedSteps.ts';

export interface LangevinLevel {
  /** Score of one number. */
  score(x: number): number;
  /** e: each step adds e·score + √(2e) z. */
  readonly size: number;
  readonly steps: number;
}

// #region langevinWalk
/** Particles on a line through the levels, one after another; a copy of them after each level. */
export function langevinWalk(
  start: ArrayLike<number>,
  levels: readonly LangevinLevel[],
  rng: Pick<Rng, 'normal'>,
): Float64Array[] {
  const x = Float64Array.from(start);
  return levels.map(({ score, size, steps }) => {
    // At noise 1 the guessed noise is −score.
    const { epsilon = 0, z = 0 } = langevinStep(size, 1);
    for (let i = 0; i < steps; i++)
      for (let k = 0; k < x.length; k++) x[k] += z * rng.normal() - epsilon * score(x[k]);
    return x.slice();
  });
}
// #endregion
