/** Particles on a line that follow the score: what they walk on, and the walks themselves. */

import { kolmogorovDistance, type LineLaw } from '../../math/exact/lineLaw.ts';
import { makeSchedule, type Schedule } from '../../math/process/schedule.ts';
import type { Paths } from '../../math/samplers/particles.ts';

/** Two bells far apart, of unequal weight: what a walk between them finds hard. */
export const LAW: LineLaw = [
  { weight: 0.3, mean: -1.4, variance: 0.03 },
  { weight: 0.7, mean: 1, variance: 0.03 },
];
export const T = 200;
export const KIND = 'linear';
export const schedule: Schedule = makeSchedule(KIND, T);

/** The cloud at time t. */
export function cloud({ times, frames }: Paths, t: number): Float32Array {
  const size = frames.length / times.length;
  const i = times.indexOf(t);
  return frames.subarray(i * size, (i + 1) * size);
}

export const distanceAt = (paths: Paths, t: number): number =>
  kolmogorovDistance(cloud(paths, t), LAW, schedule, t);

export const PARTICLES = 600;

/** Share of the particles in the right half, where the data have 70 %. */
export const shareRight = (x: ArrayLike<number>): number =>
  Array.from(x).filter((value) => value > 0).length / x.length;
