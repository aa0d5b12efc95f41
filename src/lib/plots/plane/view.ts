/** What part of the plane is shown, and where on the way a cloud is. */
import type { Paths } from '../../math/samplers/particles.ts';

/** The window is [−REACH, REACH] along both axes: of standard normal noise 99.5 % of the particles are inside. */
export const REACH = 3;

/** n places across the window, from the middle of the first of n equal cells to that of the last. */
export const cells = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => REACH * ((2 * i + 1) / n - 1));

/** From the plane (y up) to a square canvas of `size` (y down), and back. */
export const across = (x: number, size: number): number => ((x + REACH) / (2 * REACH)) * size;
export const down = (y: number, size: number): number => ((REACH - y) / (2 * REACH)) * size;
export const fromCanvas = (px: number, py: number, size: number): [x: number, y: number] => [
  REACH * ((2 * px) / size - 1),
  REACH * (1 - (2 * py) / size),
];

/** Between two frames of the way: `frame` and, by `share` of the way on, the next one. */
export interface Place {
  frame: number;
  share: number;
}

/** Where a cloud is at a time, whether its times rise or fall; times outside are those of the nearest end. */
export function placeAt(times: readonly number[], t: number): Place {
  const last = times.length - 1;
  const rising = times[last] >= times[0];
  const before = (k: number) => (rising ? times[k] <= t : times[k] >= t);
  if (last === 0 || !before(0)) return { frame: 0, share: 0 };
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (before(middle)) low = middle;
    else high = middle;
  }
  if (before(high)) return { frame: last, share: 0 };
  return { frame: low, share: Math.abs((t - times[low]) / (times[high] - times[low])) };
}

/** Coordinate k of the cloud: between two frames particles go straight. */
export function coordinate({ times, frames }: Paths, { frame, share }: Place, k: number): number {
  const size = frames.length / times.length;
  const here = frames[frame * size + k];
  return share === 0 ? here : here + share * (frames[(frame + 1) * size + k] - here);
}

/** The whole cloud at a time. */
export function cloudAt(paths: Paths, t: number): Float32Array {
  const place = placeAt(paths.times, t);
  return Float32Array.from({ length: paths.frames.length / paths.times.length }, (_, k) =>
    coordinate(paths, place, k),
  );
}
