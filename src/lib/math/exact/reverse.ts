/**
 * Going back: the true reverse step of a finite data set. By Bayes,
 *   q(x_s | x_t) = Σ_i q(x⁽ⁱ⁾ | x_t) · N(x_s; x0Coefficient·x⁽ⁱ⁾ + xtCoefficient·x_t, β̃ I),
 * a mixture with one component per image; near Gaussian only when the step is small.
 */

import { asMixture, klMixtures, type Mixture1D, momentMatch } from '../numerics/gaussian.ts';
import { dot, type Matrix, meanCovariance } from '../numerics/linalg.ts';
import { normalCdf } from '../numerics/special.ts';
import { posterior, signalDrop } from '../process/posterior.ts';
import type { Schedule } from '../process/schedule.ts';
import { checkTime } from '../process/schedule.ts';
import { makeBlocks, sumBlocks } from './blocks.ts';
import { channelExpectation } from './channel.ts';
import { factorise } from './factorise.ts';
import { finiteDenoiser } from './finite.ts';
import { checkPixels, finiteData } from './finiteData.ts';
import { linePositions, linePosterior } from './line.ts';

export interface FiniteProblem {
  readonly schedule: Schedule;
  readonly data: readonly ArrayLike<number>[];
  readonly weights?: ArrayLike<number>;
}

export interface ReverseKernel {
  /** Posterior probability of each image of `data`, given x_t. */
  readonly weights: Float64Array;
  /** Mean of each component, D values. */
  readonly means: readonly Float64Array[];
  /** β̃, the same for every component and pixel. */
  readonly variance: number;
  /** The best Gaussian: the mixture's mean and covariance. */
  readonly mean: Float64Array;
  readonly covariance: Matrix;
}

// #region reverseKernel
/** q(x_s | x_t) for s < t, exactly. */
export function reverseKernel(
  problem: FiniteProblem,
  xt: ArrayLike<number>,
  t: number,
  s = t - 1,
): ReverseKernel {
  const weights = finiteDenoiser(problem).posteriorWeights(xt, t);
  const q = posterior(problem.schedule, t, s);
  const means = problem.data.map((x0) =>
    Float64Array.from(x0, (x, k) => q.x0Coefficient * x + q.xtCoefficient * xt[k]),
  );
  const { mean, covariance } = meanCovariance(means, weights);
  for (let k = 0; k < mean.length; k++) covariance[k][k] += q.variance;
  return { weights, means, variance: q.variance, mean, covariance };
}
// #endregion

/**
 * KL(q(x_s|x_t) ‖ its best Gaussian) at one x_t, in nats, by quadrature; s ≥ 1, as q(x_0|x_t) is points, infinitely far from any bell.
 * `null` when the data neither factorises into lines nor lies on one.
 */
export function klToBestGaussian(
  problem: FiniteProblem,
  xt: ArrayLike<number>,
  t: number,
  s = t - 1,
): number | null {
  checkTime(problem.schedule, s, 1);
  const lines = reverseLines(problem, xt, t, s);
  return (
    lines?.reduce((sum, mixture) => {
      const { mean, variance } = momentMatch(mixture);
      return sum + klMixtures(mixture, asMixture(mean, variance));
    }, 0) ?? null
  );
}

/** The reverse kernel along each independent line of the data, as mixtures of one variable. */
export function reverseLines(
  problem: FiniteProblem,
  xt: ArrayLike<number>,
  t: number,
  s = t - 1,
): Mixture1D[] | null {
  const { schedule } = problem;
  checkTime(schedule, t, 1);
  const q = posterior(schedule, t, s);
  const data = finiteData(problem.data, problem.weights);
  checkPixels(xt, data.dimension);
  const factors = factorise(data);
  if (factors.some((factor) => factor.rank > 1)) return null;
  return factors
    .filter((factor) => factor.rank === 1)
    .map((factor) => {
      const along = dot(
        factor.directions[0],
        factor.pixels.map((p) => xt[p]),
      );
      const positions = linePositions(factor);
      return {
        weights: linePosterior(positions, factor.weights, schedule, t)(along).weights,
        means: positions.map((u) => q.x0Coefficient * u + q.xtCoefficient * along),
        variances: positions.map(() => q.variance),
      };
    });
}

// #region information
/** H(x_0 | x_t), I(x_0; x_t) and, for s < t, I(x_0; x_s | x_t): what a Gaussian cannot know, in nats. */
export function information(problem: FiniteProblem, t: number, s = t - 1) {
  const data = finiteData(problem.data, problem.weights);
  const blocks = makeBlocks(data);
  const { schedule } = problem;
  const q = posterior(schedule, t, s);
  const gamma = schedule.snr[t];
  const conditionalEntropy = sumBlocks(blocks, (b) => b.entropyGiven(gamma)).value;
  const rise =
    s === 0
      ? conditionalEntropy
      : sumBlocks(blocks, (b) => b.informationRise(gamma, signalDrop(q))).value;
  return { conditionalEntropy, mutual: data.entropy - conditionalEntropy, givenNoisier: rise };
}
// #endregion

/**
 * How often x_0 itself comes back from its own x_t: by a draw from the posterior, and by the most
 * probable image. `null` when the data neither factorises into lines nor lies on one.
 */
export function recovery(
  problem: FiniteProblem,
  t: number,
): { sample: number; map: number } | null {
  const factors = factorise(finiteData(problem.data, problem.weights));
  if (factors.some((factor) => factor.rank > 1)) return null;
  const gamma = problem.schedule.snr[t];
  let sample = 1;
  let map = 1;
  for (const factor of factors.filter((f) => f.rank === 1)) {
    const points = Float64Array.from(factor.points, (p) => p[0]);
    // E Σ q_i²: the chance that a second draw from the posterior is the first one again.
    sample *= channelExpectation({ points, weights: factor.weights }, gamma, ({ posterior: q }) =>
      q.reduce((sum, p) => sum + p * p, 0),
    );
    map *= mapAccuracy(points, factor.weights, Math.sqrt(gamma));
  }
  return { sample, map };
}

/**
 * P(the likeliest point is the true one) on a line: point i wins on an interval whose ends are
 * where it ties with another, log w_i − (y−ru_i)²/2 = log w_j − (y−ru_j)²/2.
 */
function mapAccuracy(points: Float64Array, weights: Float64Array, root: number): number {
  let total = 0;
  points.forEach((u, i) => {
    let low = Number.NEGATIVE_INFINITY;
    let high = Number.POSITIVE_INFINITY;
    points.forEach((v, j) => {
      if (j === i) return;
      const gap = root * (v - u);
      const tie = gap / 2 + Math.log(weights[i] / weights[j]) / gap;
      if (gap > 0) high = Math.min(high, tie);
      else low = Math.max(low, tie);
    });
    if (high > low) total += weights[i] * (normalCdf(high) - normalCdf(low));
  });
  return total;
}
