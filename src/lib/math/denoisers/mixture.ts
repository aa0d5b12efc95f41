/**
 * The exact denoiser of a Gaussian mixture p(x_0) = Σ_k w_k N(m_k, C_k): noise keeps it a mixture,
 *   q(x_t) = Σ_k w_k N(√ᾱ m_k, ᾱ C_k + (1−ᾱ) I),
 * and E[x_0 | x_t, k] = m_k + √ᾱ C_k (ᾱ C_k + (1−ᾱ) I)⁻¹ (x_t − √ᾱ m_k).
 * In the eigenbasis of C_k all of it is per coordinate, with eigenvalues λ.
 */
import { checkPixels } from '../finiteData.ts';
import { dot, type Matrix, symmetricEigen } from '../linalg.ts';
import { integrate } from '../quadrature.ts';
import { createRng } from '../rng.ts';
import type { Schedule } from '../schedule.ts';
import { checkTime } from '../schedule.ts';
import { type Estimate, estimate, stratifiedIndices } from '../vectorChannel.ts';
import { type ExactDenoiser, exactDenoiser } from './finite.ts';
import { type ChannelPosterior, type GaussianChannel, weightedMean } from './finiteChannel.ts';

export interface GaussianComponent {
  readonly weight: number;
  readonly mean: ArrayLike<number>;
  /** A variance for all coordinates, one for each, or a full covariance matrix. */
  readonly covariance: number | ArrayLike<number> | readonly ArrayLike<number>[];
}

export interface MixtureDenoiserOptions {
  readonly components: readonly GaussianComponent[];
  readonly schedule: Schedule;
  /** Monte-Carlo draws for mmse, where D > 1 and there are several components. */
  readonly samples?: number;
  readonly seed?: number | string;
}

interface Prepared {
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
  /** ∇ log p(x), of each component's own: from E[x_0|x] (Tweedie) a small noise variance would leave no digits. */
  readonly score: Float64Array;
}

/** The mixture seen through any Gaussian channel; components of weight 0 are left out. */
export function mixtureChannel(
  components: readonly GaussianComponent[],
): (x: ArrayLike<number>, channel: GaussianChannel) => MixturePosterior {
  const prepared = prepare(components);
  return (x, channel) => visit(prepared, x, channel);
}

/** For each component: log of weight times density at x, and its E[x_0 | x, k]. */
function visit(
  components: readonly Prepared[],
  x: ArrayLike<number>,
  { scale, noiseVariance }: GaussianChannel,
): MixturePosterior {
  checkPixels(x, components[0].mean.length);
  const logs = new Float64Array(components.length);
  const scores = components.map(() => new Float64Array(x.length));
  const means = components.map((component, k) => {
    const residual = component.mean.map((m, i) => x[i] - scale * m);
    const mean = Float64Array.from(component.mean);
    logs[k] = Math.log(component.weight);
    component.vectors.forEach((vector, j) => {
      const lambda = component.eigenvalues[j];
      const variance = scale * scale * lambda + noiseVariance;
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
  return { weights, means, mean, score, logDensity };
}

export function mixtureDenoiser(options: MixtureDenoiserOptions): ExactDenoiser {
  const { schedule } = options;
  const components = prepare(options.components);
  const d = components[0].mean.length;
  const at = (xt: ArrayLike<number>, t: number) => {
    checkTime(schedule, t, 1);
    const [a, noiseVariance] = [schedule.alphaBar[t], schedule.noiseVariance[t]];
    return visit(components, xt, { scale: Math.sqrt(a), noiseVariance });
  };

  /** tr Cov(x_0 | x_t) = within the components + between their means. */
  const posteriorVariance = (xt: ArrayLike<number>, t: number): number => {
    const { weights, means, mean: centre } = at(xt, t);
    return components.reduce((sum, component, k) => {
      const between = means[k].reduce((s, m, i) => s + (m - centre[i]) ** 2, 0);
      return sum + weights[k] * (within(component, t) + between);
    }, 0);
  };
  /** Σ λ (1−ᾱ)/(ᾱλ + 1−ᾱ): the posterior variance of one Gaussian. */
  const within = (component: Prepared, t: number): number => {
    const [a, noise] = [schedule.alphaBar[t], schedule.noiseVariance[t]];
    return component.eigenvalues.reduce((s, l) => s + (l * noise) / (a * l + noise), 0);
  };

  const mmseEstimate = (t: number): Estimate => {
    checkTime(schedule, t, 1);
    if (components.length === 1) return { value: within(components[0], t), standardError: 0 };
    const root = Math.sqrt(schedule.alphaBar[t]);
    const spread = (component: Prepared, j: number) =>
      Math.sqrt(schedule.alphaBar[t] * component.eigenvalues[j] + schedule.noiseVariance[t]);
    if (d === 1) {
      const value = components.reduce((sum, component) => {
        const at = (z: number) => root * component.mean[0] + spread(component, 0) * z;
        const middles = components.map(
          (c) => (root * (c.mean[0] - component.mean[0])) / 2 / spread(component, 0),
        );
        const breaks = [-10, -4, -1, 0, 1, 4, 10, ...middles.filter((z) => Math.abs(z) < 10)];
        const f = (z: number) => Math.exp(-0.5 * z * z) * posteriorVariance([at(z)], t);
        const part = integrate(
          f,
          [...new Set(breaks)].sort((p, q) => p - q),
        );
        return sum + (component.weight * part) / Math.sqrt(2 * Math.PI);
      }, 0);
      return { value, standardError: 0 };
    }
    const rng = createRng(options.seed ?? 0);
    const weights = components.map((c) => c.weight);
    const origins = stratifiedIndices(weights, options.samples ?? 4000, rng);
    const draws = Float64Array.from(origins, (origin) => {
      const component = components[origin];
      const xt = component.mean.map((m) => root * m);
      component.vectors.forEach((vector, j) => {
        const along = spread(component, j) * rng.normal();
        for (let i = 0; i < d; i++) xt[i] += along * vector[i];
      });
      return posteriorVariance(xt, t);
    });
    return estimate(draws);
  };

  return exactDenoiser(schedule, {
    posteriorMean: (xt, t) => at(xt, t).mean,
    posteriorWeights: (xt, t) => at(xt, t).weights,
    logDensity: (xt, t) => at(xt, t).logDensity,
    mmseEstimate,
  });
}

function prepare(components: readonly GaussianComponent[]): Prepared[] {
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
