/** Particles on a line that follow the score: what they walk on, and the walks themselves. */

import { kolmogorovDistance, type LineLaw } from '../../math/exact/lineLaw.ts';
import { createRng } from '../../math/numerics/rng.ts';
import { makeSchedule, type Schedule } from '../../math/process/schedule.ts';
import { langevinWalk } from '../../math/samplers/langevin.ts';
import { lineDenoiser } from '../../math/samplers/lineWalks.ts';
import type { Paths } from '../../math/samplers/particles.ts';

/** Two bells far apart, of unequal weight: what a walk between them finds hard. */
export const LAW: LineLaw = [
  { weight: 0.3, mean: -1.4, variance: 0.03 },
  { weight: 0.7, mean: 1, variance: 0.03 },
];
export const T = 200;
export const KIND = 'linear';
export const schedule: Schedule = makeSchedule(KIND, T);

const exact = lineDenoiser(LAW, schedule);
const scoreOf = exact.predict('score');
const place = new Float64Array(1);
const asked = (of: typeof scoreOf, x: number, t: number): number => {
  place[0] = x;
  return of(place, t)[0];
};

/** The cloud at time t. */
export function cloud({ times, frames }: Paths, t: number): Float32Array {
  const size = frames.length / times.length;
  const i = times.indexOf(t);
  return frames.subarray(i * size, (i + 1) * size);
}

export const distanceAt = (paths: Paths, t: number): number =>
  kolmogorovDistance(cloud(paths, t), LAW, schedule, t);

/** A time of the chain that may be walked on, and how long a Langevin step is there, as a share of its noise variance. */
export interface LangevinSetting {
  readonly t: number;
  readonly steps: number;
  readonly annealed: boolean;
  readonly seed: number;
}
export const PARTICLES = 600;
/** Step sizes: small enough for the narrowest bell at that level. */
const sizeAt = (t: number): number =>
  0.1 * (schedule.noiseVariance[t] + 0.03 * schedule.alphaBar[t]);

/** Particles that all begin in the left bell, after so many steps: at one level, or from much noise down to that level. */
export function langevinEnds({ t, steps, annealed, seed }: LangevinSetting): Float64Array {
  const first = Math.round(T / 2);
  const levels =
    annealed && t < first
      ? Array.from({ length: 10 }, (_, i) => Math.round(first + ((t - first) * i) / 9))
      : [t];
  const own = levels.map((level) => ({
    score: (x: number) => asked(scoreOf, x, level),
    size: sizeAt(level),
    steps: Math.round(steps / levels.length),
  }));
  const start = new Float64Array(PARTICLES).fill(LAW[0].mean);
  return langevinWalk(start, own, createRng(seed).fork('langevin')).at(-1) ?? start;
}

/** Share of the particles in the right half, where the data have 70 %. */
export const shareRight = (x: ArrayLike<number>): number =>
  Array.from(x).filter((value) => value > 0).length / x.length;
