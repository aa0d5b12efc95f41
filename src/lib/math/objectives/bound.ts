/** The bound's own weight on the squared error, for a fixed width of the step. */
import { type FirstVariance, firstVariance } from '../process/firstVariance.ts';
import { checkTime, type Schedule } from '../process/schedule.ts';
import { chainObjective } from './chain.ts';

// #region vlbWeight
/**
 * DDPM eq. 12: the weight of ‖ε − ε_θ‖² in L_{t−1} is β²/(2σ²α(1−ᾱ)). L_simple replaces it by 1.
 * At t = 1 it is the weight in L_0 = −log N(x_0; x̂_0, σ²) of a decoder without bins, where it is 1/(2σ²) on ‖x_0 − x̂_0‖².
 */
export function vlbWeight(schedule: Schedule, t: number, sigma2: number): number {
  checkTime(schedule, t, 1);
  const beta = schedule.beta[t];
  return beta ** 2 / (2 * sigma2 * (1 - beta) * schedule.noiseVariance[t]);
}
// #endregion

/** At t = 1 a decoder stands where β̃_1 = 0 would. */
const bound =
  (widths: 'posteriorVariance' | 'beta', first: FirstVariance) =>
  (t: number, schedule: Schedule): number =>
    schedule.snr[t] *
    vlbWeight(schedule, t, t === 1 ? firstVariance(schedule, first) : schedule[widths][t]);

/** σ² = β̃; β̃_2 at t = 1, as in the published code (β_1 in a chain of one step). */
export const boundObjective = chainObjective(
  'bound, σ² = β̃',
  bound('posteriorVariance', 'betaTilde2'),
);

/** σ² = β; β_1 at t = 1, as in the paper. */
export const betaBoundObjective = chainObjective('bound, σ² = β', bound('beta', 'beta1'));
