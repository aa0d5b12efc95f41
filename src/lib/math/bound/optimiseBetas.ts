/**
 * β chosen by the bound itself: the only thing in it that a schedule can learn.
 * Unconstrained variables θ_t = log(β_t/(1−β_t)); quasi-Newton steps (BFGS) on differences.
 */

import { dot, identity } from '../numerics/linalg.ts';
import { type Schedule, scheduleFromBetas } from '../process/schedule.ts';
import { type Bound, type BoundOptions, exactBound } from './elbo.ts';

export interface OptimisedBetas {
  readonly schedule: Schedule;
  readonly bound: Bound;
  /** The bound's total in nats, before the first step and after each. */
  readonly history: readonly number[];
}

/** β stays within [1e-6, 1 − 1e-6]: the best of some bounds lies at an end. */
const LIMIT = 1e-6;

/** Minimises the total of `exactBound` over all β, starting from a schedule. T up to about 50. */
export function optimiseBetas(
  start: Schedule,
  options: Omit<BoundOptions, 'schedule'>,
  { iterations = 60, tolerance = 1e-9 } = {},
): OptimisedBetas {
  const toSchedule = (theta: Float64Array): Schedule =>
    scheduleFromBetas(
      theta.map((x) => Math.min(1 - LIMIT, Math.max(LIMIT, 1 / (1 + Math.exp(-x))))),
    );
  const evaluate = (theta: Float64Array): number =>
    exactBound({ ...options, schedule: toSchedule(theta) }).total;
  const initial = start.beta.slice(1).map((b) => Math.log(b / (1 - b)));
  const { theta, history } = minimise(evaluate, initial, iterations, tolerance);
  const schedule = toSchedule(theta);
  return { schedule, bound: exactBound({ ...options, schedule }), history };
}

/** BFGS with backtracking (Nocedal & Wright, algorithm 6.1) and central differences. */
function minimise(
  f: (x: Float64Array) => number,
  start: Float64Array,
  iterations: number,
  tolerance: number,
): { theta: Float64Array; history: number[] } {
  const n = start.length;
  const gradient = (x: Float64Array): Float64Array =>
    x.map((_, i) => {
      const h = 1e-4;
      const shifted = (sign: number) => f(x.map((v, k) => (k === i ? v + sign * h : v)));
      return (shifted(1) - shifted(-1)) / (2 * h);
    });
  let x = start;
  let value = f(x);
  let g = gradient(x);
  let inverse = identity(n);
  const history = [value];
  for (let iteration = 0; iteration < iterations; iteration++) {
    let direction = Float64Array.from(inverse, (row) => -dot(row, g));
    if (dot(direction, g) >= 0) {
      inverse = identity(n);
      direction = g.map((v) => -v);
    }
    // A step beyond 2 in log-odds would leave the region the gradient knows about.
    let rate = Math.min(1, 2 / Math.max(...direction.map(Math.abs), 1e-300));
    let next = x;
    let nextValue = value;
    for (; rate > 1e-10; rate /= 2) {
      next = x.map((v, i) => v + rate * direction[i]);
      nextValue = f(next);
      if (nextValue <= value + 1e-4 * rate * dot(direction, g)) break;
    }
    if (!(nextValue < value)) break;
    const nextGradient = gradient(next);
    const step = next.map((v, i) => v - x[i]);
    const change = nextGradient.map((v, i) => v - g[i]);
    updateInverse(inverse, step, change);
    const gain = value - nextValue;
    [x, value, g] = [next, nextValue, nextGradient];
    history.push(value);
    if (gain < tolerance * Math.abs(value)) break;
  }
  return { theta: x, history };
}

/** H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ, ρ = 1/(yᵀs); skipped without positive curvature. */
function updateInverse(inverse: Float64Array[], s: Float64Array, y: Float64Array): void {
  const curvature = dot(s, y);
  if (curvature <= 1e-14) return;
  const hy = Float64Array.from(inverse, (row) => dot(row, y));
  const factor = (1 + dot(y, hy) / curvature) / curvature;
  for (let i = 0; i < s.length; i++) {
    for (let j = 0; j < s.length; j++) {
      inverse[i][j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature;
    }
  }
}
