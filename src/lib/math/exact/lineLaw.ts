/** A sum of bells on the line, seen through the chain: shares and places of the law of x_t, each the other's inverse. */

import { normalPdf } from '../numerics/gaussian.ts';
import { bisect } from '../numerics/quadrature.ts';
import { normalCdf } from '../numerics/special.ts';
import type { Schedule } from '../process/schedule.ts';

/** Weights add to 1. */
export type LineLaw = readonly {
  readonly weight: number;
  readonly mean: number;
  readonly variance: number;
}[];

/** P(x_t ≤ x), t = 0…T. */
export function lineCdf(law: LineLaw, { alphaBar, noiseVariance }: Schedule, t: number, x: number) {
  const signal = Math.sqrt(alphaBar[t]);
  return law.reduce((sum, { weight, mean, variance }) => {
    const width = Math.sqrt(alphaBar[t] * variance + noiseVariance[t]);
    return sum + weight * normalCdf((x - signal * mean) / width);
  }, 0);
}

/** Widths from a bell's mean beyond which less than 1e-15 of it lies. */
const FAR = 8;

/** The x at which P(x_t ≤ x) = share, 0 < share < 1. */
export function lineQuantile(law: LineLaw, schedule: Schedule, t: number, share: number): number {
  const ends = law.flatMap(({ mean, variance }) => {
    const far = FAR * Math.sqrt(Math.max(1, variance));
    return [mean - far, mean + far];
  });
  return bisect(
    (x) => lineCdf(law, schedule, t, x) - share,
    Math.min(...ends, -FAR),
    Math.max(...ends, FAR),
  );
}

/** n places of the law of x_t, in the middle of n equal shares. */
export const linePlaces = (law: LineLaw, schedule: Schedule, t: number, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => lineQuantile(law, schedule, t, (i + 0.5) / n));

/** The density of x_t at x. */
export const lineDensity = (
  law: LineLaw,
  { alphaBar, noiseVariance }: Schedule,
  t: number,
  x: number,
): number =>
  law.reduce(
    (sum, { weight, mean, variance }) =>
      sum +
      weight *
        normalPdf(x, Math.sqrt(alphaBar[t]) * mean, alphaBar[t] * variance + noiseVariance[t]),
    0,
  );

/** The largest difference between the shares of particles and those of the law of x_t: Kolmogorov's distance, 0 … 1. */
export function kolmogorovDistance(
  particles: ArrayLike<number>,
  law: LineLaw,
  schedule: Schedule,
  t: number,
): number {
  const sorted = Float64Array.from(particles).sort();
  return sorted.reduce((most, x, i) => {
    const share = lineCdf(law, schedule, t, x);
    return Math.max(most, share - i / sorted.length, (i + 1) / sorted.length - share);
  }, 0);
}
