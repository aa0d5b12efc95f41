/** How far from 0 the Fréchet distance is on average for samples of the very same law, N(0, I): what only more samples cure. */

import { type Estimate, estimate } from '../exact/vectorChannel.ts';
import { identity } from '../numerics/linalg.ts';
import { integrate } from '../numerics/quadrature.ts';
import type { Rng } from '../numerics/rng.ts';
import { logGamma } from '../numerics/special.ts';
import { fitGaussian, frechetDistance } from './frechet.ts';

/**
 * By simulation: the mean over `repeats`, with its standard error.
 * @param against a second sample of n rows, or the law itself.
 */
export function frechetBias(
  dimension: number,
  n: number,
  repeats: number,
  rng: Rng,
  against: 'sample' | 'law' = 'sample',
): Estimate {
  const draw = () =>
    fitGaussian(Array.from({ length: n }, () => rng.fillNormal(new Float64Array(dimension))));
  const law = { mean: new Float64Array(dimension), covariance: identity(dimension) };
  return estimate(
    Array.from({ length: repeats }, () =>
      frechetDistance(draw(), against === 'law' ? law : draw()),
    ),
  );
}

/** A sample has a covariance from two rows on. */
function checkRows(n: number): void {
  if (!Number.isInteger(n) || n < 2)
    throw new RangeError(`Rows: expected an integer of at least 2; found ${n}. Choose one.`);
}

/** Γ((k + 1)/2)/Γ(k/2)·√2 = E of a χ variable with k degrees of freedom. */
const meanChi = (k: number): number =>
  Math.SQRT2 * Math.exp(logGamma((k + 1) / 2) - logGamma(k / 2));

/**
 * Exactly, in one dimension, for n ≥ 2. The sample's deviation s is χ_{n−1}/√(n−1), of mean c₄: E[m² + s² + 1 − 2s] against the
 * law, and twice 1/n + 1 − c₄² between two samples.
 * @throws RangeError for a smaller n.
 */
export function frechetBiasLine(n: number, against: 'sample' | 'law'): number {
  checkRows(n);
  const c4 = meanChi(n - 1) / Math.sqrt(n - 1);
  return against === 'law' ? 1 / n + 2 - 2 * c4 : 2 / n + 2 - 2 * c4 * c4;
}

/**
 * Exactly, in two dimensions against the law, for n ≥ 2: 2/n + 4 − 2 E tr C^½. With ν = n − 1 and νC of Wishart's law, the square
 * roots of its eigenvalues in polar coordinates are r(cos θ, sin θ): r a χ variable with 2ν degrees of freedom, and, apart from it,
 * w = sin 2θ of density (ν − 1)w^{ν−2} on [0, 1] (0 for ν = 1). tr(νC)^½ = r√(1 + w).
 * @throws RangeError for a smaller n.
 */
export function frechetBiasPlane(n: number): number {
  checkRows(n);
  const nu = n - 1;
  // E √(1 + w) by parts, where the power is smooth for every ν, and high near w = 1 for a large one.
  const rest = integrate((w) => w ** (nu - 1) / Math.sqrt(1 + w), [0, nu / (nu + 10), 1]);
  const mean = nu === 1 ? 1 : Math.SQRT2 - 0.5 * rest;
  return 2 / n + 4 - (2 * meanChi(2 * nu) * mean) / Math.sqrt(nu);
}
