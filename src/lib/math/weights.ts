/**
 * How much each time step counts in the loss. A squared error of ε, v or the score is a fixed multiple
 * of the squared error of x_0 at that t (`floorFactor`), so every weighting is one curve over t, and
 * "predict ε with weight 1" already is a weighting of x_0: its signal-to-noise ratio.
 * What a network is trained with and what a plot draws are these same numbers.
 */
import { floorFactor } from './denoisers/finite.ts';
import { type FirstVariance, firstVariance } from './firstVariance.ts';
import { oneOf } from './oneOf.ts';
import type { PredictionKind } from './parameterization.ts';
import type { Schedule } from './schedule.ts';
import { checkTime } from './schedule.ts';

export const WEIGHTINGS = [
  'simple',
  'epsilon',
  'x0',
  'velocity',
  'minSnr',
  'truncatedSnr',
  'p2',
  'elbo',
  'elboBeta',
] as const;
export type Weighting = (typeof WEIGHTINGS)[number];

/** What the book calls each weighting. */
export const WEIGHTING_NAMES: Record<Weighting, string> = {
  simple: 'simple: 1',
  epsilon: 'simple, on ε',
  x0: 'simple, on x₀',
  velocity: 'simple, on v',
  minSnr: 'min-SNR-5',
  truncatedSnr: 'truncated SNR',
  p2: 'P2',
  elbo: 'bound, σ² = β̃',
  elboBeta: 'bound, σ² = β',
};

/**
 * How the weights over t = 1…T are scaled.
 * - `formula`: as the formula says.
 * - `meanOne`: divided by their mean over t, so that a learning rate means the same under every weighting. Training uses it.
 */
export const WEIGHT_SCALINGS = ['formula', 'meanOne'] as const;
export type WeightScaling = (typeof WEIGHT_SCALINGS)[number];

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

// #region lossWeights
/**
 * The weights of a run, of length T + 1; entry 0 is unused (0).
 * @param kind what the network predicts, whose squared error is weighted.
 */
export function lossWeights(
  weighting: Weighting,
  kind: PredictionKind,
  schedule: Schedule,
  scaling: WeightScaling = 'meanOne',
): Float64Array {
  const weights = new Float64Array(schedule.T + 1);
  for (let t = 1; t <= schedule.T; t++) weights[t] = lossWeight(weighting, kind, t, schedule);
  if (oneOf('Scaling of the weights', scaling, WEIGHT_SCALINGS) === 'formula') return weights;
  const mean = weights.reduce((total, w) => total + w, 0) / schedule.T;
  return weights.map((w) => w / mean);
}
// #endregion

/**
 * The factor, as the formula says, for the squared error of a network that predicts `kind`, at time t ≥ 1.
 * - `simple`: 1, whatever is predicted.
 * - `epsilon`, `velocity`, `x0`: as if that were predicted with weight 1.
 * - `minSnr`: min(SNR, γ) on x_0 (Hang et al., 2303.09556), γ = 5.
 * - `truncatedSnr`: max(SNR, 1) on x_0 (Salimans & Ho, 2202.00512).
 * - `p2`: SNR/(1 + SNR) on x_0, that is 1/(1 + SNR) on ε (Choi et al., 2204.00227, k = γ = 1).
 * - `elbo`, `elboBeta`: the bound's own weight, with σ² = β̃ or β. At t = 1 a decoder stands where β̃_1 = 0 would: its
 *   variance is β̃_2 with β̃, as in the published code, and β_1 with β, as in the paper; β_1 in a chain of one step.
 * @throws RangeError for an unknown weighting or a t outside 1..T.
 */
export function lossWeight(
  weighting: Weighting,
  kind: PredictionKind,
  t: number,
  schedule: Schedule,
  { gamma = 5 } = {},
): number {
  checkTime(schedule, t, 1);
  if (oneOf('Weighting', weighting, WEIGHTINGS) === 'simple') return 1;
  return onX0(weighting, t, schedule, gamma) / floorFactor(kind, t, schedule);
}

function onX0(weighting: Weighting, t: number, schedule: Schedule, gamma: number): number {
  const snr = schedule.snr[t];
  const width = (later: Float64Array, first: FirstVariance) =>
    t === 1 ? firstVariance(schedule, first) : later[t];
  const formulas: Record<Weighting, () => number> = {
    simple: () => 1,
    epsilon: () => snr,
    x0: () => 1,
    velocity: () => 1 / schedule.noiseVariance[t],
    minSnr: () => Math.min(snr, gamma),
    truncatedSnr: () => Math.max(snr, 1),
    p2: () => snr / (1 + snr),
    elbo: () => snr * vlbWeight(schedule, t, width(schedule.posteriorVariance, 'betaTilde2')),
    elboBeta: () => snr * vlbWeight(schedule, t, width(schedule.beta, 'beta1')),
  };
  return formulas[weighting]();
}
