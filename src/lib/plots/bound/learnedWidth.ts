/** The learned v_t over t: 0 is σ² = β̃, 1 is σ² = β. Pure; the marks are in learnedWidthPlot.ts. */

import { type Point, thinned } from '../../math/numerics/curves.ts';
import { printNumber } from '../../words/printNumber.ts';

/** v_t as points, for the t where one was learned; long chains are thinned. */
export function widthPoints(v: ArrayLike<number>): Point[] {
  const times = Array.from({ length: v.length }, (_, t) => t).filter((t) => !Number.isNaN(v[t]));
  return thinned(0, times.length - 1).map((i) => ({ x: times[i], y: v[times[i]] }));
}

export interface WidthWords {
  none: string;
  /** v at one t, and at two. */
  one: (v: string, t: number) => string;
  two: (v: string, t: number, last: string, end: number) => string;
  /** After either: where it is past the middle. */
  past: (ends: string, t: number) => string;
  plain: (ends: string) => string;
}

/** v at both ends, and the first t where the width is past the middle between β̃ and β. */
export function widthSummary(points: readonly Point[], say: WidthWords): string {
  if (points.length === 0) return say.none;
  const [first, last] = [points[0], points[points.length - 1]];
  const print = (y: number) => (y < 5e-7 ? '0' : printNumber(y, 3));
  const ends =
    points.length === 1
      ? say.one(print(first.y), first.x)
      : say.two(print(first.y), first.x, print(last.y), last.x);
  const past = points.find(({ y }) => y > 0.5);
  return past && past !== first ? say.past(ends, past.x) : say.plain(ends);
}
