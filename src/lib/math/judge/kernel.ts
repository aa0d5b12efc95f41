/** The kernel distance (KID, Bińkowski et al. 1801.01401): MMD² with a cubic kernel, and how far it can be trusted. */
import { dot } from '../numerics/linalg.ts';
import type { Rng } from '../numerics/rng.ts';

type Rows = readonly ArrayLike<number>[];

/** k(x, y) = (xᵀy/d + 1)³ */
export function cubicKernel(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const base = dot(x, y) / x.length + 1;
  return base * base * base; // a power would take ten times as long
}

function checkRows(x: Rows, y: Rows, least: number): void {
  if (x.length < least || y.length < least) {
    throw new RangeError(
      `MMD: expected at least ${least} rows in each set; found ${x.length} and ${y.length}. Draw more samples.`,
    );
  }
}

/** Σ_{i≠j} k(x_i, x_j) */
function offDiagonal(x: Rows, kernel: typeof cubicKernel): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) for (let j = 0; j < i; j++) sum += kernel(x[i], x[j]);
  return 2 * sum;
}

// #region mmd2
/** Unbiased estimate of MMD²; it may come out below 0 when the laws are equal. */
export function mmd2(x: Rows, y: Rows, kernel = cubicKernel): number {
  checkRows(x, y, 2);
  const within = (rows: Rows) => offDiagonal(rows, kernel) / (rows.length * (rows.length - 1));
  let cross = 0;
  for (const a of x) for (const b of y) cross += kernel(a, b);
  return within(x) + within(y) - (2 * cross) / (x.length * y.length);
}
// #endregion

/** The V-statistic: every pair counts, a row with itself too. Never below 0, and too large on average. */
export function mmd2Biased(x: Rows, y: Rows): number {
  checkRows(x, y, 1);
  const mean = (a: Rows, b: Rows) => {
    let sum = 0;
    for (const p of a) for (const q of b) sum += cubicKernel(p, q);
    return sum / (a.length * b.length);
  };
  return mean(x, x) + mean(y, y) - 2 * mean(x, y);
}

/**
 * The U-statistic of the pairs (x_i, y_i): pairs of one index are left out across the sets too. Unbiased, n rows in each.
 * @throws RangeError for sets of different sizes.
 */
export function mmd2Paired(x: Rows, y: Rows): number {
  checkRows(x, y, 2);
  const n = x.length;
  if (y.length !== n)
    throw new RangeError(
      `MMD in pairs: expected two sets of one size; found ${n} and ${y.length} rows. Leave some out.`,
    );
  let cross = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (i !== j) cross += cubicKernel(x[i], y[j]);
  const within = offDiagonal(x, cubicKernel) + offDiagonal(y, cubicKernel);
  return (within - 2 * cross) / (n * (n - 1));
}

/** MMD² of each subset: rows indicesX[s] of x against rows indicesY[s] of y. */
export const subsetMmd2 = (
  x: Rows,
  y: Rows,
  indicesX: readonly (readonly number[])[],
  indicesY: readonly (readonly number[])[],
): number[] =>
  indicesX.map((own, s) =>
    mmd2(
      own.map((i) => x[i]),
      indicesY[s].map((i) => y[i]),
    ),
  );

// #region kernelDistance
/**
 * KID: the mean of MMD² over random subsets, with the standard error of that mean under new samples. Subsets share rows,
 * so their spread alone would say 0 where each holds all rows. Given the samples, a subset's value is on average that of all
 * rows, hence
 *   Var = Var(MMD² of all rows) + (spread of the subsets)²/subsets.
 * The first part (`mmd2Variance`) costs a kernel for every pair of rows. For equal laws the error leans to the safe side, by
 * up to a fifth. It is NaN for fewer than four rows.
 */
export function kernelDistance(
  x: Rows,
  y: Rows,
  rng: Rng,
  { subsets = 50, size = 100 } = {},
): { value: number; standardError: number } {
  if (!Number.isInteger(subsets) || subsets < 1)
    throw new RangeError(
      `Subsets: expected an integer of at least 1; found ${subsets}. Choose one.`,
    );
  const pick = (rows: Rows) => {
    const pool = Array.from(rows.keys());
    const count = Math.min(size, pool.length);
    for (let i = 0; i < count; i++) {
      const j = i + rng.int(pool.length - i);
      [pool[i], pool[j]] = [pool[j], pool[i]];
    }
    return pool.slice(0, count);
  };
  const picks = Array.from({ length: subsets }, () => [pick(x), pick(y)]);
  const values = subsetMmd2(
    x,
    y,
    picks.map(([own]) => own),
    picks.map(([, other]) => other),
  );
  const value = values.reduce((a, b) => a + b, 0) / subsets;
  const spread = values.reduce((s, v) => s + (v - value) ** 2, 0) / Math.max(1, subsets - 1);
  const sampling = Math.min(x.length, y.length) < 4 ? Number.NaN : mmd2Variance(x, y);
  return { value, standardError: Math.sqrt(sampling + spread / subsets) };
}
// #endregion

/** One set: row sums without the diagonal, the sum of their squares, of all entries, of the squared entries. */
interface WithinSums {
  readonly rows: Float64Array;
  readonly total: number;
  readonly rowSquares: number;
  readonly squares: number;
}

function withinSums(x: Rows): WithinSums {
  const rows = new Float64Array(x.length);
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const k = cubicKernel(x[i], x[j]);
      rows[i] += k;
      rows[j] += k;
      squares += 2 * k * k;
    }
  }
  return { rows, total: sumOf(rows), rowSquares: dot(rows, rows), squares };
}

const sumOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/**
 * Variance of `mmd2` under new samples, by the Hoeffding decomposition of its kernel. With a(x) = E k(x, x') − E k(x, y), b(y)
 * likewise, and k̃ the kernels centred in both arguments,
 *   Var = 4 Var a/m + 4 Var b/n + 2 E k̃_xx²/(m(m−1)) + 2 E k̃_yy²/(n(n−1)) + 4 E k̃_xy²/(mn).
 * Every moment is estimated without bias, from products of kernels that share no row but the one that they must (as
 * Sutherland et al. do, 1611.04488). For equal laws a and b are constant, and all of it is in the last three.
 * @throws RangeError for fewer than four rows in a set.
 */
export function mmd2Variance(x: Rows, y: Rows): number {
  checkRows(x, y, 4);
  const [m, n] = [x.length, y.length];
  const [xx, yy] = [withinSums(x), withinSums(y)];
  const ofX = new Float64Array(m);
  const ofY = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const k = cubicKernel(x[i], y[j]);
      ofX[i] += k;
      ofY[j] += k;
      squares += k * k;
    }
  }
  const total = sumOf(ofX);
  const [squaresX, squaresY] = [dot(ofX, ofX), dot(ofY, ofY)];
  // Across the sets: E κ(x)², E κ(y)² and μ² of the kernel's mean κ given one argument and μ given none.
  const kappaX = (squaresX - squares) / (m * n * (n - 1));
  const kappaY = (squaresY - squares) / (n * m * (m - 1));
  const mu = (total ** 2 - squaresX - squaresY + squares) / (m * (m - 1) * n * (n - 1));
  const cross = squares / (m * n) - kappaX - kappaY + mu;

  const one = (
    own: WithinSums,
    across: Float64Array,
    acrossKappa: number,
    size: number,
    other: number,
  ) => {
    const three = size * (size - 1) * (size - 2);
    const kappa = (own.rowSquares - own.squares) / three;
    const muOwn = (own.total ** 2 - 4 * own.rowSquares + 2 * own.squares) / (three * (size - 3));
    const shared = dot(own.rows, across);
    const witness =
      kappa -
      (2 * shared) / (size * (size - 1) * other) +
      acrossKappa - // E a²
      (muOwn - (2 * (own.total * total - 2 * shared)) / (three * other) + mu); // (E a)²
    const centred = own.squares / (size * (size - 1)) - 2 * kappa + muOwn;
    return { first: (4 * witness) / size, second: (2 * centred) / (size * (size - 1)) };
  };
  const [a, b] = [one(xx, ofX, kappaX, m, n), one(yy, ofY, kappaY, n, m)];
  // Without bias means: at times below 0. What is at most its own noise, as the first part is for equal laws, is left out.
  const second = Math.max(0, a.second + b.second + (4 * cross) / (m * n));
  const first = a.first + b.first;
  return second + (first > second ? first : 0);
}
