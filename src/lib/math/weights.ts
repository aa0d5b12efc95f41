/**
 * How much each time step counts in the loss. A squared error of ε, v or the score is a fixed multiple
 * of the squared error of x_0 at that t (`floorFactor`), so every weighting is one curve over t, and
 * "predict ε with weight 1" already is a weighting of x_0: its signal-to-noise ratio.
 */
import { floorFactor } from './denoisers/finite.ts';
import type { PredictionKind } from './parameterization.ts';
import { posterior } from './posterior.ts';
import type { Schedule } from './schedule.ts';
import { checkTime } from './schedule.ts';

export const WEIGHTINGS = [
  'simple',
  'vlbBeta',
  'vlbBetaTilde',
  'epsilon',
  'velocity',
  'x0',
  'truncatedSnr',
  'minSnr',
  'p2',
] as const;
export type Weighting = (typeof WEIGHTINGS)[number];

// #region vlbWeight
/** DDPM eq. 12: the weight of ‖ε − ε_θ‖² in L_{t−1} is β²/(2σ²α(1−ᾱ)). L_simple replaces it by 1. */
export function vlbWeight(schedule: Schedule, t: number, sigma2: number): number {
  checkTime(schedule, t, 1);
  const beta = schedule.beta[t];
  return beta ** 2 / (2 * sigma2 * (1 - beta) * schedule.noiseVariance[t]);
}
// #endregion

/**
 * The factor for the squared error of a network that predicts `kind`, at time t ≥ 1.
 * - `simple`: 1, whatever is predicted.
 * - `vlbBeta`, `vlbBetaTilde`: the bound's own weight, with σ² = β or β̃ (β̃_2 at t = 1, as β̃_1 is 0;
 *   β_1 in a chain of one step).
 * - `epsilon`, `velocity`, `x0`: as if that were predicted with weight 1.
 * - `truncatedSnr`: max(SNR, 1) on x_0 (Salimans & Ho, 2202.00512).
 * - `minSnr`: min(SNR, γ) on x_0 (Hang et al., 2303.09556), γ = 5.
 * - `p2`: SNR/(1 + SNR) on x_0, that is 1/(1 + SNR) on ε (Choi et al., 2204.00227, k = γ = 1).
 */
export function lossWeight(
  weighting: Weighting,
  kind: PredictionKind,
  t: number,
  schedule: Schedule,
  { gamma = 5 } = {},
): number {
  checkTime(schedule, t, 1);
  if (weighting === 'simple') return 1;
  return onX0(weighting, t, schedule, gamma) / floorFactor(kind, t, schedule);
}

function onX0(weighting: Weighting, t: number, schedule: Schedule, gamma: number): number {
  const snr = schedule.snr[t];
  switch (weighting) {
    case 'vlbBeta':
      return snr * vlbWeight(schedule, t, schedule.beta[t]);
    case 'vlbBetaTilde':
      return snr * vlbWeight(schedule, t, smallVariance(schedule, t));
    case 'epsilon':
      return snr;
    case 'velocity':
      return 1 / schedule.noiseVariance[t];
    case 'x0':
      return 1;
    case 'truncatedSnr':
      return Math.max(snr, 1);
    case 'minSnr':
      return Math.min(snr, gamma);
    case 'p2':
      return snr / (1 + snr);
    default:
      throw new RangeError(
        `Weighting: expected one of ${WEIGHTINGS.join(', ')}; found "${weighting}". Choose one of them.`,
      );
  }
}

function smallVariance(schedule: Schedule, t: number): number {
  if (schedule.T === 1) return schedule.beta[1];
  return posterior(schedule, Math.max(2, t)).variance;
}
