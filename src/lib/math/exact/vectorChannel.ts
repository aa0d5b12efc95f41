/**
 * The Gaussian channel for points in r dimensions, y = √γ·u + z: Monte Carlo, for blocks of pixels
 * that neither factorise nor lie on a line. Every estimate comes with its standard error.
 */
import { dot, type Matrix, zeros } from '../numerics/linalg.ts';
import type { Rng } from '../numerics/rng.ts';

export interface VectorSource {
  /** n points of r coordinates */
  readonly points: readonly Float64Array[];
  readonly weights: Float64Array;
}

export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** The posterior given one drawn y. Arrays are reused between calls. */
export interface VectorState {
  readonly posterior: Float64Array;
  readonly mean: Float64Array;
  /** tr Cov(u | y) */
  variance: number;
  entropy: number;
}

/**
 * A sampler of posterior states: `draw(γ, i)` draws y at that γ from point i and fills `state`.
 * One draw costs n·r multiplications.
 */
export function vectorChannel(source: VectorSource, rng: Rng) {
  const { points, weights } = source;
  const n = points.length;
  const r = points[0].length;
  const logPrior = weights.map(Math.log);
  const squared = Float64Array.from(points, (u) => dot(u, u));
  const y = new Float64Array(r);
  const logits = new Float64Array(n);
  const state: VectorState = {
    posterior: new Float64Array(n),
    mean: new Float64Array(r),
    variance: 0,
    entropy: 0,
  };

  const draw = (gamma: number, origin: number): VectorState => {
    const root = Math.sqrt(gamma);
    for (let k = 0; k < r; k++) y[k] = root * points[origin][k] + rng.normal();
    let max = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      logits[i] = logPrior[i] + root * dot(y, points[i]) - 0.5 * gamma * squared[i];
      max = Math.max(max, logits[i]);
    }
    let total = 0;
    for (let i = 0; i < n; i++) {
      state.posterior[i] = Math.exp(logits[i] - max);
      total += state.posterior[i];
    }
    state.mean.fill(0);
    let square = 0;
    let cross = 0;
    for (let i = 0; i < n; i++) {
      const q = state.posterior[i] / total;
      state.posterior[i] = q;
      if (q === 0) continue;
      square += q * squared[i];
      cross += q * (logits[i] - max);
      for (let k = 0; k < r; k++) state.mean[k] += q * points[i][k];
    }
    state.variance = Math.max(0, square - dot(state.mean, state.mean));
    state.entropy = Math.max(0, Math.log(total) - cross);
    return state;
  };

  /** Cov(u | y) of the state last drawn. */
  const covariance = (): Matrix => {
    const out = zeros(r);
    for (let i = 0; i < n; i++) {
      const q = state.posterior[i];
      if (q < 1e-17) continue;
      for (let a = 0; a < r; a++) {
        const da = points[i][a] - state.mean[a];
        for (let b = 0; b < r; b++) out[a][b] += q * da * (points[i][b] - state.mean[b]);
      }
    }
    return out;
  };
  return { draw, covariance };
}

/**
 * Indices 0..n−1 in proportion to the weights: draw j of m takes the quantile (j + u)/m.
 * Spreading the draws this way leaves the mean unbiased and only lowers its variance.
 */
export function stratifiedIndices(weights: ArrayLike<number>, m: number, rng: Rng): Uint32Array {
  const out = new Uint32Array(m);
  let index = 0;
  let cumulative = weights[0];
  for (let j = 0; j < m; j++) {
    const quantile = (j + rng.uniform()) / m;
    while (quantile > cumulative && index < weights.length - 1) cumulative += weights[++index];
    out[j] = index;
  }
  return out;
}

/** Mean and standard error of independent (or stratified: then cautious) draws; infinite for one, which knows no spread. */
export function estimate(draws: ArrayLike<number>): Estimate {
  const n = draws.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += draws[i] / n;
  let square = 0;
  for (let i = 0; i < n; i++) square += (draws[i] - mean) ** 2;
  return {
    value: mean,
    standardError: n > 1 ? Math.sqrt(square / (n - 1) / n) : Number.POSITIVE_INFINITY,
  };
}
