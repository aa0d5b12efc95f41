/**
 * EDM (2206.00364): σ ~ log-normal, the network sees c_in·x_t and is told c_noise, and its answer F is what is left of x_0 after
 * c_skip·x_t, in units of c_out. Their weight (σ²+σ_data²)/(σσ_data)² on x̂_0 is 1/c_out²: 1 on F.
 */

import { normalQuantile } from '../numerics/special.ts';
import { edm } from '../process/edm.ts';
import { preconditioning } from '../process/preconditioning.ts';
import { pointOf } from '../process/process.ts';
import { logNormalSigma } from '../process/timeLaws.ts';
import type { ObjectiveKind } from './objective.ts';

const PATH = edm();
/** A generator of 53 bits gives no other number so near to 0 or 1, where σ would be 0 or ∞. */
const EDGE = 2 ** -53;
const inside = (p: number): number => Math.min(1 - EDGE, Math.max(EDGE, p));

export const edmObjective: ObjectiveKind = {
  label: 'EDM',
  on({ sigmaData = 0.5 }) {
    const factors = (sigma: number) => preconditioning(pointOf(PATH, sigma), sigmaData);
    return {
      process: PATH,
      target: 'edmF',
      targetOptions: { sigmaData },
      timeAt: (part, of = 1) => logNormalSigma(normalQuantile(inside(part / of))),
      weight: () => 1,
      input: (sigma) => factors(sigma).input,
      told: (sigma) => factors(sigma).label,
      T: 1,
    };
  },
};
