/** The reverse chain of the paper (Ho et al. 2020): fresh noise after every step. */
import { oneOf } from '../numerics/oneOf.ts';
import { posterior } from '../process/posterior.ts';
import type { Schedule } from '../process/schedule.ts';
import { jump } from '../process/schedule.ts';
import { type Combination, defineSampler, type Move, oneMoveEach, strides } from './program.ts';

/** σ² of a step: β or β̃ of the step taken as one. */
const VARIANCES = { betaTilde: 'β̃', beta: 'β' } as const;
export type SamplingVariance = keyof typeof VARIANCES;
const NAMES = Object.keys(VARIANCES) as SamplingVariance[];

// #region ancestralStep
/**
 * DDPM Algorithm 2, for any s < t: the posterior mean at the predicted x_0, plus noise of variance
 * β ('beta') or β̃ ('betaTilde') of the step taken as one. No noise is added on arrival at s = 0.
 */
export function ancestralStep(
  schedule: Schedule,
  t: number,
  s: number,
  variance: SamplingVariance,
): Combination {
  const q = posterior(schedule, t, s);
  const beta = oneOf('Variance', variance, NAMES) === 'beta';
  return {
    registers: [q.xtCoefficient],
    x0: q.x0Coefficient,
    z: s === 0 ? 0 : Math.sqrt(beta ? jump(schedule, s, t).beta : q.variance),
  };
}
// #endregion

// #region learnedWidthMoves
/**
 * Algorithm 2 with the width that the network answers beside its prediction (2102.09672): log σ² between those of β̃ and β of
 * the step taken as one. No noise on arrival at s = 0.
 */
export const learnedWidthMoves = (schedule: Schedule, times: readonly number[]): Move[] =>
  strides(times).map(([t, s]) => {
    const { z: _, ...mean } = ancestralStep(schedule, t, s, 'betaTilde');
    if (s === 0) return { t, sets: [mean], s };
    const width = {
      narrow: Math.log(posterior(schedule, t, s).variance),
      wide: Math.log(jump(schedule, s, t).beta),
    };
    return { t, sets: [{ ...mean, z: 1 }], s, width };
  });
// #endregion

export const ddpm = defineSampler({
  label: 'DDPM',
  about: 'Fresh noise after every step but the last, as in the paper.',
  parameters: { variance: { label: 'Variance σ²', initial: 'betaTilde', choices: VARIANCES } },
  evaluations: (steps) => steps,
  moves: (schedule, times, { variance }) =>
    oneMoveEach(times, (t, s) => ancestralStep(schedule, t, s, variance)),
});
