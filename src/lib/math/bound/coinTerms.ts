/**
 * The terms of the bound before they are averaged: what one draw of (x_0, ε) makes of L_t. For D independent pixels, each −1 or 1
 * with equal chance, and the exact denoiser, one noise z ~ N(0, 1) a pixel tells it all. With γ = SNR_t,
 *   |x_0 − E[x_0|x_t]| = 1 − tanh(γ + √γ z),
 * whichever of its two values the pixel has.
 */
import { normalPdf } from '../numerics/gaussian.ts';
import { posterior } from '../process/posterior.ts';
import { checkTime, type Schedule } from '../process/schedule.ts';
import { discretizedLogProbability } from './decoder.ts';
import { gaussianTerm } from './elbo.ts';

/** Black and white: the decoder's bins meet at 0. */
const LEVELS = [-1, 1];

/** How far the best guess of a pixel is off, 0 … 2: 1 − tanh a = 2/(1 + e^{2a}), which keeps its digits where it is tiny. */
export const coinError = (gamma: number, z: number): number =>
  2 / (1 + Math.exp(2 * (gamma + Math.sqrt(gamma) * z)));

/** Beyond this many standard deviations the noise has probability 1e-20. */
const REACH = 9.4;
/** From here on no error is left in a float64: it needs z < −√γ, whose probability is below e^{−γ/2}. */
const CLEAN = 1480;

/**
 * Nodes for E f(error) by the trapezoid rule. As a function of z the error has poles at a distance of π/(2√γ) from the real
 * line; a step of 2π/36 times that leaves e^{−36}. Guesses are wrong near z = −√γ, so the nodes reach there.
 */
function nodes(gamma: number) {
  const root = Math.sqrt(gamma);
  const step = Math.min(0.3, Math.PI ** 2 / (36 * root));
  const from = gamma > CLEAN ? -REACH : -REACH - root;
  const count = Math.ceil((REACH - from) / step);
  const at = Float64Array.from({ length: count + 1 }, (_, i) => from + i * step);
  return {
    errors: at.map((z) => coinError(gamma, z)),
    weights: at.map((z) => step * normalPdf(z, 0, 1)),
  };
}

const average = ({ errors, weights }: ReturnType<typeof nodes>, f: (error: number) => number) =>
  weights.reduce((sum, weight, i) => (weight > 0 ? sum + weight * f(errors[i]) : sum), 0);

/** E error² of one pixel, its least mean squared error, and E error⁴. */
export function coinErrorMoments(gamma: number): [second: number, fourth: number] {
  if (gamma > CLEAN) return [0, 0];
  const at = nodes(gamma);
  return [average(at, (error) => error ** 2), average(at, (error) => error ** 4)];
}

/** −log of the decoder's probability of one pixel whose guess is off by `error`. */
const pixelSurprise = (error: number, variance: number) =>
  -discretizedLogProbability(1, 1 - error, variance, LEVELS);

/** L_t of one draw, nats: `noise` has the z of every pixel, `variance` is σ_t² (at t = 1 that of the decoder's bins). */
export function coinTerm(
  schedule: Schedule,
  t: number,
  variance: number,
  noise: ArrayLike<number>,
): number {
  checkTime(schedule, t, 1);
  const errors = Array.from(noise, (z) => coinError(schedule.snr[t], z));
  if (t === 1) return errors.reduce((sum, error) => sum + pixelSurprise(error, variance), 0);
  const squaredError = errors.reduce((sum, error) => sum + error * error, 0);
  return gaussianTerm(schedule, t, squaredError, errors.length, variance);
}

/** E[L_t] and E[L_t²] over draws, for t = 1 … T, indexed from 0. */
export interface TermMoments {
  readonly mean: Float64Array;
  readonly square: Float64Array;
}

// #region coinTermMoments
/**
 * Both moments of `coinTerm` for every t. For t ≥ 2 a term is a line in S = Σ error², whose moments are those of its pixels:
 * E[S²] = D E[e⁴] + D(D−1) E[e²]².
 * @param varianceOf σ_t² for t = 1 … T.
 */
export function coinTermMoments(
  schedule: Schedule,
  varianceOf: (t: number) => number,
  dimension: number,
): TermMoments {
  const sumOf = (first: number, second: number) => ({
    mean: dimension * first,
    square: dimension * second + dimension * (dimension - 1) * first * first,
  });
  const terms = Array.from({ length: schedule.T }, (_, i) => {
    const t = i + 1;
    const [gamma, variance] = [schedule.snr[t], varianceOf(t)];
    if (t === 1) {
      const pixel = (power: number) =>
        average(nodes(gamma), (error) => pixelSurprise(error, variance) ** power);
      return sumOf(pixel(1), pixel(2));
    }
    const [second, fourth] = coinErrorMoments(gamma);
    const S = sumOf(second, fourth);
    const fixed = gaussianTerm(schedule, t, 0, dimension, variance);
    const slope = gaussianTerm(schedule, t, 1, dimension, variance) - fixed;
    return {
      mean: fixed + slope * S.mean,
      square: fixed * fixed + 2 * fixed * slope * S.mean + slope * slope * S.square,
    };
  });
  return {
    mean: Float64Array.from(terms, ({ mean }) => mean),
    square: Float64Array.from(terms, ({ square }) => square),
  };
}
// #endregion

/**
 * The density of d = x_{t−1} − μ(x_t) of one pixel, over data and noise: where the true step ends, seen from the mean that the
 * exact denoiser gives. A bell of variance β̃_t about each error of that mean; t ≥ 2.
 */
export function coinStepDensity(schedule: Schedule, t: number): (d: number) => number {
  checkTime(schedule, t, 2);
  const { x0Coefficient, variance } = posterior(schedule, t);
  const { errors, weights } = nodes(schedule.snr[t]);
  const kept = Array.from(weights.keys()).filter((i) => weights[i] > 1e-20);
  return (d) =>
    kept.reduce((sum, i) => {
      const shift = x0Coefficient * errors[i];
      return (
        sum + 0.5 * weights[i] * (normalPdf(d, shift, variance) + normalPdf(d, -shift, variance))
      );
    }, 0);
}
