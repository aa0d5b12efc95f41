/** Gaussians and mixtures of Gaussians: densities and Kullback–Leibler divergences, in nats. */
import { bisect, integrate, type Tolerance } from './quadrature.ts';
import { logExcess, logSumExp } from './special.ts';

const LOG_2PI = Math.log(2 * Math.PI);

/** log N(x; mean, variance) of a number. */
export function logPdf(x: number, mean: number, variance: number): number {
  return -0.5 * ((x - mean) ** 2 / variance + Math.log(variance) + LOG_2PI);
}

/** N(x; mean, variance): the density of the normal distribution at a number, variance > 0. */
export function normalPdf(x: number, mean: number, variance: number): number {
  return Math.exp((-0.5 * (x - mean) ** 2) / variance) / Math.sqrt(2 * Math.PI * variance);
}

/** log N(x; mean, variance·I) of an array. */
export function logPdfIsotropic(
  x: ArrayLike<number>,
  mean: ArrayLike<number>,
  variance: number,
): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += logPdf(x[i], mean[i], variance);
  return sum;
}

// #region klGaussian
/** KL(N(m₁, v₁) ‖ N(m₂, v₂)) of one coordinate = ½ [v₁/v₂ − 1 − log(v₁/v₂) + (m₁−m₂)²/v₂]. */
export function klGaussian(m1: number, v1: number, m2: number, v2: number): number {
  return 0.5 * (logExcess((v1 - v2) / v2) + (m1 - m2) ** 2 / v2);
}
// #endregion

/** A mixture on the line. */
export interface Mixture1D {
  readonly weights: ArrayLike<number>;
  readonly means: ArrayLike<number>;
  readonly variances: ArrayLike<number>;
}

export function mixtureLogPdf(x: number, mixture: Mixture1D): number {
  const { weights, means, variances } = mixture;
  return logSumExp(
    Array.from(weights, (w, i) =>
      w > 0 ? Math.log(w) + logPdf(x, means[i], variances[i]) : Number.NEGATIVE_INFINITY,
    ),
  );
}

/** Mean and variance of a mixture: the Gaussian nearest to it in KL(mixture ‖ Gaussian). */
export function momentMatch(mixture: Mixture1D): { mean: number; variance: number } {
  const { weights, means, variances } = mixture;
  let mean = 0;
  for (let i = 0; i < weights.length; i++) mean += weights[i] * means[i];
  let variance = 0;
  for (let i = 0; i < weights.length; i++) {
    variance += weights[i] * (variances[i] + (means[i] - mean) ** 2);
  }
  return { mean, variance };
}

/**
 * The modes of a mixture, lowest first: where its density has a local maximum. They lie between the outermost means, and
 * not at the means themselves: every other bell draws a little. The slope Σ w_k N_k(x) (m_k − x)/v_k is scanned at steps of
 * a twentieth of the least standard deviation, and each fall through 0 found by bisection, to rounding.
 * @throws RangeError for a bell without width.
 */
export function mixtureModes(mixture: Mixture1D): number[] {
  const counts = (_: number, k: number) => mixture.weights[k] > 0;
  const means = Array.from(mixture.means).filter(counts);
  const sigma = Math.sqrt(Math.min(...Array.from(mixture.variances).filter(counts)));
  if (!(sigma > 0 && sigma < Infinity))
    throw new RangeError(
      `Modes: expected bells of positive variance; found variances [${Array.from(mixture.variances)}]. Give each a width.`,
    );
  // The density's slope over the density itself: the same zeros, and it cannot underflow.
  const slope = (x: number): number => {
    const density = mixtureLogPdf(x, mixture);
    return Array.from(mixture.means).reduce((sum, m, k) => {
      if (!(mixture.weights[k] > 0)) return sum;
      const share = Math.exp(
        Math.log(mixture.weights[k]) + logPdf(x, m, mixture.variances[k]) - density,
      );
      return sum + (share * (m - x)) / mixture.variances[k];
    }, 0);
  };
  const [from, to] = [Math.min(...means) - sigma / 3, Math.max(...means) + sigma / 3];
  const count = Math.ceil((20 * (to - from)) / sigma);
  const at = (i: number) => from + ((to - from) * i) / count;
  const modes: number[] = [];
  let before = slope(from);
  for (let i = 1; i <= count; i++) {
    const after = slope(at(i));
    if (before > 0 && after <= 0) modes.push(bisect(slope, at(i - 1), at(i)));
    before = after;
  }
  return modes;
}

/** E_p f(x) under a mixture p, by adaptive quadrature out to 12 standard deviations. */
export function mixtureExpectation(
  mixture: Mixture1D,
  f: (x: number) => number,
  tolerance?: Tolerance,
): number {
  const points = new Set<number>();
  for (let i = 0; i < mixture.weights.length; i++) {
    if (!(mixture.weights[i] > 0)) continue;
    const sigma = Math.sqrt(mixture.variances[i]);
    for (const k of [-12, -4, -1, 0, 1, 4, 12]) points.add(mixture.means[i] + k * sigma);
  }
  const breaks = [...points].sort((a, b) => a - b);
  return integrate(
    (x) => {
      const density = Math.exp(mixtureLogPdf(x, mixture));
      return density === 0 ? 0 : density * f(x);
    },
    breaks,
    tolerance,
  );
}

/** KL(p ‖ q) of two mixtures on the line: the "forward" one when p is the data. */
export function klMixtures(p: Mixture1D, q: Mixture1D): number {
  // The integral of a divergence of 0 comes out at ±1e-16, and no divergence is below zero.
  return Math.max(
    0,
    mixtureExpectation(p, (x) => mixtureLogPdf(x, p) - mixtureLogPdf(x, q)),
  );
}

/** A single Gaussian as a mixture. */
export const asMixture = (mean: number, variance: number): Mixture1D => ({
  weights: [1],
  means: [mean],
  variances: [variance],
});

/** KL(mixture ‖ N(mean, variance)) — covers every mode — and KL(N ‖ mixture) — seeks one. */
export function forwardReverseKl(
  mixture: Mixture1D,
  mean: number,
  variance: number,
): { forward: number; reverse: number } {
  const q = asMixture(mean, variance);
  return { forward: klMixtures(mixture, q), reverse: klMixtures(q, mixture) };
}
