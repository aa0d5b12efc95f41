/** The Fréchet distance between Gaussian fits to two sets of features (Heusel et al. 1706.08500). */
import {
  fromEigen,
  type Matrix,
  meanCovariance,
  multiply,
  symmetricEigen,
} from '../numerics/linalg.ts';

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

/** The two parts of the distance: of the means, and of the covariances. */
export interface FrechetParts {
  readonly mean: number;
  readonly covariance: number;
}

// #region frechetDistance
/**
 * ‖m₁ − m₂‖² + tr(C₁ + C₂ − 2 (C₁^½ C₂ C₁^½)^½): lower is nearer; 0 for equal fits.
 * @throws RangeError for fits to features of different lengths.
 */
export function frechetDistance(a: GaussianFit, b: GaussianFit): number {
  const { mean, covariance } = frechetParts(a, b);
  return mean + covariance;
}

export function frechetParts(a: GaussianFit, b: GaussianFit): FrechetParts {
  if (a.mean.length !== b.mean.length)
    throw new RangeError(
      `Fréchet distance: expected fits to features of one length; found ${a.mean.length} and ${b.mean.length}. Use one set of features.`,
    );
  const own = symmetricEigen(a.covariance);
  const root = fromEigen(own, rootAbove(own.values));
  const middle = multiply(multiply(root, b.covariance), root);
  let mean = 0;
  let covariance = 0;
  for (let i = 0; i < a.mean.length; i++) {
    mean += (a.mean[i] - b.mean[i]) ** 2;
    covariance += a.covariance[i][i] + b.covariance[i][i];
    for (let j = 0; j < i; j++) middle[i][j] = middle[j][i] = 0.5 * (middle[i][j] + middle[j][i]);
  }
  const { values } = symmetricEigen(middle);
  const shared = rootAbove(values);
  for (const value of values) covariance -= 2 * shared(value);
  return { mean, covariance: Math.max(0, covariance) };
}

/**
 * Square roots of eigenvalues. With fewer rows than features most are 0, and come out as some 1e-16 of the largest: the root of
 * that, 1e-8 for each feature, would be more than the distance's own error. They count as 0.
 */
function rootAbove(values: Float64Array): (value: number) => number {
  const least = 16 * Number.EPSILON * Math.max(0, ...values);
  return (value) => (value > least ? Math.sqrt(value) : 0);
}
// #endregion

/**
 * The distance at infinitely many samples (Chong & Forsyth 1911.07023): it is nearly a line in 1/n, and the least-squares line through
 * distances of several sizes n meets 1/n = 0 there.
 * @throws RangeError unless at least two different sizes are given, each with its distance.
 */
export function frechetAtInfinity(
  sizes: ArrayLike<number>,
  distances: ArrayLike<number>,
): { intercept: number; slope: number } {
  const x = Array.from(sizes, (n) => 1 / n);
  const y = Array.from(distances);
  const meanOf = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [meanOf(x), meanOf(y)];
  const spread = x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
  if (!(spread > 0) || y.length !== x.length)
    throw new RangeError(
      `Distance at infinity: expected at least two sizes and a distance for each; found sizes [${Array.from(sizes)}] and ${y.length} distances. Add another.`,
    );
  const slope = x.reduce((sum, v, i) => sum + (v - mx) * (y[i] - my), 0) / spread;
  return { intercept: my - slope * mx, slope };
}
