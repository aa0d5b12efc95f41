/**
 * The scalar Gaussian channel: y = √γ·u + z, z ~ N(0, 1), with u on finitely many points.
 * x_t / √(1−ᾱ_t) is this channel at γ = SNR_t, so all that a noisy pixel tells about a clean one
 * is a function of γ. Notation: p_i prior, q_i posterior of point i given y.
 */
import { gaussLegendre } from '../numerics/quadrature.ts';

export interface ScalarSource {
  /** Points on the line, in units of the pixel scale. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** The posterior at one y; reused between calls, so copy what must last. */
export interface ChannelState {
  readonly posterior: Float64Array;
  mean: number;
  variance: number;
  /** H(u | y) in nats */
  entropy: number;
}

/** Beyond this many standard deviations the noise has probability 1e-20. */
const REACH = 9.4;

/**
 * E_y f(state at y), by the trapezoid rule. The integrand is analytic in a strip of half-width
 * π/(√γ·span) around the real line (there Σ p_i e^{…} cannot vanish), so a step of 2π/36 times that
 * leaves an error of e^{−36}. Points further than about 20 noise widths away have no say at y.
 */
export function channelExpectation(
  source: ScalarSource,
  gamma: number,
  f: (state: ChannelState) => number,
): number {
  const root = Math.sqrt(gamma);
  const { state, density } = evaluator(source, root);
  const order = Array.from(source.points.keys()).sort(
    (i, j) => source.points[i] - source.points[j],
  );
  const centres = order.map((i) => root * source.points[i]);
  let total = 0;
  for (let first = 0; first < centres.length; ) {
    // One stretch of the y-axis per cluster of points that see each other through the noise.
    let last = first;
    while (last + 1 < centres.length && centres[last + 1] - centres[last] < 2 * REACH) last++;
    const span = Math.min(centres[last] - centres[first], 2 * REACH);
    const h = Math.min(0.4, (2 * Math.PI * Math.PI) / (36 * Math.max(span, 1e-300)));
    const count = Math.ceil((centres[last] - centres[first] + 2 * REACH) / h);
    let sum = 0;
    for (let k = 0; k <= count; k++) {
      const weight = density(k * h - REACH, order[first]);
      if (weight > 0) sum += weight * f(state);
    }
    total += sum * h;
    first = last + 1;
  }
  return total;
}

/**
 * Fills `state` and returns the density at y = √γ·points[reference] + offset. Positions are taken
 * relative to a point near y: at a high γ the digits of y itself would be used up by √γ·u.
 */
export function evaluator(source: ScalarSource, root: number) {
  const { points, weights } = source;
  const n = points.length;
  const logPrior = weights.map(Math.log);
  const state: ChannelState = {
    posterior: new Float64Array(n),
    mean: 0,
    variance: 0,
    entropy: 0,
  };
  const { posterior } = state;
  /** log p_i − ½ (distance of point i from y)² */
  const logits = new Float64Array(n);
  const density = (offset: number, reference: number): number => {
    let best = 0;
    for (let i = 0; i < n; i++) {
      logits[i] = logPrior[i] - 0.5 * (offset - root * (points[i] - points[reference])) ** 2;
      if (logits[i] > logits[best]) best = i;
    }
    // Everything relative to the likeliest point: its complement stays accurate when it is tiny.
    const top = logits[best];
    let others = 0;
    let entropy = 0;
    for (let i = 0; i < n; i++) {
      const below = top - logits[i]; // exactly 0 for the likeliest
      posterior[i] = Math.exp(-below);
      if (i !== best) others += posterior[i];
      if (posterior[i] > 0) entropy += posterior[i] * below;
    }
    const logTotal = Math.log1p(others);
    let shift = 0;
    let square = 0;
    for (let i = 0; i < n; i++) {
      posterior[i] /= 1 + others;
      const step = points[i] - points[best];
      shift += posterior[i] * step;
      square += posterior[i] * step * step;
    }
    state.mean = points[best] + shift;
    state.variance = Math.max(0, square - shift * shift);
    state.entropy = logTotal + entropy / (1 + others);
    return Math.exp(top + logTotal) / Math.sqrt(2 * Math.PI);
  };
  return { state, density };
}

/** E Var(u | y): the least mean squared error of any estimate of u. */
export const scalarMmse = (source: ScalarSource, gamma: number): number =>
  channelExpectation(source, gamma, (state) => state.variance);

/** H(u | y) in nats. */
export const conditionalEntropy = (source: ScalarSource, gamma: number): number =>
  channelExpectation(source, gamma, (state) => state.entropy);

const COARSE = gaussLegendre(8);
const FINE = gaussLegendre(4);

/**
 * ½ ∫ mmse dγ from γ to γ + rise. By the I-MMSE identity (Guo, Shamai & Verdú, cs/0412108 eq. 1)
 * this is the information gained, I(u; y at γ + rise) − I(u; y at γ), without the cancellation of a
 * difference. Integrated over log γ, in panels.
 */
export function integrateMmse(
  mmse: (gamma: number) => number,
  gamma: number,
  rise: number,
): number {
  const width = logWidth(gamma, rise);
  const panels = Math.max(1, Math.ceil(width / 0.25));
  const rule = width < 0.05 ? FINE : COARSE;
  const half = width / panels / 2;
  let sum = 0;
  for (let p = 0; p < panels; p++) {
    for (let k = 0; k < rule.nodes.length; k++) {
      const at = gamma * Math.exp((2 * p + 1 + rule.nodes[k]) * half);
      sum += rule.weights[k] * half * at * mmse(at);
    }
  }
  return 0.5 * sum;
}

/** log((γ + rise)/γ), exact for a small rise and finite for a huge one. */
export function logWidth(gamma: number, rise: number): number {
  return rise < gamma ? Math.log1p(rise / gamma) : Math.log(gamma + rise) - Math.log(gamma);
}
