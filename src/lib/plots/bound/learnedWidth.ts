/** The learned v_t over t: 0 is σ² = β̃, 1 is σ² = β. Pure; the marks are in learnedWidthPlot.ts. */

import { type Point, thinned } from '../../math/numerics/curves.ts';
import { printNumber } from '../../words/printNumber.ts';

/** v_t as points, for the t where one was learned; long chains are thinned. */
export function widthPoints(v: ArrayLike<number>): Point[] {
  const times = Array.from({ length: v.length }, (_, t) => t).filter((t) => !Number.isNaN(v[t]));
  return thinned(0, times.length - 1).map((i) => ({ x: times[i], y: v[times[i]] }));
}

/** v at both ends, and the first t where the width is past the middle between β̃ and β. */
export function widthSummary(points: readonly Point[]): string {
  if (points.length === 0) return 'Nothing is learned yet.';
  const [first, last] = [points[0], points[points.length - 1]];
  const print = (y: number) => (y < 5e-7 ? '0' : printNumber(y, 3));
  const ends =
    points.length === 1
      ? `v is ${print(first.y)} at t = ${first.x}`
      : `v is ${print(first.y)} at t = ${first.x} and ${print(last.y)} at t = ${last.x}`;
  const past = points.find(({ y }) => y > 0.5);
  return past && past !== first ? `${ends}; past ½ from t = ${past.x}.` : `${ends}.`;
}
