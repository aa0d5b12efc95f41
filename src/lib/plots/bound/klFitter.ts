/** One bell against a truth with two bumps: the divergence either way, and the bells that are best for each. */

import { normalDensity, type Point } from '../../math/numerics/curves.ts';
import {
  asMixture,
  forwardReverseKl,
  type Mixture1D,
  momentMatch,
} from '../../math/numerics/gaussian.ts';
import { klIntegrand, quickKl } from '../../math/numerics/quickKl.ts';
import type { Schedule } from '../../math/process/schedule.ts';

export interface Bell {
  mean: number;
  variance: number;
}
export interface Both {
  /** KL(truth ‖ bell), nats. */
  forward: number;
  /** KL(bell ‖ truth), nats. */
  reverse: number;
}

/** q(x_t) of a pixel that is +1 with probability `white`, else −1. */
export function noisyPixel(schedule: Schedule, t: number, white = 0.5): Mixture1D {
  const root = Math.sqrt(schedule.alphaBar[t]);
  const variance = schedule.noiseVariance[t];
  return { weights: [white, 1 - white], means: [root, -root], variances: [variance, variance] };
}

export const bothWays = (truth: Mixture1D, { mean, variance }: Bell): Both => ({
  forward: quickKl(truth, asMixture(mean, variance)),
  reverse: quickKl(asMixture(mean, variance), truth),
});

/** The two bells that the text compares, by adaptive quadrature: N(0, 1), and one bump alone. */
export function pixelFits(schedule: Schedule, t: number): { wide: Both; mode: Both } {
  const truth = noisyPixel(schedule, t);
  const compare = (mean: number, variance: number) => forwardReverseKl(truth, mean, variance);
  return { wide: compare(0, 1), mode: compare(truth.means[0], truth.variances[0]) };
}

/** Half the width of the picture, and its height: a wide or narrow bell leaves it, its handles do not. */
export const REACH = 3;
export const DENSITY_TOP = 1.4;

/** Where the bell is taken hold of: at its top, to move it, and one standard deviation to the right, to widen it. */
export function bellHandles({ mean, variance }: Bell): { top: Point; side: Point } {
  const held = (x: number) => Math.min(0.98 * DENSITY_TOP, normalDensity(x, mean, variance));
  const right = mean + Math.sqrt(variance);
  return {
    top: { x: mean, y: held(mean) },
    side: { x: Math.min(0.98 * REACH, right), y: held(right) },
  };
}

/** Forward: the bell with the truth's mean and variance. */
export const bestForward = (truth: Mixture1D): Bell => momentMatch(truth);

/**
 * Reverse: a pattern search over (mean, log deviation) from `start`. There may be one minimum for each bump;
 * it ends in the one whose valley it starts in.
 */
export function bestReverse(truth: Mixture1D, start: Bell): Bell {
  const value = ([m, s]: number[]) => quickKl(asMixture(m, Math.exp(2 * s)), truth);
  let at = [start.mean, 0.5 * Math.log(start.variance)];
  let best = value(at);
  for (let step = 0.2; step > 1e-5; ) {
    const tries = [
      [at[0] + step, at[1]],
      [at[0] - step, at[1]],
      [at[0], at[1] + step],
      [at[0], at[1] - step],
    ];
    const found = tries.map(value);
    const least = found.indexOf(Math.min(...found));
    if (found[least] < best - 1e-14) {
      best = found[least];
      at = tries[least];
    } else step /= 2;
  }
  return { mean: at[0], variance: Math.exp(2 * at[1]) };
}

/** Where each divergence is paid: the integrands, on the part of the axis that is drawn. */
export function payments(
  truth: Mixture1D,
  { mean, variance }: Bell,
  [from, to]: readonly [number, number],
): { forward: Point[]; reverse: Point[] } {
  const bell = asMixture(mean, variance);
  const seen = ({ x }: Point) => x >= from && x <= to;
  return {
    forward: klIntegrand(truth, bell).filter(seen),
    reverse: klIntegrand(bell, truth).filter(seen),
  };
}
