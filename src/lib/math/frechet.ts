/** The Fréchet distance between Gaussian fits to two sets of features (Heusel et al. 1706.08500). */
import {
  type Matrix,
  meanCovariance,
  multiply,
  symmetricEigen,
  symmetricFunction,
} from './linalg.ts';
import type { Rng } from './rng.ts';

export interface GaussianFit {
  readonly mean: Float64Array;
  readonly covariance: Matrix;
}

/** Mean and unbiased covariance (n − 1) of n ≥ 2 feature rows. */
export function fitGaussian(rows: readonly ArrayLike<number>[]): GaussianFit {
  if (rows.length < 2) {
    throw new RangeError(
      `Gaussian fit: expected at least 2 rows of features; found ${rows.length}. Draw more samples.`,
    );
  }
  const { mean, covariance } = meanCovariance(rows);
  const unbias = rows.length / (rows.length - 1);
  return { mean, covariance: covariance.map((row) => row.map((v) => v * unbias)) };
}

// #region frechetDistance
/** ‖m₁ − m₂‖² + tr(C₁ + C₂ − 2 (C₁^½ C₂ C₁^½)^½): lower is nearer; 0 for equal fits. */
export function frechetDistance(a: GaussianFit, b: GaussianFit): number {
  const root = symmetricFunction(a.covariance, (v) => Math.sqrt(Math.max(0, v)));
  const middle = multiply(multiply(root, b.covariance), root);
  let sum = 0;
  for (let i = 0; i < a.mean.length; i++) {
    sum += (a.mean[i] - b.mean[i]) ** 2 + a.covariance[i][i] + b.covariance[i][i];
    for (let j = 0; j < i; j++) middle[i][j] = middle[j][i] = 0.5 * (middle[i][j] + middle[j][i]);
  }
  for (const value of symmetricEigen(middle).values) sum -= 2 * Math.sqrt(Math.max(0, value));
  return Math.max(0, sum);
}
// #endregion

/**
 * How far from 0 the distance is on average between two samples of n rows of the very same law,
 * N(0, I) in d dimensions: its bias, which only more samples cure.
 */
export function frechetBias(
  dimension: number,
  n: number,
  repeats: number,
  rng: Rng,
): { value: number; standardError: number } {
  const draw = () =>
    fitGaussian(Array.from({ length: n }, () => rng.fillNormal(new Float64Array(dimension))));
  const distances = Array.from({ length: repeats }, () => frechetDistance(draw(), draw()));
  const value = distances.reduce((a, b) => a + b, 0) / repeats;
  const variance = distances.reduce((s, x) => s + (x - value) ** 2, 0) / Math.max(1, repeats - 1);
  return { value, standardError: Math.sqrt(variance / repeats) };
}
