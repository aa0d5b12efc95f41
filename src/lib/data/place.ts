/** Where a digit sits on the paper, by MNIST's rule: a 20 × 20 box, the centre of mass in the middle of 28 × 28. */
import type { Trace } from './pen.ts';

export const DIGIT_SIZE = 28;

/**
 * Scales a digit so that, pen included, its longer side takes `box` pixels, and moves its centre of mass (ink per length
 * of stroke) to the middle of the image. A dot keeps its size.
 */
export function place(traces: Trace[], box: number): void {
  let radius = 0;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y, radius: r } of traces) {
    for (let i = 0; i < x.length; i++) {
      radius = Math.max(radius, r[i]);
      [left, right] = [Math.min(left, x[i]), Math.max(right, x[i])];
      [top, bottom] = [Math.min(top, y[i]), Math.max(bottom, y[i])];
    }
  }
  const extent = Math.max(right - left, bottom - top);
  const scale = extent > 0 ? (box - 2 * radius) / extent : 1;
  let [mass, mx, my] = [0, 0, 0];
  for (const { x, y, radius: r } of traces) {
    for (let i = 0; i + 1 < x.length; i++) {
      const weight = Math.hypot(x[i + 1] - x[i], y[i + 1] - y[i]) * (r[i] + r[i + 1]) + 1e-9; // a dot has no length
      mass += weight;
      mx += (weight * (x[i] + x[i + 1])) / 2;
      my += (weight * (y[i] + y[i + 1])) / 2;
    }
  }
  const centre = DIGIT_SIZE / 2;
  for (const { x, y } of traces) {
    for (let i = 0; i < x.length; i++) {
      x[i] = (x[i] - mx / mass) * scale + centre;
      y[i] = (y[i] - my / mass) * scale + centre;
    }
  }
}
