/**
 * Guidance by class with exact answers: ε̂ = ε̂_∅ + g (ε̂_c − ε̂_∅), classifier-free (2207.12598) or, which is the same where both
 * answers are exact, with the gradient of a classifier (2105.05233). g = 0 is the law without a class, g = 1 that of the class.
 */
import { moments } from '../numerics/curves.ts';
import type { Matrix } from '../numerics/linalg.ts';
import type { Target, TargetOptions } from '../process/parameterization.ts';
import type { ExactDenoiser } from './finite.ts';
import { normalised } from './finiteData.ts';
import type { FlowDenoiser } from './flow.ts';

// #region guided
/** From the answer without a class towards the one with it, and beyond; for every kind of prediction, as they are linear in x̂_0. */
export const guided = (
  free: ArrayLike<number>,
  asked: ArrayLike<number>,
  g: number,
): Float64Array => Float64Array.from(free, (value, k) => value + g * (asked[k] - value));
// #endregion

type Prediction<Answer> = (xt: ArrayLike<number>, t: number) => Answer;

/** It answers as an exact denoiser, and is that of no law but at g = 0 and 1. */
export interface GuidedDenoiser extends FlowDenoiser {
  predict(kind: Target, options?: TargetOptions): Prediction<Float64Array>;
  jacobian(kind: Target, options?: TargetOptions): Prediction<Matrix>;
}

/** Of two exact denoisers on one process: of all data, and of those of the class. */
export function guidedDenoiser(
  free: ExactDenoiser,
  asked: ExactDenoiser,
  g: number,
): GuidedDenoiser {
  const predict: GuidedDenoiser['predict'] = (kind, options) => {
    const [without, within] = [free, asked].map((denoiser) => denoiser.predict(kind, options));
    return (xt, t) => guided(without(xt, t), within(xt, t), g);
  };
  const jacobian: GuidedDenoiser['jacobian'] = (kind, options) => {
    const [without, within] = [free, asked].map((denoiser) => denoiser.jacobian(kind, options));
    return (xt, t) => {
      const rows = within(xt, t);
      return without(xt, t).map((row, i) => guided(row, rows[i], g));
    };
  };
  return { predict, jacobian, v: predict('v') };
}

/** The weights of those that bear one label, all others 0, and how much they weigh of all. @throws RangeError where none does. */
export function weightsOfClass(
  labels: readonly number[],
  wanted: number,
  weights?: ArrayLike<number>,
): { readonly weights: Float64Array; readonly share: number } {
  const all = normalised(labels.length, weights);
  const kept = all.map((weight, i) => (labels[i] === wanted ? weight : 0));
  return { weights: normalised(labels.length, kept), share: kept.reduce((sum, w) => sum + w, 0) };
}

// #region classifier
/** p(c | x_t) = π_c q(x_t | c)/q(x_t) of the perfect classifier of noisy images; `share` is π_c. */
export const classProbability =
  (free: ExactDenoiser, asked: ExactDenoiser, share: number): Prediction<number> =>
  (xt, t) =>
    share * Math.exp(asked.logDensity(xt, t) - free.logDensity(xt, t));

/** ∇ log p(c | x_t), the difference of two scores. */
export const classGradient =
  (free: ExactDenoiser, asked: ExactDenoiser): Prediction<Float64Array> =>
  (xt, t) => {
    const score = free.score(xt, t);
    return asked.score(xt, t).map((value, k) => value - score[k]);
  };

/** Classifier guidance, ε̂ − g·noise·∇ log p(c|x_t) (2105.05233 eq. 14). */
export const guidedByClassifier = (
  epsilon: ArrayLike<number>,
  gradient: ArrayLike<number>,
  g: number,
  noise: number,
): Float64Array => Float64Array.from(epsilon, (value, k) => value - g * noise * gradient[k]);
// #endregion

// #region rescaled
/**
 * Guidance stretches ε̂: scaled back to the standard deviation, over pixels, of the answer with the class, by the share φ
 * (2305.08891 eq. 15, 16).
 */
export function rescaled(
  asked: ArrayLike<number>,
  guidedEpsilon: ArrayLike<number>,
  phi: number,
): Float64Array {
  // n or n − 1: the ratio is the same.
  const shrink = Math.sqrt(moments(asked).variance / moments(guidedEpsilon).variance);
  return Float64Array.from(guidedEpsilon, (value) => (phi * shrink + 1 - phi) * value);
}
// #endregion
