/**
 * The variational bound of DDPM eq. 5, in nats, for models that use the exact E[x_0|x_t]:
 *   −ELBO = L_T + Σ_{t=2..T} L_{t−1} + L_0,
 *   L_T = KL(q(x_T|x_0) ‖ N(0, I)),  L_{t−1} = E KL(q(x_{t−1}|x_t,x_0) ‖ p(x_{t−1}|x_t)),
 *   L_0 = −E log p(x_0|x_1).
 * γ_t is the signal-to-noise ratio; D the number of pixels.
 */
import { type Block, type BlockOptions, makeBlocks, sumBlocks } from '../exact/blocks.ts';
import { finiteData } from '../exact/finiteData.ts';
import type { Estimate } from '../exact/vectorChannel.ts';
import { dot } from '../numerics/linalg.ts';
import { oneOf } from '../numerics/oneOf.ts';
import { logExcess } from '../numerics/special.ts';
import { type FirstVariance, firstVariance } from '../process/firstVariance.ts';
import { posterior, signalDrop } from '../process/posterior.ts';
import type { Schedule } from '../process/schedule.ts';
import { checkTime } from '../process/schedule.ts';
import { evenLevels, levelsOf } from './decoder.ts';
import { type LearnedVariance, learnVariance } from './learnedVariance.ts';
import { meanPriorTerm, type PriorParts, splitPrior } from './priorParts.ts';

/**
 * The model's reverse step p(x_{t−1}|x_t).
 * - `exact`: the true q(x_{t−1}|x_t), a mixture.
 * - `bestGaussian`: the Gaussian with its mean and full covariance, at every x_t.
 * - `bestIsotropic`: the best σ_t²·I that depends on t alone (Analytic-DPM, 2201.06503).
 * - `learned`: σ_t²·I between β̃_t and β_t, found by gradient descent on the bound (`learnVariance`).
 * - `betaTilde`, `beta`: σ_t² = β̃_t or β_t. Or an array of σ_t², indexed by t.
 */
export type BoundVariance =
  | 'exact'
  | 'bestGaussian'
  | 'bestIsotropic'
  | 'learned'
  | 'beta'
  | 'betaTilde'
  | ArrayLike<number>;

export const DECODERS = ['exact', 'discretized'] as const;
export type Decoder = (typeof DECODERS)[number];

export interface BoundOptions extends BlockOptions {
  readonly schedule: Schedule;
  readonly data: readonly ArrayLike<number>[];
  readonly weights?: ArrayLike<number>;
  readonly variance: BoundVariance;
  /** `exact`: the joint posterior q(x_0|x_1). `discretized`: DDPM eq. 13 about E[x_0|x_1]. */
  readonly decoder: Decoder;
  /** σ_1² of the discretized decoder, where β̃_1 = 0 would be a point; `beta1` when left out. */
  readonly firstVariance?: FirstVariance;
  /** Grey levels of the discretized decoder: a count on [-1, 1] or a list; those of the data when left out. */
  readonly levels?: number | readonly number[];
}

export interface Bound {
  /** L_T = E KL(q(x_T|x_0) ‖ N(0, I)). */
  readonly prior: number;
  /** What L_T consists of: information about the image that is left, and the price of the wrong start. */
  readonly priorParts: PriorParts;
  /** diffusion[t] = L_{t−1} for t = 2..T; entries 0 and 1 are 0. */
  readonly diffusion: Float64Array;
  readonly reconstruction: number;
  /** −E ELBO, an upper bound of the entropy. */
  readonly total: number;
  /** total / (D log 2) */
  readonly bitsPerDim: number;
  /** H(x_0): no model can do better. */
  readonly entropy: number;
  /** How L_0 … L_{T−1} were had; `mixed`: some by quadrature, of standard error 0, some by averages over draws. */
  readonly method: 'quadrature' | 'mixed' | 'monteCarlo';
  /** All 0 where the method is quadrature. */
  readonly standardError: {
    readonly diffusion: Float64Array;
    readonly reconstruction: number;
    readonly total: number;
  };
  /** Where the descent ended, for the variance `learned`. */
  readonly learned?: LearnedVariance;
}

// #region gaussianTerm
/**
 * L_{t−1} for a Gaussian step with mean μ̃(x_t, x̂_0) and covariance σ²·I, t ≥ 2:
 * ½ D [β̃/σ² − 1 − log(β̃/σ²)] + ‖x_0 − x̂_0‖² · x0Coefficient² / (2σ²).
 * @param squaredError E‖x_0 − x̂_0‖², of the exact denoiser or of a trained network.
 */
export function gaussianTerm(
  schedule: Schedule,
  t: number,
  squaredError: number,
  dimension: number,
  variance: number,
): number {
  checkTime(schedule, t, 2);
  const q = posterior(schedule, t);
  const excess = logExcess((q.variance - variance) / variance);
  return 0.5 * (dimension * excess + (q.x0Coefficient ** 2 / variance) * squaredError);
}
// #endregion

// #region exactBound
/** Every term of the bound for a finite data set. T = 1000 on 2×2 images takes well under a second. */
export function exactBound(options: BoundOptions): Bound {
  const { schedule } = options;
  const decoder = oneOf('Decoder', options.decoder, DECODERS);
  const data = finiteData(options.data, options.weights);
  const blocks = makeBlocks(data, options);
  const sum = (f: (block: Block) => Estimate) => sumBlocks(blocks, f);

  const prior = meanPriorTerm(schedule, data);
  const diffusion = new Float64Array(schedule.T + 1);
  const diffusionError = new Float64Array(schedule.T + 1);
  const { term: termOf, learned } = diffusionTerms(schedule, options.variance, data.dimension, sum);
  for (let t = 2; t <= schedule.T; t++) {
    const term = termOf(t);
    diffusion[t] = term.value;
    diffusionError[t] = term.standardError;
  }
  const gamma = schedule.snr[1];
  const levels = chooseLevels(options.levels, data.rows);
  const decoderVariance = firstVariance(schedule, options.firstVariance ?? 'beta1');
  const reconstruction = sum((block) =>
    decoder === 'exact'
      ? block.entropyGiven(gamma)
      : block.discretized(gamma, decoderVariance, levels),
  );

  const errors = [...diffusionError.subarray(2), reconstruction.standardError];
  const total = prior + diffusion.reduce((a, b) => a + b, 0) + reconstruction.value;
  return {
    prior,
    priorParts: splitPrior(schedule, prior, blocks),
    diffusion,
    reconstruction: reconstruction.value,
    total,
    bitsPerDim: total / (data.dimension * Math.LN2),
    entropy: data.entropy,
    method: blocks.every(({ block }) => block.exact)
      ? 'quadrature'
      : errors.includes(0)
        ? 'mixed'
        : 'monteCarlo',
    standardError: {
      diffusion: diffusionError,
      reconstruction: reconstruction.standardError,
      total: Math.sqrt(reconstruction.standardError ** 2 + dot(diffusionError, diffusionError)),
    },
    ...(learned ? { learned } : {}),
  };
}
// #endregion

type SumOver = (f: (block: Block) => Estimate) => Estimate;

/** L_{t−1} for each t; a learned variance is learned first, from the error of the exact denoiser at every t. */
function diffusionTerms(
  schedule: Schedule,
  variance: BoundVariance,
  dimension: number,
  sum: SumOver,
): { term: (t: number) => Estimate; learned?: LearnedVariance } {
  if (variance !== 'learned')
    return { term: (t) => diffusionTerm(schedule, t, variance, dimension, sum) };
  const mmse = Array.from(schedule.snr, (gamma, t) =>
    t < 2 ? { value: Number.NaN, standardError: 0 } : sum((block) => block.mmse(gamma)),
  );
  const errors = mmse.map(({ value }) => value);
  const learned = learnVariance(schedule, errors, dimension);
  const term = (t: number) => isotropicTerm(schedule, t, mmse[t], dimension, learned.variance[t]);
  return { term, learned };
}

/** L_{t−1}, given how to sum over the independent blocks of pixels. */
function diffusionTerm(
  schedule: Schedule,
  t: number,
  variance: Exclude<BoundVariance, 'learned'>,
  dimension: number,
  sum: SumOver,
): Estimate {
  const gamma = schedule.snr[t];
  const drop = signalDrop(posterior(schedule, t));
  // L = I(x_0; x_{t−1}) − I(x_0; x_t): the mixture is the marginal of q(x_{t−1}|x_t, x_0).
  if (variance === 'exact') return sum((block) => block.informationRise(gamma, drop));
  // Covariance β̃·I + x0Coefficient²·Cov(x_0|x_t): L = ½ E log det(I + drop·Cov).
  if (variance === 'bestGaussian') return sum((block) => block.halfLogDet(gamma, drop));

  const mmse = sum((block) => block.mmse(gamma));
  if (variance === 'bestIsotropic') {
    const ratio = (drop * mmse.value) / dimension;
    const slope = (0.5 * drop) / (1 + ratio);
    return {
      value: 0.5 * dimension * Math.log1p(ratio),
      standardError: slope * mmse.standardError,
    };
  }
  return isotropicTerm(schedule, t, mmse, dimension, stepVariance(schedule, t, variance));
}

/** L_{t−1} at a given σ_t². Its slope in the error carries the error's own uncertainty. */
function isotropicTerm(
  schedule: Schedule,
  t: number,
  mmse: Estimate,
  dimension: number,
  sigma2: number,
): Estimate {
  const { x0Coefficient } = posterior(schedule, t);
  return {
    value: gaussianTerm(schedule, t, mmse.value, dimension, sigma2),
    standardError: (0.5 * x0Coefficient ** 2 * mmse.standardError) / sigma2,
  };
}

function stepVariance(
  schedule: Schedule,
  t: number,
  variance: 'beta' | 'betaTilde' | ArrayLike<number>,
): number {
  if (variance === 'beta') return schedule.beta[t];
  if (variance === 'betaTilde') return schedule.posteriorVariance[t];
  if (typeof variance === 'string' || !(variance?.[t] > 0)) {
    const found = typeof variance === 'string' ? `"${variance}"` : `${variance?.[t]} at t = ${t}`;
    throw new RangeError(
      `Variance: expected exact, bestGaussian, bestIsotropic, learned, beta, betaTilde or a positive σ_t² for each t; found ${found}. Choose one of them.`,
    );
  }
  return variance[t];
}

function chooseLevels(
  levels: number | readonly number[] | undefined,
  rows: readonly ArrayLike<number>[],
): readonly number[] {
  if (levels === undefined) return levelsOf(rows);
  return typeof levels === 'number' ? evenLevels(levels) : levels;
}
