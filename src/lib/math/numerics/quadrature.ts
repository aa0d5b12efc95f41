/** Numerical integration: Gauss–Hermite, Gauss–Legendre, trapezoid and adaptive Gauss–Kronrod. */

export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Nodes and weights for E f(z), z ~ N(0, 1): Σ weights·f(nodes), weights summing to 1.
 * Exact for polynomials of degree 2n − 1. n from 1 to 100.
 */
export function gaussHermite(n: number): Rule {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  // Roots of the orthonormal Hermite polynomials interlace: bisect between those of degree n − 1.
  let roots: number[] = [];
  for (let degree = 1; degree <= n; degree++) {
    const limit = 2 * Math.sqrt(degree) + 1;
    const edges = [-limit, ...roots, limit];
    roots = edges.slice(1).map((_, i) => bisect((x) => hermite(degree, x), edges[i], edges[i + 1]));
  }
  for (let i = 0; i < n; i++) {
    nodes[i] = roots[i];
    const previous = hermite(n - 1, roots[i]);
    weights[i] = 1 / (n * previous * previous);
  }
  return { nodes, weights };
}

/** Orthonormal with respect to N(0, 1). */
function hermite(degree: number, x: number): number {
  let previous = 0;
  let current = 1;
  for (let k = 0; k < degree; k++) {
    [previous, current] = [current, (x * current - Math.sqrt(k) * previous) / Math.sqrt(k + 1)];
  }
  return current;
}

/** Nodes and weights on [-1, 1]; exact for polynomials of degree 2n − 1. */
export function gaussLegendre(n: number): Rule {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let iteration = 0; iteration < 50; iteration++) {
      let [p0, p1] = [1, x];
      for (let k = 2; k <= n; k++) [p0, p1] = [p1, ((2 * k - 1) * x * p1 - (k - 1) * p0) / k];
      slope = (n * (x * p1 - p0)) / (x * x - 1);
      const step = p1 / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/**
 * ∫ f over [from, to] by the trapezoid rule with n intervals. For an analytic f that vanishes at
 * both ends the error falls exponentially in n; nothing fancier does better there.
 */
export function trapezoid(f: (x: number) => number, from: number, to: number, n: number): number {
  const h = (to - from) / n;
  let sum = 0.5 * (f(from) + f(to));
  for (let i = 1; i < n; i++) sum += f(from + i * h);
  return sum * h;
}

// Kronrod's 15 nodes (positive half) with the weights of both rules.
const K_NODES = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945,
  0.5860872354676911, 0.4058451513773972, 0.2077849550078985, 0,
];
const K_WEIGHTS = [
  0.0229353220105292, 0.0630920926299786, 0.1047900103222502, 0.1406532597159259,
  0.1690047266392679, 0.1903505780647854, 0.2044329400752989, 0.2094821410847278,
];
const G_WEIGHTS = [0.1294849661688697, 0.2797053914892767, 0.3818300505051189, 0.4179591836734694];

/** `integrate` stops at either tolerance, or at so many pieces (rounding in f can hide both). */
export interface Tolerance {
  readonly absolute?: number;
  readonly relative?: number;
  readonly maxPieces?: number;
}

/**
 * ∫ f over [points[0], points[last]], split at the points between, refined where the two rules differ.
 * The error is below absolute + relative·|integral| for a piecewise smooth f.
 */
export function integrate(
  f: (x: number) => number,
  points: readonly number[],
  { absolute = 1e-14, relative = 1e-12, maxPieces = 400 }: Tolerance = {},
): number {
  const pieces = points.slice(1).map((to, i) => kronrod(f, points[i], to));
  for (;;) {
    let value = 0;
    let error = 0;
    let worst = 0;
    pieces.forEach((piece, i) => {
      value += piece.value;
      error += piece.error;
      if (piece.error > pieces[worst].error) worst = i;
    });
    if (error <= absolute + relative * Math.abs(value) || pieces.length >= maxPieces) return value;
    const { from, to } = pieces[worst];
    const middle = 0.5 * (from + to);
    pieces[worst] = kronrod(f, from, middle);
    pieces.push(kronrod(f, middle, to));
  }
}

function kronrod(f: (x: number) => number, from: number, to: number) {
  const half = 0.5 * (to - from);
  const middle = 0.5 * (to + from);
  let fine = 0;
  let coarse = 0;
  for (let i = 0; i < 8; i++) {
    const x = half * K_NODES[i];
    const sum = i === 7 ? f(middle) : f(middle - x) + f(middle + x);
    fine += K_WEIGHTS[i] * sum;
    if (i % 2 === 1) coarse += G_WEIGHTS[(i - 1) / 2] * sum;
  }
  return { from, to, value: half * fine, error: Math.abs(half * (fine - coarse)) };
}

/** A root of f between a and b, where f changes sign. */
export function bisect(f: (x: number) => number, a: number, b: number): number {
  const rising = f(b) > f(a);
  let [low, high] = [a, b];
  for (let i = 0; i < 200; i++) {
    const middle = 0.5 * (low + high);
    if (middle === low || middle === high) break;
    if (f(middle) > 0 === rising) high = middle;
    else low = middle;
  }
  return 0.5 * (low + high);
}
