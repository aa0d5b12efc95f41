/**
 * The exact denoiser of a finite data set. With images x⁽ⁱ⁾ of probability w_i,
 *   q(x_t) = Σ_i w_i N(x_t; √ᾱ_t x⁽ⁱ⁾, (1−ᾱ_t) I),
 * so the posterior over images is a softmax and every prediction a weighted mean: this is what a
 * perfect network, trained for ever on these images, would answer.
 */
import { type BlockOptions, makeBlocks, sumBlocks } from '../blocks.ts';
import { finiteData } from '../finiteData.ts';
import { oneOf } from '../oneOf.ts';
import { convertPrediction, PREDICTION_KINDS, type PredictionKind } from '../parameterization.ts';
import type { Schedule } from '../schedule.ts';
import { checkTime } from '../schedule.ts';
import type { Estimate } from '../vectorChannel.ts';
import { finiteChannel } from './finiteChannel.ts';

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

/** Entries of `posteriorWeights` are in the order of `data`; equal images share their probability as their weights do. */
export function finiteDenoiser(options: FiniteDenoiserOptions): ExactDenoiser {
  const { schedule } = options;
  const data = finiteData(options.data, options.weights);
  const channel = finiteChannel(options.data, options.weights);
  const at = (t: number) => {
    checkTime(schedule, t, 1);
    return { scale: Math.sqrt(schedule.alphaBar[t]), noiseVariance: schedule.noiseVariance[t] };
  };
  let blocks: ReturnType<typeof makeBlocks> | undefined;
  return exactDenoiser(schedule, {
    posteriorMean: (xt, t) => channel.mean(xt, at(t)),
    posteriorWeights: (xt, t) => channel.posterior(xt, at(t)).weights,
    logDensity: (xt, t) => channel.posterior(xt, at(t)).logDensity,
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
  const factors: Record<PredictionKind, number> = {
    x0: 1,
    epsilon: alphaBar / noise,
    v: 1 / noise,
    score: alphaBar / noise / noise,
  };
  return factors[oneOf('Prediction', kind, PREDICTION_KINDS)];
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
