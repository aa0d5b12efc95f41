/**
 * A Gaussian mixture p(x_0) = Σ_k w_k N(m_k, C_k) seen through any Gaussian channel x = s·x_0 + √v·ε: it stays one,
 *   p(x) = Σ_k w_k N(s m_k, s² C_k + v I),
 * and E[x_0 | x, k] = m_k + s C_k (s² C_k + v I)⁻¹ (x − s m_k). In the eigenbasis of C_k all of it is per coordinate,
 * with eigenvalues λ.
 */

import { dot, fromEigen, type Matrix, symmetricEigen, zeros } from '../numerics/linalg.ts';
import {
  type ChannelPosterior,
  type GaussianChannel,
  type Jacobians,
  weightedMean,
} from './finiteChannel.ts';
import { checkPixels } from './finiteData.ts';

export interface GaussianComponent {
  readonly weight: number;
  readonly mean: ArrayLike<number>;
  /** A variance for all coordinates, one for each, or a full covariance matrix. */
  readonly covariance: number | ArrayLike<number> | readonly ArrayLike<number>[];
}

/** A component in its eigenbasis, with the weights scaled to sum 1. */
export interface Prepared {
  readonly weight: number;
  readonly mean: Float64Array;
  readonly eigenvalues: Float64Array;
  readonly vectors: Matrix;
}

export interface MixturePosterior extends ChannelPosterior {
  /** E[x_0 | x, k] of each component. */
  readonly means: readonly Float64Array[];
  /** E[x_0 | x] */
  readonly mean: Float64Array;
  /** ∇ log p(x), added up from each component's own: from E[x_0|x] (Tweedie) a small noise variance would leave no digits. */
  readonly score: Float64Array;
  /** Free of cancellation for the same reason. */
  jacobians(): Jacobians;
}

/** The variance of x along an eigenvector, within one component. */
export const seenVariance = (lambda: number, { scale, noiseVariance }: GaussianChannel): number =>
  scale * scale * lambda + noiseVariance;

/**
 * What x tells: which component, E[x_0 | x] and the score.
 * @param components as `prepareMixture` gives them
 * @throws RangeError without noise, where a covariance has no full rank: there is no density.
 */
export function mixturePosterior(
  components: readonly Prepared[],
  x: ArrayLike<number>,
  channel: GaussianChannel,
): MixturePosterior {
  const { scale } = channel;
  checkPixels(x, components[0].mean.length);
  const logs = new Float64Array(components.length);
  const scores = components.map(() => new Float64Array(x.length));
  const means = components.map((component, k) => {
    const residual = component.mean.map((m, i) => x[i] - scale * m);
    const mean = Float64Array.from(component.mean);
    logs[k] = Math.log(component.weight);
    component.vectors.forEach((vector, j) => {
      const lambda = component.eigenvalues[j];
      const variance = seenVariance(lambda, channel);
      if (variance === 0) throw noDensity();
      const along = dot(vector, residual);
      logs[k] -= 0.5 * (Math.log(2 * Math.PI * variance) + (along * along) / variance);
      for (let i = 0; i < mean.length; i++) {
        mean[i] += ((scale * lambda) / variance) * along * vector[i];
        scores[k][i] -= (along / variance) * vector[i];
      }
    });
    return mean;
  });
  const max = Math.max(...logs);
  const weights = logs.map((l) => Math.exp(l - max));
  const sum = weights.reduce((p, q) => p + q, 0);
  for (let k = 0; k < weights.length; k++) weights[k] /= sum;
  const logDensity = max + Math.log(sum);
  const [mean, score] = [weightedMean(means, weights), weightedMean(scores, weights)];

  // ∇w_k = w_k (score_k − score), and each component's own mean and score are linear in x.
  const jacobians = () => {
    const out = { mean: zeros(x.length), score: zeros(x.length) };
    components.forEach(({ eigenvalues: values, vectors }, k) => {
      const ownMean = fromEigen({ values, vectors }, (l) => (scale * l) / seenVariance(l, channel));
      const ownScore = fromEigen({ values, vectors }, (l) => -1 / seenVariance(l, channel));
      for (let i = 0; i < x.length; i++) {
        for (let j = 0; j < x.length; j++) {
          const shift = scores[k][j] - score[j];
          out.mean[i][j] += weights[k] * (ownMean[i][j] + means[k][i] * shift);
          out.score[i][j] += weights[k] * (ownScore[i][j] + scores[k][i] * shift);
        }
      }
    });
    return out;
  };
  return { weights, means, mean, score, logDensity, jacobians };
}

const noDensity = (): RangeError =>
  new RangeError(
    'Mixture: expected noise, or covariances of full rank; found neither, and so no density. Take a time with some noise.',
  );

/** Components of weight 0 are left out. @throws RangeError for weights, means or covariances that make no mixture. */
export function prepareMixture(components: readonly GaussianComponent[]): Prepared[] {
  const total = components.reduce((sum, c) => sum + c.weight, 0);
  if (!(total > 0) || components.some((c) => !(c.weight >= 0))) {
    throw new RangeError(
      `Mixture weights: expected non-negative numbers with a positive sum; found [${components.map((c) => c.weight)}]. Mend the weights.`,
    );
  }
  const lengths = components.map((c) => c.mean.length);
  if (new Set(lengths).size > 1) {
    throw new RangeError(
      `Mixture means: expected all of one length; found lengths ${lengths}. Give every component the same coordinates.`,
    );
  }
  return components
    .filter((c) => c.weight > 0)
    .map((component) => {
      const mean = Float64Array.from(component.mean);
      const { values, vectors } = symmetricEigen(
        covarianceMatrix(component.covariance, mean.length),
      );
      if (values.some((value) => !(value > -1e-12))) {
        throw new RangeError(
          `Mixture covariance: expected no negative variance; found eigenvalues [${values}]. Make it positive semi-definite.`,
        );
      }
      const eigenvalues = values.map((value) => Math.max(0, value));
      return { weight: component.weight / total, mean, eigenvalues, vectors };
    });
}

function covarianceMatrix(covariance: GaussianComponent['covariance'], d: number): Matrix {
  return Array.from({ length: d }, (_, i) =>
    Float64Array.from({ length: d }, (_, j) => {
      if (typeof covariance === 'number') return i === j ? covariance : 0;
      const row = covariance[i];
      if (typeof row === 'number') return i === j ? row : 0;
      return row[j];
    }),
  );
}
