/**
 * The width of the reverse step, learned from the bound itself. Improved DDPM (2102.09672, section 3.1) sets
 *   log σ_t² = v_t log β_t + (1 − v_t) log β̃_t
 * with v the output of a network (which may leave [0, 1]; its code maps an output o to v = (o + 1)/2). Here v is a table
 * with one number v_t, kept within [0, 1], for each t = 2..T. At t = 1, where β̃_1 = 0, a named convention decides
 * (firstVariance.ts); the table has no v_1.
 */
import { type FirstVariance, firstVariance } from '../process/firstVariance.ts';
import { posterior, signalDrop } from '../process/posterior.ts';
import { checkTime, type Schedule } from '../process/schedule.ts';

export interface LearnedVariance {
  /** v_t, indexed by t = 2..T; NaN at 0, 1 and at every t without a squared error. */
  readonly v: Float64Array;
  /** σ_t², with NaN at the same places. */
  readonly variance: Float64Array;
  /** Steps of descent until no v_t moved by more than the tolerance, or the most allowed. */
  readonly iterations: number;
}

export interface DescentOptions {
  /** v_t before the first step. */
  readonly start?: number;
  readonly iterations?: number;
  /** The descent ends when every v_t moves by less. */
  readonly tolerance?: number;
}

// #region interpolatedVariance
/**
 * σ_t² = β_t^v · β̃_t^(1−v) for any real v. At t = 1 the convention's σ_1² takes the place of β̃_1: with `beta1` it is β_1
 * whatever v is, with `betaTilde2` it lies between β̃_2 and β_1.
 */
export function interpolatedVariance(
  schedule: Schedule,
  t: number,
  v: number,
  first: FirstVariance = 'beta1',
): number {
  checkTime(schedule, t, 1);
  if (t > 1) return schedule.posteriorVariance[t] * Math.exp(v * logRange(schedule, t));
  const narrow = firstVariance(schedule, first);
  return narrow * Math.exp(v * Math.log(schedule.beta[1] / narrow));
}
// #endregion

// #region bestVariance
/** The best σ_t² for t ≥ 2: β̃_t plus the squared error of the step's mean (Analytic-DPM, 2201.06503), per pixel. */
export function bestVariance(schedule: Schedule, t: number, squaredErrorPerPixel: number): number {
  checkTime(schedule, t, 2);
  const q = posterior(schedule, t);
  return q.variance + q.x0Coefficient ** 2 * squaredErrorPerPixel;
}
// #endregion

/** The v of `bestVariance`, t ≥ 2: above 1 where the error is so large that the best σ_t² lies over β_t. */
export function bestFraction(schedule: Schedule, t: number, squaredErrorPerPixel: number): number {
  return Math.log1p(relativeError(schedule, t, squaredErrorPerPixel, 1)) / logRange(schedule, t);
}

/** log(β_t/β̃_t) = −log(1 − ᾱ_{t−1}β_t/(1−ᾱ_t)): near 0 at large t, where a difference of logs has no digits left. */
function logRange(schedule: Schedule, t: number): number {
  checkTime(schedule, t, 2);
  const { alphaBar, beta, noiseVariance } = schedule;
  return -Math.log1p((-alphaBar[t - 1] * beta[t]) / noiseVariance[t]);
}

/** E‖μ̃ − μ‖²/(D β̃): how far the step's mean is off, per pixel, in units of the narrowest width. */
function relativeError(schedule: Schedule, t: number, squaredError: number, dimension: number) {
  return (signalDrop(posterior(schedule, t)) * squaredError) / dimension;
}

// #region varianceGradient
/**
 * dL_{t−1}/dv of `gaussianTerm` at σ_t² = `interpolatedVariance(v)`: with r = log(β_t/β̃_t) and
 * ρ = E‖μ̃ − μ‖²/(D β̃_t), L_{t−1} = ½ D [e^{−rv}(1 + ρ) − 1 + rv].
 * @param squaredError E‖x_0 − x̂_0‖², of the exact denoiser or of a trained network.
 */
export function varianceGradient(
  schedule: Schedule,
  t: number,
  squaredError: number,
  dimension: number,
  v: number,
): number {
  const r = logRange(schedule, t);
  const rho = relativeError(schedule, t, squaredError, dimension);
  // r(1 − e^{−rv}(1 + ρ)), without cancelling at large t, where r and ρ are both tiny.
  return 0.5 * dimension * r * (-Math.expm1(-r * v) - rho * Math.exp(-r * v));
}
// #endregion

/** The steepest d²L_{t−1}/dv² between v and the bottom of the term, where (1 + ρ)e^{−rv} is 1. */
function steepest(
  schedule: Schedule,
  t: number,
  squaredError: number,
  dimension: number,
  v: number,
) {
  const r = logRange(schedule, t);
  const rho = relativeError(schedule, t, squaredError, dimension);
  return 0.5 * dimension * r * r * Math.max(1, (1 + rho) * Math.exp(-r * v));
}

// #region learnVariance
/**
 * Gradient descent on every v_t at once, each kept within [0, 1]. The step is 1/(the steepest curvature on the way to
 * the bottom): with it no v_t overshoots, so no term ever rises; and each term, convex in v_t, reaches its least.
 * @param squaredError E‖x_0 − x̂_0‖² indexed by t; what is not finite is left alone.
 */
export function learnVariance(
  schedule: Schedule,
  squaredError: ArrayLike<number>,
  dimension: number,
  { start = 0.5, iterations = 1000, tolerance = 1e-12 }: DescentOptions = {},
): LearnedVariance {
  const v = new Float64Array(schedule.T + 1).fill(Number.NaN);
  for (let t = 2; t <= schedule.T; t++) if (Number.isFinite(squaredError[t])) v[t] = start;
  let moving = Array.from(v.keys()).filter((t) => !Number.isNaN(v[t]));
  let done = 0;
  for (; done < iterations && moving.length > 0; done++) {
    moving = moving.filter((t) => {
      const gradient = varianceGradient(schedule, t, squaredError[t], dimension, v[t]);
      const curvature = steepest(schedule, t, squaredError[t], dimension, v[t]);
      // Where β̃ = β to the last digit every v is as good.
      const next = curvature > 0 ? Math.min(1, Math.max(0, v[t] - gradient / curvature)) : v[t];
      const moved = Math.abs(next - v[t]);
      v[t] = next;
      return moved > tolerance;
    });
  }
  const variance = v.map((value, t) =>
    Number.isNaN(value) ? Number.NaN : interpolatedVariance(schedule, t, value),
  );
  return { v, variance, iterations: done };
}
// #endregion
