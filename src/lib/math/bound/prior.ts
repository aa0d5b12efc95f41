/**
 * How far the noisy end of the chain is from N(0, I), where sampling starts. For one image (L_T of the bound), and for
 * all of them together: KL(q(x_T) ‖ N(0, I)) of the mixture q(x_T) = Σ w_i N(√ᾱ x⁽ⁱ⁾, (1−ᾱ) I).
 * The divergence is taken over r = q/p as E_p[r log r − r + 1]: no term is negative, so nothing cancels when q is nearly p.
 */
import type { ScalarSource } from '../exact/channel.ts';
import {
  type Estimate,
  estimate,
  stratifiedIndices,
  type VectorSource,
} from '../exact/vectorChannel.ts';
import { dot } from '../numerics/linalg.ts';
import { integrate } from '../numerics/quadrature.ts';
import type { Rng } from '../numerics/rng.ts';
import { logExcess, logSumExp } from '../numerics/special.ts';
import type { Schedule } from '../process/schedule.ts';

/** ᾱ and 1 − ᾱ of the chain's end, the second accumulated on its own. */
export interface NoisyEnd {
  readonly alphaBar: number;
  readonly noiseVariance: number;
}

export const noisyEnd = ({ alphaBar, noiseVariance, T }: Schedule): NoisyEnd => ({
  alphaBar: alphaBar[T],
  noiseVariance: noiseVariance[T],
});

/** log(1 − ᾱ), with all its digits at both ends. */
const logNoise = ({ alphaBar, noiseVariance }: NoisyEnd): number =>
  alphaBar < 0.5 ? Math.log1p(-alphaBar) : Math.log(noiseVariance);

/** KL(N(√ᾱ x, (1−ᾱ) I) ‖ N(0, I)) in nats, of `count` coordinates with ‖x‖² = squaredNorm. */
export function pointDivergence(end: NoisyEnd, squaredNorm: number, count: number): number {
  const { alphaBar } = end;
  const perPixel = alphaBar < 0.5 ? logExcess(-alphaBar) : -alphaBar - logNoise(end);
  return 0.5 * (alphaBar * squaredNorm + count * perPixel);
}

// #region priorTerm
/** L_T = KL(N(√ᾱ_T x_0, (1−ᾱ_T) I) ‖ N(0, I)) for one image: nothing in it can be trained. */
export function priorTerm(schedule: Schedule, x0: ArrayLike<number>): number {
  return pointDivergence(noisyEnd(schedule), dot(x0, x0), x0.length);
}
// #endregion

/** log q(x)/p(x) and q/p − 1 at a point; `along[i]` = x·x⁽ⁱ⁾. */
function ratio(
  end: NoisyEnd,
  weights: ArrayLike<number>,
  squared: ArrayLike<number>,
  along: ArrayLike<number>,
  square: number,
  dimension: number,
): { log: number; excess: number } {
  const { alphaBar, noiseVariance } = end;
  const root = Math.sqrt(alphaBar);
  const logs = new Float64Array(weights.length);
  let largest = 0;
  for (let i = 0; i < logs.length; i++) {
    logs[i] =
      (root * along[i] - 0.5 * alphaBar * (square + squared[i])) / noiseVariance -
      0.5 * dimension * logNoise(end);
    largest = Math.max(largest, Math.abs(logs[i]));
  }
  if (largest < 0.5) {
    let excess = 0;
    for (let i = 0; i < logs.length; i++) excess += weights[i] * Math.expm1(logs[i]);
    return { log: Math.log1p(excess), excess };
  }
  const log = logSumExp(logs.map((value, i) => value + Math.log(weights[i])));
  return { log, excess: Math.expm1(log) };
}

/** r log r − r + 1 for r = 1 + excess near 1. */
const nearOne = (excess: number): number => (1 + excess) * logExcess(-excess / (1 + excess));

/**
 * KL(q ‖ N(0, 1)) in nats for points on a line, by adaptive quadrature; relative error about 1e-10.
 * @param source points u_i in [data units], each image being at u_i from the origin.
 */
export function lineDivergence(end: NoisyEnd, { points, weights }: ScalarSource): number {
  const squared = points.map((u) => u * u);
  const root = Math.sqrt(end.alphaBar);
  const sigma = Math.sqrt(end.noiseVariance);
  const integrand = (x: number): number => {
    const { log, excess } = ratio(
      end,
      weights,
      squared,
      points.map((u) => u * x),
      x * x,
      1,
    );
    const logP = -0.5 * x * x - 0.5 * Math.log(2 * Math.PI);
    if (Math.abs(log) < 0.5) return Math.exp(logP) * nearOne(excess);
    const q = Math.exp(logP + log);
    return q * log - q + Math.exp(logP);
  };
  const breaks = new Set([-12, -4, -1, 0, 1, 4, 12]);
  for (const u of points)
    for (const k of [-12, -4, -1, 0, 1, 4, 12]) breaks.add(root * u + k * sigma);
  return integrate(
    integrand,
    [...breaks].sort((a, b) => a - b),
    { absolute: 0, relative: 1e-11 },
  );
}

/**
 * KL(q ‖ N(0, I)) in nats for points in r dimensions, by Monte Carlo: half of the draws from p, half from q, each
 * worth 2(r log r − r + 1)/(1 + r). That is never negative, grows only with log r, and its mean is the divergence.
 */
export function spanDivergence(
  end: NoisyEnd,
  { points, weights }: VectorSource,
  samples: number,
  rng: Rng,
): Estimate {
  const dimension = points[0].length;
  const squared = Float64Array.from(points, (u) => dot(u, u));
  const root = Math.sqrt(end.alphaBar);
  const sigma = Math.sqrt(end.noiseVariance);
  const half = Math.ceil(samples / 2);
  const worth = (x: Float64Array): number => {
    const along = points.map((u) => dot(u, x));
    const { log, excess } = ratio(end, weights, squared, along, dot(x, x), dimension);
    if (Math.abs(log) < 0.5) return (2 * nearOne(excess)) / (2 + excess);
    const small = Math.exp(-Math.abs(log)); // r or 1/r, whichever cannot overflow
    return (2 * (log > 0 ? log - 1 + small : small * log - small + 1)) / (1 + small);
  };
  const x = new Float64Array(dimension);
  const fromPrior = Float64Array.from({ length: half }, () => worth(rng.fillNormal(x)));
  const fromData = Float64Array.from(stratifiedIndices(weights, half, rng), (i) => {
    rng.fillNormal(x);
    return worth(x.map((z, k) => root * points[i][k] + sigma * z));
  });
  const [a, b] = [estimate(fromPrior), estimate(fromData)];
  return {
    value: 0.5 * (a.value + b.value),
    standardError: 0.5 * Math.hypot(a.standardError, b.standardError),
  };
}
