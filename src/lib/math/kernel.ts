/** The kernel distance (KID, Bińkowski et al. 1801.01401): unbiased MMD² with a cubic kernel. */
import { dot } from './linalg.ts';
import type { Rng } from './rng.ts';

/** k(x, y) = (xᵀy/d + 1)³ */
export function cubicKernel(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return (dot(x, y) / x.length + 1) ** 3;
}

// #region mmd2
/** Unbiased estimate of MMD²; it may come out below 0 when the laws are equal. */
export function mmd2(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
  kernel: (a: ArrayLike<number>, b: ArrayLike<number>) => number = cubicKernel,
): number {
  if (x.length < 2 || y.length < 2) {
    throw new RangeError(
      `MMD: expected at least 2 rows in each set; found ${x.length} and ${y.length}. Draw more samples.`,
    );
  }
  const within = (rows: readonly ArrayLike<number>[]): number => {
    let sum = 0;
    for (let i = 0; i < rows.length; i++)
      for (let j = 0; j < i; j++) sum += kernel(rows[i], rows[j]);
    return (2 * sum) / (rows.length * (rows.length - 1));
  };
  let cross = 0;
  for (const a of x) for (const b of y) cross += kernel(a, b);
  return within(x) + within(y) - (2 * cross) / (x.length * y.length);
}
// #endregion

/** KID: the mean of MMD² over random subsets, with its standard error. */
export function kernelDistance(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
  rng: Rng,
  { subsets = 50, size = 100 } = {},
): { value: number; standardError: number } {
  const pick = (rows: readonly ArrayLike<number>[]) => {
    const pool = Array.from(rows.keys());
    const count = Math.min(size, pool.length);
    for (let i = 0; i < count; i++) {
      const j = i + rng.int(pool.length - i);
      [pool[i], pool[j]] = [pool[j], pool[i]];
    }
    return pool.slice(0, count).map((i) => rows[i]);
  };
  const values = Array.from({ length: subsets }, () => mmd2(pick(x), pick(y)));
  const value = values.reduce((a, b) => a + b, 0) / subsets;
  const variance = values.reduce((s, v) => s + (v - value) ** 2, 0) / Math.max(1, subsets - 1);
  return { value, standardError: Math.sqrt(variance / subsets) };
}

/**
 * MMD² of two whole laws rather than samples: finite (rows with weights) against N(0, I) in d
 * dimensions. xᵀz is N(0, ‖x‖²) for z ~ N(0, I), and E (1 + g/d)³ = 1 + 3‖x‖²/d².
 */
export function mmd2FiniteToNormal(
  rows: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
): number {
  const d = rows[0].length;
  const w = Array.from(rows, (_, i) => weights?.[i] ?? 1 / rows.length);
  let data = 0;
  let cross = 0;
  rows.forEach((x, i) => {
    rows.forEach((y, j) => {
      data += w[i] * w[j] * cubicKernel(x, y);
    });
    cross += w[i] * (1 + (3 * dot(x, x)) / d ** 2);
  });
  const normal = 1 + (3 * d) / d ** 2; // the same with E‖x‖² = d
  return data + normal - 2 * cross;
}
