/**
 * A schedule from a curve of log-SNR. λ(u) is given at equally spaced knots of u = t/T in [0, 1], falling, and
 * joined by a monotone cubic (Fritsch & Carlson 1980). With ᾱ = σ(λ):
 * β_t = 1 − ᾱ_t/ᾱ_{t−1} = (1 − e^{λ_t − λ_{t−1}}) (1 − ᾱ_t), and β_1 = 1 − σ(λ_1).
 */
import { checkT, MAX_BETA, type Schedule, scheduleFromBetas } from './schedule.ts';

const MIN_BETA = 1e-9;

/** @throws RangeError for fewer than two knots, or when they do not fall strictly; for a T that is not an integer in 1..100000. */
export function scheduleFromLogSnr(knots: readonly number[], T: number): Schedule {
  if (knots.length < 2)
    throw new RangeError(
      `Log-SNR: expected at least two knots; found ${knots.length}. Give its start and its end.`,
    );
  checkT(T);
  for (let k = 1; k < knots.length; k++) {
    if (!(knots[k] < knots[k - 1])) {
      throw new RangeError(
        `Log-SNR: expected falling knots; found ${knots[k - 1]} then ${knots[k]}. Noise only ever grows: lower the later one.`,
      );
    }
  }
  const curve = monotoneCubic(knots);
  const betas = new Float64Array(T);
  let before = Number.POSITIVE_INFINITY;
  for (let t = 1; t <= T; t++) {
    const lambda = curve(t / T);
    const noise = 1 / (1 + Math.exp(lambda));
    betas[t - 1] = Math.min(MAX_BETA, Math.max(MIN_BETA, -Math.expm1(lambda - before) * noise));
    before = lambda;
  }
  return scheduleFromBetas(betas);
}

/** The monotone cubic through `values` at u = 0, 1/(n−1), …, 1. */
export function monotoneCubic(values: readonly number[]): (u: number) => number {
  const last = values.length - 1;
  const secant = Array.from({ length: last }, (_, k) => values[k + 1] - values[k]);
  // Harmonic mean inside, the secant at the ends: within Fritsch and Carlson's region, so no overshoot.
  const slope = values.map((_, k) => {
    if (k === 0) return secant[0];
    if (k === last) return secant[last - 1];
    const [a, b] = [secant[k - 1], secant[k]];
    return a * b > 0 ? (2 * a * b) / (a + b) : 0;
  });
  return (u) => {
    const k = Math.min(last - 1, Math.max(0, Math.floor(u * last)));
    const w = u * last - k;
    const [w2, w3] = [w * w, w * w * w];
    return (
      (2 * w3 - 3 * w2 + 1) * values[k] +
      (w3 - 2 * w2 + w) * slope[k] +
      (3 * w2 - 2 * w3) * values[k + 1] +
      (w3 - w2) * slope[k + 1]
    );
  };
}
