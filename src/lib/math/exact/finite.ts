/**
 * The exact denoiser of a finite data set. With images x⁽ⁱ⁾ of probability w_i, on any path,
 *   q(x_t) = Σ_i w_i N(x_t; signal·x⁽ⁱ⁾, noise² I),
 * so the posterior over images is a softmax and every prediction a weighted mean: this is what a
 * perfect network, trained for ever on these images, would answer.
 */

import type { Matrix } from '../numerics/linalg.ts';
import {
  conversion,
  type Target,
  type TargetOptions,
  targetRow,
} from '../process/parameterization.ts';
import type { PathPoint } from '../process/path.ts';
import { channelAt, type OnProcess, type Process, pointOf, processOf } from '../process/process.ts';
import { type BlockOptions, makeBlocks, sumBlocks } from './blocks.ts';
import {
  type ChannelPosterior,
  channelScore,
  finiteChannel,
  type GaussianChannel,
  type Jacobians,
} from './finiteChannel.ts';
import { finiteData } from './finiteData.ts';
import type { Estimate } from './vectorChannel.ts';

type Prediction<Answer> = (xt: ArrayLike<number>, t: number) => Answer;

/** What the exact denoisers share; x_t is an array of D values, t a time of the path, or 1..T of a schedule. */
export interface ExactDenoiser {
  /** E[x_0 | x_t] */
  posteriorMean(xt: ArrayLike<number>, t: number): Float64Array;
  /** E[ε | x_t] */
  epsilon(xt: ArrayLike<number>, t: number): Float64Array;
  /** E[v | x_t] */
  v(xt: ArrayLike<number>, t: number): Float64Array;
  /** ∇ log q(x_t) */
  score(xt: ArrayLike<number>, t: number): Float64Array;
  /** Any target, under the contract of `sample`: `flowVelocity` is the drift of the probability-flow ODE. */
  predict(kind: Target, options?: TargetOptions): Prediction<Float64Array>;
  /** Its derivative in x_t, a symmetric matrix of D rows. */
  jacobian(kind: Target, options?: TargetOptions): Prediction<Matrix>;
  /** log q(x_t) in nats */
  logDensity(xt: ArrayLike<number>, t: number): number;
  /** Posterior probability of each image (or component) given x_t. */
  posteriorWeights(xt: ArrayLike<number>, t: number): Float64Array;
  /** E‖x_0 − E[x_0|x_t]‖², summed over the D pixels. */
  mmse(t: number): number;
  /** The same with its standard error: 0 where it comes from quadrature. */
  mmseEstimate(t: number): Estimate;
  /** The least mean squared error, summed over pixels, that any prediction of this kind can reach. */
  lossFloor(t: number, kind?: Target, options?: TargetOptions): number;
}

export type FiniteDenoiserOptions = BlockOptions &
  OnProcess & {
    readonly data: readonly ArrayLike<number>[];
    readonly weights?: ArrayLike<number>;
  };

/** Entries of `posteriorWeights` are in the order of `data`; equal images share their probability as their weights do. */
export function finiteDenoiser(options: FiniteDenoiserOptions): ExactDenoiser {
  const process = processOf(options);
  const data = finiteData(options.data, options.weights);
  const channel = finiteChannel(options.data, options.weights);
  let blocks: ReturnType<typeof makeBlocks> | undefined;
  return exactDenoiser(process, {
    posterior: channel.posterior,
    moments(x, at) {
      const mean = channel.mean(x, at);
      return { mean, score: () => channelScore(x, mean, at) };
    },
    jacobians: channel.jacobians,
    mmseEstimate(t) {
      const { signal, noise } = pointOf(process, t);
      if (noise === 0) return { value: 0, standardError: 0 };
      blocks ??= makeBlocks(data, options);
      return sumBlocks(blocks, (block) => block.mmse((signal / noise) ** 2));
    },
  });
}

// #region lossFloor
/**
 * The floor of the mean squared error for each target, from mmse = E‖x_0 − E[x_0|x_t]‖²: given x_t, every target is a fixed
 * multiple of x_0 plus a constant. On a chain ε: ᾱ/(1−ᾱ); v: 1/(1−ᾱ); score: ᾱ/(1−ᾱ)².
 */
export const floorFactor = (
  kind: Target,
  t: number,
  process: Process,
  options?: TargetOptions,
): number => conversion('x0', kind, t, process, options).prediction ** 2;
// #endregion

/** A law of the data seen through the channel of each time. */
interface SeenThrough {
  posterior(x: ArrayLike<number>, channel: GaussianChannel): ChannelPosterior;
  /** E[x_0|x] and ∇ log p(x). */
  moments(
    x: ArrayLike<number>,
    channel: GaussianChannel,
  ): { readonly mean: Float64Array; score(): Float64Array };
  jacobians(x: ArrayLike<number>, channel: GaussianChannel): Jacobians;
  mmseEstimate(t: number): Estimate;
}

/**
 * [p, q] with E[target|x_t] = p·E[x_0|x_t] + q·∇ log q(x_t): by Tweedie's formula E[ε|x_t] = −noise·score.
 */
function shares(
  kind: Target,
  point: PathPoint,
  options?: TargetOptions,
): readonly [number, number] {
  if (kind === 'score') return [0, 1];
  const [a, b] = targetRow(kind, point, options);
  return [a, -b * point.noise];
}

/** Every prediction from E[x_0|x_t] and the score: all are linear in them. */
export function exactDenoiser(process: Process, seen: SeenThrough): ExactDenoiser {
  const predict: ExactDenoiser['predict'] = (kind, options) => (xt, t) => {
    const point = pointOf(process, t);
    const [p, q] = shares(kind, point, options);
    const moments = seen.moments(xt, channelAt(point));
    if (kind === 'x0') return moments.mean;
    const score = moments.score();
    return moments.mean.map((value, k) => p * value + q * score[k]);
  };
  const jacobian: ExactDenoiser['jacobian'] = (kind, options) => (xt, t) => {
    const point = pointOf(process, t);
    const [p, q] = shares(kind, point, options);
    const { mean, score } = seen.jacobians(xt, channelAt(point));
    return mean.map((row, i) => row.map((value, j) => p * value + q * score[i][j]));
  };
  const posterior = (xt: ArrayLike<number>, t: number) =>
    seen.posterior(xt, channelAt(pointOf(process, t)));
  return {
    predict,
    jacobian,
    posteriorMean: predict('x0'),
    epsilon: predict('epsilon'),
    v: predict('v'),
    score: predict('score'),
    posteriorWeights: (xt, t) => posterior(xt, t).weights,
    logDensity: (xt, t) => posterior(xt, t).logDensity,
    mmse: (t) => seen.mmseEstimate(t).value,
    mmseEstimate: seen.mmseEstimate,
    lossFloor: (t, kind = 'epsilon', options) =>
      floorFactor(kind, t, process, options) * seen.mmseEstimate(t).value,
  };
}
