/**
 * A finite data set seen through any Gaussian channel x = scale·x_0 + √noiseVariance·ε: the chain at a time t (scale √ᾱ_t,
 * noise 1 − ᾱ_t), a stochastic differential equation at any of its times, a noisy measurement (scale 1).
 */

import { type Matrix, meanCovariance, squaredDistance } from '../numerics/linalg.ts';
import { checkPixels, normalised } from './finiteData.ts';

/** x = scale·x_0 + √noiseVariance·ε, with ε ~ N(0, I). */
export interface GaussianChannel {
  readonly scale: number;
  /** ≥ 0; 0 means that x = scale·x_0 must hold, up to rounding. */
  readonly noiseVariance: number;
}

export interface ChannelPosterior {
  /** p(i | x), in the order of the rows; they add to 1. */
  readonly weights: Float64Array;
  /** log of the density of x, in nats; NaN where there is no noise. */
  readonly logDensity: number;
}

/** The derivatives in x of E[x_0 | x] and of the score, D by D and symmetric. */
export interface Jacobians {
  readonly mean: Matrix;
  readonly score: Matrix;
}

export interface FiniteChannel {
  posterior(x: ArrayLike<number>, channel: GaussianChannel): ChannelPosterior;
  /** E[x_0 | x] */
  mean(x: ArrayLike<number>, channel: GaussianChannel): Float64Array;
  /** @throws RangeError without noise. */
  jacobians(x: ArrayLike<number>, channel: GaussianChannel): Jacobians;
}

/** Squared distances that a dozen roundings of values near 1 can leave. */
const ROUNDING = 1e-28;

// #region finiteChannel
/**
 * p(i | x) ∝ w_i N(x; scale·x⁽ⁱ⁾, noiseVariance·I), by log-sum-exp.
 * @param rows n images of D values; a weight each (all equal when left out), scaled to sum 1.
 * @throws RangeError for weights that are none, an x of another length, a negative noise variance, and where no row agrees with
 * a noiseless x.
 */
export function finiteChannel(
  rows: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
): FiniteChannel {
  const logPrior = normalised(rows.length, weights).map(Math.log);

  const posterior = (x: ArrayLike<number>, channel: GaussianChannel): ChannelPosterior => {
    const { scale, noiseVariance } = channel;
    checkPixels(x, rows[0].length);
    const posteriorWeights = new Float64Array(rows.length);
    let max = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < rows.length; i++) {
      const distance = squaredDistance(x, rows[i], scale);
      posteriorWeights[i] = logPrior[i] + logFit(distance, noiseVariance, x.length);
      max = Math.max(max, posteriorWeights[i]);
    }
    if (!(max > Number.NEGATIVE_INFINITY))
      throw new RangeError(
        'Posterior: expected a row that agrees with what was measured without noise; found none. Give the measurement some noise.',
      );
    let sum = 0;
    for (let i = 0; i < rows.length; i++) {
      posteriorWeights[i] = Math.exp(posteriorWeights[i] - max);
      sum += posteriorWeights[i];
    }
    for (let i = 0; i < rows.length; i++) posteriorWeights[i] /= sum;
    const normaliser = 0.5 * x.length * Math.log(2 * Math.PI * noiseVariance);
    const logDensity = noiseVariance > 0 ? max + Math.log(sum) - normaliser : Number.NaN;
    return { weights: posteriorWeights, logDensity };
  };

  const mean = (x: ArrayLike<number>, channel: GaussianChannel) =>
    weightedMean(rows, posterior(x, channel).weights);

  // ∂E[x_0|x]/∂x = (scale/v)·Cov(x_0|x), of which Tweedie's formula gives the score's.
  const jacobians = (x: ArrayLike<number>, channel: GaussianChannel) => {
    const { scale, noiseVariance } = channel;
    checkNoise(noiseVariance);
    const { covariance } = meanCovariance(rows, posterior(x, channel).weights);
    const ofMean = covariance.map((row) => row.map((c) => (scale / noiseVariance) * c));
    const ofScore = ofMean.map((row, i) =>
      row.map((value, j) => (scale * value - (i === j ? 1 : 0)) / noiseVariance),
    );
    return { mean: ofMean, score: ofScore };
  };

  return { posterior, mean, jacobians };
}
// #endregion

/** log of the Gaussian factor, up to what all rows share. */
function logFit(distance: number, noiseVariance: number, length: number): number {
  if (noiseVariance > 0) return -distance / (2 * noiseVariance);
  if (noiseVariance === 0) return distance <= ROUNDING * length ? 0 : Number.NEGATIVE_INFINITY;
  throw new RangeError(
    `Noise variance: expected a number of at least 0; found ${noiseVariance}. Choose one.`,
  );
}

/** Σ_i w_i x⁽ⁱ⁾ */
export function weightedMean(
  rows: readonly ArrayLike<number>[],
  weights: ArrayLike<number>,
): Float64Array {
  const mean = new Float64Array(rows[0].length);
  for (let i = 0; i < rows.length; i++) {
    if (weights[i] === 0) continue;
    for (let k = 0; k < mean.length; k++) mean[k] += weights[i] * rows[i][k];
  }
  return mean;
}

// #region channelScore
/** ∇ log p(x) = (scale·E[x_0|x] − x)/noiseVariance (Tweedie), for data of any law. @throws RangeError without noise. */
export function channelScore(
  x: ArrayLike<number>,
  mean: ArrayLike<number>,
  { scale, noiseVariance }: GaussianChannel,
): Float64Array {
  checkNoise(noiseVariance);
  return Float64Array.from(x, (value, k) => (scale * mean[k] - value) / noiseVariance);
}
// #endregion

function checkNoise(noiseVariance: number): void {
  if (noiseVariance > 0) return;
  throw new RangeError(
    'Score: expected some noise; found none, and points have no density. Take a time with some noise.',
  );
}
