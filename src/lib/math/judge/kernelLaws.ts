/** MMD² with the cubic kernel of two whole laws rather than of samples: what `mmd2` estimates without bias. */

import { dot } from '../numerics/linalg.ts';
import { cubicKernel } from './kernel.ts';

export interface FiniteLaw {
  readonly rows: readonly ArrayLike<number>[];
  /** They add to 1; all equal when left out. */
  readonly weights?: ArrayLike<number>;
}

export interface GaussianLaw {
  readonly mean: ArrayLike<number>;
  readonly covariance: readonly ArrayLike<number>[];
}

/** E k(x, x') + E k(y, y') − 2 E k(x, y), from the three means of the kernel. */
const assemble = <L>(meanKernel: (a: L, b: L) => number, a: L, b: L): number =>
  meanKernel(a, a) + meanKernel(b, b) - 2 * meanKernel(a, b);

/** E f(x) */
const expectation = ({ rows, weights }: FiniteLaw, f: (x: ArrayLike<number>) => number): number =>
  rows.reduce((sum, x, i) => sum + (weights?.[i] ?? 1 / rows.length) * f(x), 0);

const finiteMeanKernel = (p: FiniteLaw, q: FiniteLaw): number =>
  expectation(p, (x) => expectation(q, (y) => cubicKernel(x, y)));

export const mmd2Finite = (a: FiniteLaw, b: FiniteLaw): number => assemble(finiteMeanKernel, a, b);

export function mmd2Gaussians(a: GaussianLaw, b: GaussianLaw): number {
  return assemble(gaussianMeanKernel, a, b);
}

/**
 * E (q/d + 1)³ with q = xᵀy of independent Gaussians. With m, n the means and A, B the covariances:
 *   E q = mᵀn,  E q² = tr((A + mmᵀ)(B + nnᵀ)),
 *   E q³ = (mᵀn)³ + 3 mᵀn (mᵀBm + nᵀAn + tr AB) + 6 mᵀBAn, as the third moments of a Gaussian are m∘m∘m + 3 sym(m∘A).
 */
function gaussianMeanKernel(p: GaussianLaw, q: GaussianLaw): number {
  const [m, n] = [p.mean, q.mean];
  const d = m.length;
  const times = (matrix: readonly ArrayLike<number>[], v: ArrayLike<number>) =>
    matrix.map((row) => dot(row, v));
  const [Bm, An] = [times(q.covariance, m), times(p.covariance, n)];
  const mn = dot(m, n);
  const [mBm, nAn, mBAn] = [dot(m, Bm), dot(n, An), dot(Bm, An)];
  const trace = p.covariance.reduce((sum, row, i) => sum + dot(row, q.covariance[i]), 0);
  const second = trace + mBm + nAn + mn * mn;
  const third = mn ** 3 + 3 * mn * (mBm + nAn + trace) + 6 * mBAn;
  return third / d ** 3 + (3 * second) / d ** 2 + (3 * mn) / d + 1;
}

/**
 * Finite (rows with weights) against N(0, I) in d dimensions. xᵀz is N(0, ‖x‖²) for z ~ N(0, I), and
 * E (1 + g/d)³ = 1 + 3‖x‖²/d².
 */
export function mmd2FiniteToNormal(
  rows: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
): number {
  const d = rows[0].length;
  const law = { rows, weights };
  const toNormal = (squaredNorm: number) => 1 + (3 * squaredNorm) / d ** 2;
  const cross = expectation(law, (x) => toNormal(dot(x, x)));
  return finiteMeanKernel(law, law) + toNormal(d) - 2 * cross; // E‖z‖² = d
}
