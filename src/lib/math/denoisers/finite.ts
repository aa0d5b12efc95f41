/**
 * The exact denoiser of a finite data set. With images x⁽ⁱ⁾ of probability w_i,
 *   q(x_t) = Σ_i w_i N(x_t; √ᾱ_t x⁽ⁱ⁾, (1−ᾱ_t) I),
 * so the posterior over images is a softmax and every prediction a weighted mean: this is what a
 * perfect network, trained for ever on these images, would answer.
 */
import { type BlockOptions, makeBlocks, sumBlocks } from '../blocks.ts';
import { finiteData } from '../finiteData.ts';
import { squaredDistance } from '../linalg.ts';
import { convertPrediction, type PredictionKind } from '../parameterization.ts';
import type { Schedule } from '../schedule.ts';
import { checkTime } from '../schedule.ts';
import type { Estimate } from '../vectorChannel.ts';

/** What the exact denoisers share; x_t is an array of D values, t = 1..T. */
export interface ExactDenoiser {
  /** E[x_0 | x_t] */
  posteriorMean(xt: ArrayLike<number>, t: number): Float64Array;
  /** E[ε | x_t] */
  epsilon(xt: ArrayLike<number>, t: number): Float64Array;
  /** E[v | x_t] */
  v(xt: ArrayLike<number>, t: number): Float64Array;
  /** ∇ log q(x_t) */
  score(xt: ArrayLike<number>, t: number): Float64Array;
  /** Any of the four, under the contract of `sample`. */
  predict(kind: PredictionKind): (xt: ArrayLike<number>, t: number) => Float64Array;
  /** log q(x_t) in nats */
  logDensity(xt: ArrayLike<number>, t: number): number;
  /** Posterior probability of each image (or component) given x_t. */
  posteriorWeights(xt: ArrayLike<number>, t: number): Float64Array;
  /** E‖x_0 − E[x_0|x_t]‖², summed over the D pixels. */
  mmse(t: number): number;
  /** The same with its standard error: 0 where it comes from quadrature. */
  mmseEstimate(t: number): Estimate;
  /** The least mean squared error, summed over pixels, that any prediction of this kind can reach. */
  lossFloor(t: number, kind?: PredictionKind): number;
}

export interface FiniteDenoiserOptions extends BlockOptions {
  readonly data: readonly ArrayLike<number>[];
  readonly weights?: ArrayLike<number>;
  readonly schedule: Schedule;
}

/** Entries of `posteriorWeights` are in the order of `data`; equal images share one entry's weight. */
export function finiteDenoiser(options: FiniteDenoiserOptions): ExactDenoiser {
  const { schedule } = options;
  const data = finiteData(options.data, options.weights);
  const rows = options.data;
  const total = options.weights ? sumOf(options.weights) : rows.length;
  const logPrior = rows.map((_, i) => Math.log((options.weights?.[i] ?? 1) / total));
  let blocks: ReturnType<typeof makeBlocks> | undefined;

  /** Posterior weights, and log Σ w_i e^{−‖x_t − √ᾱ x⁽ⁱ⁾‖²/2(1−ᾱ)}, by log-sum-exp. */
  const posterior = (xt: ArrayLike<number>, t: number) => {
    checkTime(schedule, t, 1);
    const scale = Math.sqrt(schedule.alphaBar[t]);
    const weights = new Float64Array(rows.length);
    let max = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < rows.length; i++) {
      const distance = squaredDistance(xt, rows[i], scale);
      weights[i] = logPrior[i] - distance / (2 * schedule.noiseVariance[t]);
      max = Math.max(max, weights[i]);
    }
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(weights[i] - max);
      sum += weights[i];
    }
    for (let i = 0; i < weights.length; i++) weights[i] /= sum;
    return { weights, logSum: max + Math.log(sum) };
  };
  const posteriorMean = (xt: ArrayLike<number>, t: number): Float64Array => {
    const { weights } = posterior(xt, t);
    const mean = new Float64Array(xt.length);
    for (let i = 0; i < rows.length; i++) {
      if (weights[i] === 0) continue;
      for (let k = 0; k < mean.length; k++) mean[k] += weights[i] * rows[i][k];
    }
    return mean;
  };
  return exactDenoiser(schedule, {
    posteriorMean,
    posteriorWeights: (xt, t) => posterior(xt, t).weights,
    logDensity(xt, t) {
      const normaliser = Math.log(2 * Math.PI * schedule.noiseVariance[t]);
      return posterior(xt, t).logSum - 0.5 * xt.length * normaliser;
    },
    mmseEstimate(t) {
      checkTime(schedule, t, 1);
      blocks ??= makeBlocks(data, options);
      return sumBlocks(blocks, (block) => block.mmse(schedule.snr[t]));
    },
  });
}

// #region lossFloor
/**
 * The floor of the mean squared error for each kind, from mmse = E‖x_0 − E[x_0|x_t]‖²: given x_t,
 * every target is a fixed multiple of x_0 plus a constant. ε: ᾱ/(1−ᾱ); v: 1/(1−ᾱ); score: ᾱ/(1−ᾱ)².
 */
export function floorFactor(kind: PredictionKind, t: number, schedule: Schedule): number {
  const [alphaBar, noise] = [schedule.alphaBar[t], schedule.noiseVariance[t]];
  return {
    x0: 1,
    epsilon: alphaBar / noise,
    v: 1 / noise,
    score: alphaBar / noise / noise,
  }[kind];
}
// #endregion

/** Completes a denoiser from E[x_0|x_t]: the other predictions are linear in it and x_t. */
export function exactDenoiser(
  schedule: Schedule,
  core: Pick<ExactDenoiser, 'posteriorMean' | 'posteriorWeights' | 'logDensity' | 'mmseEstimate'>,
): ExactDenoiser {
  const predict = (kind: PredictionKind) => (xt: ArrayLike<number>, t: number) =>
    convertPrediction(core.posteriorMean(xt, t), xt, 'x0', kind, t, schedule);
  return {
    ...core,
    predict,
    epsilon: predict('epsilon'),
    v: predict('v'),
    score: predict('score'),
    mmse: (t) => core.mmseEstimate(t).value,
    lossFloor: (t, kind = 'epsilon') => floorFactor(kind, t, schedule) * core.mmseEstimate(t).value,
  };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
