/**
 * What stands for β̃_1 at t = 1, where the posterior has no width (β̃_1 = 0) and a decoder needs one. A choice with names:
 * - `beta1`: σ_1² = β_1. Equation 13 of DDPM's paper with its σ_t² = β_t; the only one of the paper's two choices that is not a point.
 * - `betaTilde2`: σ_1² = β̃_2. The published code of DDPM and of improved DDPM, whichever width the other steps have.
 *   Where the width is learned, its narrow end at t = 1 is β̃_2 and its wide end β_1.
 */
import { oneOf } from '../numerics/oneOf.ts';
import type { Schedule } from './schedule.ts';

export const FIRST_VARIANCES = ['beta1', 'betaTilde2'] as const;
export type FirstVariance = (typeof FIRST_VARIANCES)[number];

/**
 * σ_1² of a fixed width. In a chain of one step there is no β̃_2: β_1 for both.
 * @throws RangeError for another name.
 */
export function firstVariance(schedule: Schedule, name: FirstVariance): number {
  oneOf('Variance at t = 1', name, FIRST_VARIANCES);
  return name === 'beta1' || schedule.T === 1 ? schedule.beta[1] : schedule.posteriorVariance[2];
}
