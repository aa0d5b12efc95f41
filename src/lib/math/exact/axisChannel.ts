/**
 * The Gaussian channel y = √γ·u + z, z ~ N(0, I_r), for points that lie on orthogonal axes through the origin, such as
 * bars and stripes: least squared error without Monte Carlo.
 *
 * With p_i the probability of point i on axis k(i) and e_i(y) = exp(√γ u_i y − γ u_i²/2), the density of y over that of
 * the noise is S(y) = Σ_k S_k(y_k), S_k = Σ_{i on k} p_i e_i: a sum over the axes. From Var = ½ Σ_ij q_i q_j |u_i − u_j|²,
 *   mmse = ½ Σ_ij |u_i − u_j|² p_i p_j ∫ φ(y) e_i e_j / S dy,
 * and 1/S = ∫_0^∞ e^{−λS} dλ turns the integral over r dimensions into one over λ of products of integrals over one.
 * All terms are positive: nothing cancels.
 */
import { normalCdf } from '../numerics/special.ts';
import type { VectorSource } from './vectorChannel.ts';

/** The points of one axis; a point at the origin is an axis of its own. */
export interface AxisPoints {
  /** Coordinates along the axis. */
  readonly points: readonly number[];
  /** Probabilities, summed over all axes to 1. */
  readonly weights: readonly number[];
}

/** Rounding in an orthonormal basis: a coordinate below this share of the largest one is 0. */
const ON_AXIS = 1e-9;

/** The axes of a source, or null where a point lies off all of them. */
export function axesOf({ points, weights }: VectorSource): AxisPoints[] | null {
  const largest = Math.max(...points.map((p) => Math.max(...p.map(Math.abs))));
  const axes = new Map<number, { points: number[]; weights: number[] }>();
  for (let i = 0; i < points.length; i++) {
    const along = Array.from(points[i].keys()).filter(
      (k) => Math.abs(points[i][k]) > ON_AXIS * largest,
    );
    if (along.length > 1) return null;
    const key = along[0] ?? -1;
    const axis = axes.get(key) ?? { points: [], weights: [] };
    axis.points.push(along.length ? points[i][key] : 0);
    axis.weights.push(weights[i]);
    axes.set(key, axis);
  }
  return [...axes.values()];
}

/** Aimed at: the error of the rules below, relative to E|u|². Their cost grows with its logarithm. */
const ERROR = 1e-11;
const DIGITS = -Math.log(ERROR);
/** Noise beyond this many standard deviations has a probability below ERROR. */
const REACH = 7;

/** E‖u − E[u|y]‖² at signal-to-noise ratio γ > 0; error below about 1e-10 of the largest |u_i − u_j|². */
export function axisMmse(axes: readonly AxisPoints[], gamma: number): number {
  if (negligible(axes, gamma)) return 0;
  const root = Math.sqrt(gamma);
  const tables = axes.map((axis) => tabulate(axis, root));
  // log λ from where λS is far below 1 for every S that occurs to where it is far above. The integrand is analytic
  // for |Im log λ| < π/2, so the trapezoid rule with step h leaves an error of e^{−π²/h}.
  const step = Math.PI ** 2 / DIGITS;
  const [from, to] = logRange(axes, root);
  const distinct = new Map<string, number>();
  const kind = axes.map((axis, k) => {
    const key = `${axis.points.map(Math.abs)}|${axis.weights}`;
    if (!distinct.has(key)) distinct.set(key, k);
    return distinct.get(key) as number;
  });
  let sum = 0;
  for (let log = from; log <= to; log += step) {
    const lambda = Math.exp(log);
    const own = tables.map((table, k) => (kind[k] === k ? averages(table, lambda) : null));
    const at = kind.map((k) => own[k] as Averages);
    const others = (...but: number[]) =>
      at.reduce((product, { survive }, k) => (but.includes(k) ? product : product * survive), 1);
    let value = 0;
    at.forEach((a, k) => {
      value += a.within * others(k);
      for (let l = 0; l < k; l++)
        value += (a.energy * at[l].mass + a.mass * at[l].energy) * others(k, l);
    });
    sum += lambda * value;
  }
  return sum * step;
}

/** Union bound on mistaking one point for another: where it is this small, so is the error. */
function negligible(axes: readonly AxisPoints[], gamma: number): boolean {
  const all = axes.flatMap(({ points }, axis) => points.map((u) => ({ axis, u })));
  let nearest = Number.POSITIVE_INFINITY;
  all.forEach((p, i) => {
    for (const o of all.slice(0, i)) {
      const square = p.axis === o.axis ? (p.u - o.u) ** 2 : p.u ** 2 + o.u ** 2;
      nearest = Math.min(nearest, square);
    }
  });
  return all.length * normalCdf(-Math.sqrt(gamma * nearest) / 2) < ERROR;
}

/** λ·S runs through e^{−DIGITS} … DIGITS while S runs through all that has a probability. */
function logRange(axes: readonly AxisPoints[], root: number): [number, number] {
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const { points, weights } of axes)
    points.forEach((u, i) => {
      const a = Math.abs(root * u);
      most = Math.max(most, (a * a) / 2 + REACH * a);
      least = Math.min(least, Math.log(weights[i]) + (a * a) / 2 - REACH * a);
    });
  return [-most - DIGITS, -least + Math.log(DIGITS) + 1];
}

interface Table {
  /** For each y of the grid: φ(y)·step. */
  readonly noise: Float64Array;
  /** S_k, Σ p e, Σ p e u², and ½ Σ_ij p_i p_j e_i e_j (u_i − u_j)², all at y. */
  readonly sum: Float64Array;
  readonly energy: Float64Array;
  readonly spread: Float64Array;
}

/** The y-grid of one axis. In y the integrands are analytic for |Im y| < π/2√γ|u|. */
function tabulate({ points, weights }: AxisPoints, root: number): Table {
  const shifts = points.map((u) => root * u);
  const largest = Math.max(...shifts.map(Math.abs));
  const step = Math.min(0.3, Math.PI ** 2 / (DIGITS * Math.max(largest, 1e-300)));
  const from = Math.min(0, ...shifts) - REACH;
  const count = Math.ceil((Math.max(0, ...shifts) + REACH - from) / step) + 1;
  const [noise, sum, energy, spread] = Array.from({ length: 4 }, () => new Float64Array(count));
  const part = new Float64Array(points.length);
  for (let n = 0; n < count; n++) {
    const y = from + n * step;
    noise[n] = (step * Math.exp(-0.5 * y * y)) / Math.sqrt(2 * Math.PI);
    points.forEach((u, i) => {
      part[i] = weights[i] * Math.exp(shifts[i] * (y - shifts[i] / 2));
      sum[n] += part[i];
      energy[n] += part[i] * u * u;
      for (let j = 0; j < i; j++) spread[n] += part[i] * part[j] * (u - points[j]) ** 2;
    });
  }
  return { noise, sum, energy, spread };
}

interface Averages {
  /** ∫ φ e^{−λS_k}, and under the same weight: S_k, Σ p e u², and the squared distances on the axis. */
  survive: number;
  mass: number;
  energy: number;
  within: number;
}

function averages({ noise, sum, energy, spread }: Table, lambda: number): Averages {
  const out = { survive: 0, mass: 0, energy: 0, within: 0 };
  for (let n = 0; n < noise.length; n++) {
    const weight = noise[n] * Math.exp(-lambda * sum[n]);
    if (weight === 0) continue;
    out.survive += weight;
    out.mass += weight * sum[n];
    out.energy += weight * energy[n];
    out.within += weight * spread[n];
  }
  return out;
}
