/** Small dense linear algebra. A matrix is an array of rows. */

export type Matrix = Float64Array[];

export const zeros = (rows: number, columns = rows): Matrix =>
  Array.from({ length: rows }, () => new Float64Array(columns));

export const identity = (n: number): Matrix => {
  const out = zeros(n);
  for (let i = 0; i < n; i++) out[i][i] = 1;
  return out;
};

/** Σ of the diagonal. */
export const trace = (matrix: readonly ArrayLike<number>[]): number =>
  matrix.reduce((sum, row, i) => sum + row[i], 0);

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

export function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>, scale = 1): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - scale * b[i]) ** 2;
  return sum;
}

export function multiply(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): Matrix {
  const out = zeros(a.length, b[0].length);
  for (let i = 0; i < a.length; i++) {
    for (let k = 0; k < b.length; k++) {
      const value = a[i][k];
      for (let j = 0; j < out[i].length; j++) out[i][j] += value * b[k][j];
    }
  }
  return out;
}

/** Weighted mean and covariance (divided by the sum of the weights) of rows. */
export function meanCovariance(
  rows: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
): { mean: Float64Array; covariance: Matrix } {
  const d = rows[0].length;
  const mean = new Float64Array(d);
  const covariance = zeros(d);
  let total = 0;
  rows.forEach((row, r) => {
    const w = weights ? weights[r] : 1;
    total += w;
    for (let i = 0; i < d; i++) mean[i] += w * row[i];
  });
  for (let i = 0; i < d; i++) mean[i] /= total;
  rows.forEach((row, r) => {
    const w = (weights ? weights[r] : 1) / total;
    for (let i = 0; i < d; i++) {
      for (let j = 0; j <= i; j++) covariance[i][j] += w * (row[i] - mean[i]) * (row[j] - mean[j]);
    }
  });
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) covariance[j][i] = covariance[i][j];
  return { mean, covariance };
}

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix by cyclic Jacobi rotations.
 * `vectors[k]` belongs to `values[k]`; no order is promised.
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): {
  values: Float64Array;
  vectors: Matrix;
} {
  const n = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = identity(n);
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let p = 0; p < n; p++) {
      diagonal += a[p][p] ** 2;
      for (let q = p + 1; q < n; q++) off += a[p][q] ** 2;
    }
    if (off <= 1e-32 * diagonal || off === 0) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i][i]), vectors: v };
}

/** One Jacobi rotation that makes a[p][q] zero; rows of v collect the eigenvectors. */
function rotate(a: Matrix, v: Matrix, p: number, q: number): void {
  if (a[p][q] === 0) return;
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k][p], a[k][q]];
    a[k][p] = c * x - s * y;
    a[k][q] = s * x + c * y;
  }
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[p][k], a[q][k]];
    a[p][k] = c * x - s * y;
    a[q][k] = s * x + c * y;
    const [vx, vy] = [v[p][k], v[q][k]];
    v[p][k] = c * vx - s * vy;
    v[q][k] = s * vx + c * vy;
  }
}

/** V f(Λ) Vᵀ of a symmetric matrix, e.g. its square root. */
export function symmetricFunction(
  matrix: readonly ArrayLike<number>[],
  f: (eigenvalue: number) => number,
): Matrix {
  return fromEigen(symmetricEigen(matrix), f);
}

/** The same from eigenvalues and eigenvectors that are at hand. */
export function fromEigen(
  { values, vectors }: { values: Float64Array; vectors: Matrix },
  f: (eigenvalue: number) => number,
): Matrix {
  const out = zeros(values.length);
  values.forEach((value, k) => {
    const scaled = f(value);
    for (let i = 0; i < out.length; i++) {
      for (let j = 0; j < out.length; j++) out[i][j] += scaled * vectors[k][i] * vectors[k][j];
    }
  });
  return out;
}

/** log det(I + scale·C) for a positive semi-definite C, by Cholesky. */
export function logDetIdentityPlus(covariance: Matrix, scale: number): number {
  const n = covariance.length;
  const l = zeros(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = scale * covariance[i][j] + (i === j ? 1 : 0);
      for (let k = 0; k < j; k++) value -= l[i][k] * l[j][k];
      l[i][j] = i === j ? Math.sqrt(value) : value / l[j][j];
    }
    sum += 2 * Math.log(l[i][i]);
  }
  return sum;
}
