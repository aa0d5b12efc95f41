/** Charts of the ink widget: what happens to single pixels over time, in a diffusion model and in water. */
import { grainsOf, walkOn } from '../../math/mistakes/grains.ts';
import { heat } from '../../math/mistakes/heat.ts';
import { thinned } from '../../math/numerics/curves.ts';
import { createRng } from '../../math/numerics/rng.ts';
import type { Schedule } from '../../math/process/schedule.ts';
import { colours } from '../common/colours.ts';
import { type Curve, lines } from '../common/common.ts';

/** Spread of ink in water at the end, in pixels: as wide as half the image. */
export const LAST_SPREAD = 12;

/** Time of the heat equation at t of T: the spread σ = √(2s) grows in proportion to t. */
export const heatTime = (t: number, T: number): number => ((LAST_SPREAD * t) / T) ** 2 / 2;

/**
 * Variance at t = 0..T of a pixel that has variance 1 in the data: with the factor √(1−β) it stays 1, without it is
 * 1 + β_1 + … + β_t.
 */
export function unitVariance(schedule: Schedule, shrink: boolean): Float64Array {
  if (shrink) return schedule.alphaBar.map((a, t) => a + schedule.noiseVariance[t]);
  let sum = 1;
  return schedule.beta.map((b) => {
    sum += b;
    return sum;
  });
}

/** A few pixels to follow: half of them the most inked, half the least, spread over the image. */
export function followed(image: ArrayLike<number>, count = 8): number[] {
  const order = Array.from({ length: image.length }, (_, i) => i).sort(
    (a, b) => image[b] - image[a],
  );
  const half = Math.min(count / 2, image.length / 2);
  const inked = order.filter((i) => image[i] > 0);
  const paper = order.filter((i) => image[i] <= 0);
  const pick = (from: number[]) =>
    Array.from(
      { length: Math.min(half, from.length) },
      (_, k) => from[Math.floor(((k + 0.5) * from.length) / Math.min(half, from.length))],
    );
  return [...pick(inked), ...pick(paper)];
}

interface Paths {
  /** states[k] is the image at times[k]. */
  states: readonly ArrayLike<number>[];
  times: readonly number[];
  pixels: readonly number[];
  t: number;
  T: number;
  domain: readonly [number, number];
  /** What is written at the axes. */
  axes: { time: string; value: string };
}

/** Value of each followed pixel over time: ink coloured, paper muted. */
export function paths({ states, times, pixels, t, T, domain, axes }: Paths) {
  const curves: Curve[] = pixels.map((pixel) => ({
    points: times.map((time, k) => ({ x: time, y: states[k][pixel] })),
    colour: states[0][pixel] > 0 ? colours.q : colours.noise,
    dash: states[0][pixel] > 0 ? undefined : '4 2',
    width: 1.4,
  }));
  return lines({
    curves,
    x: { label: axes.time, domain: [0, T] },
    y: { label: axes.value, domain },
    cursor: t,
    levels: [-1, 1],
  });
}

/** The image under the heat equation at a few dozen times: enough for smooth curves. */
export function heatFilm(image: ArrayLike<number>, size: number, T: number) {
  const times = thinned(0, T, 60);
  return { times, states: times.map((t) => heat(image, size, heatTime(t, T))) };
}

/** Grains of ink that are followed: enough to show the picture, few enough to see one move. */
const GRAINS = 320;

/** Where the grains of an image are at t = 0..T, x and y in turn in pixels, each on one walk of its own. */
export function grainsFilm(image: ArrayLike<number>, size: number, T: number): Float64Array[] {
  const rng = createRng(5).fork('grains');
  const places = grainsOf(image, size, GRAINS, rng);
  return Array.from({ length: T + 1 }, (_, t) => {
    if (t > 0) walkOn(places, size, heatTime(t, T) - heatTime(t - 1, T), rng);
    return places.slice();
  });
}
