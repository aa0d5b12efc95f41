/**
 * The pen: from strokes to a 28 × 28 image with soft edges.
 *
 * A stroke is flattened to short segments (centripetal Catmull–Rom through its points); every segment is a capsule whose
 * radius follows the pressure; a pixel's ink is the largest coverage over all capsules, so that crossing lines do not
 * grow darker. The edge is one pixel of linear ramp: box anti-aliasing to first order.
 */
import type { Stroke, StrokePoint } from './glyphs/stroke.ts';

/** A flattened stroke: x, y and radius per point, in the units of the caller. */
export interface Trace {
  x: number[];
  y: number[];
  radius: number[];
}

const STEPS = 5; // segments between two control points

/** One point of the centripetal Catmull–Rom segment p1 → p2 at u in [0, 1], written in Hermite form. */
function hermite(a: number, b: number, ta: number, tb: number, u: number): number {
  const u2 = u * u;
  const u3 = u2 * u;
  return (
    (2 * u3 - 3 * u2 + 1) * a + (u3 - 2 * u2 + u) * ta + (3 * u2 - 2 * u3) * b + (u3 - u2) * tb
  );
}

/** Tangent at p1 of the curve through p0, p1, p2 (non-uniform knots d01, d12), scaled to the segment p1 → p2. */
function tangent(p0: number, p1: number, p2: number, d01: number, d12: number): number {
  return d12 * ((p1 - p0) / d01 - (p2 - p0) / (d01 + d12) + (p2 - p1) / d12);
}

/** Knot distance |b − a|^½ (centripetal: no loops or cusps between close points). */
function knot(a: StrokePoint, b: StrokePoint): number {
  return Math.sqrt(Math.hypot(b[0] - a[0], b[1] - a[1])) + 1e-6;
}

/** Flattens one smooth run of points (no corner inside), appending to `trace`. */
function flattenRun(points: Stroke, trace: Trace): void {
  for (let i = 0; i + 1 < points.length; i++) {
    const p1 = points[i];
    const p2 = points[i + 1];
    // At an open end the missing neighbour is the mirror image of the inner one: a free end.
    const p0 = points[i - 1] ?? [2 * p1[0] - p2[0], 2 * p1[1] - p2[1]];
    const p3 = points[i + 2] ?? [2 * p2[0] - p1[0], 2 * p2[1] - p1[1]];
    const d01 = knot(p0, p1);
    const d12 = knot(p1, p2);
    const d23 = knot(p2, p3);
    const t1 = [0, 1].map((k) => tangent(p0[k]!, p1[k]!, p2[k]!, d01, d12));
    const t2 = [0, 1].map((k) => (d12 / d23) * tangent(p1[k]!, p2[k]!, p3[k]!, d12, d23));
    for (let s = i === 0 ? 0 : 1; s <= STEPS; s++) {
      const u = s / STEPS;
      trace.x.push(hermite(p1[0], p2[0], t1[0], t2[0], u));
      trace.y.push(hermite(p1[1], p2[1], t1[1], t2[1], u));
    }
  }
}

/** Flattens a stroke; corners split it into runs that share their end point. Radii are left for the caller. */
export function flatten(stroke: Stroke): Trace {
  const trace: Trace = { x: [], y: [], radius: [] };
  let start = 0;
  for (let i = 1; i < stroke.length; i++) {
    if (stroke[i][2] === 1 || i === stroke.length - 1) {
      flattenRun(stroke.slice(start, i + 1), trace);
      start = i;
    }
  }
  return trace;
}

/** Lays ink of the traces (pixel units, pixel centres at k + ½) onto `image`, size × size in [-1, 1], filled with −1 before. */
export function ink(traces: Trace[], image: Float32Array, size: number): void {
  for (const { x, y, radius } of traces) {
    for (let i = 0; i + 1 < x.length; i++) {
      capsule(image, size, x[i], y[i], radius[i], x[i + 1], y[i + 1], radius[i + 1]);
    }
  }
}

function capsule(
  image: Float32Array,
  size: number,
  ax: number,
  ay: number,
  ar: number,
  bx: number,
  by: number,
  br: number,
): void {
  const reach = Math.max(ar, br) + 0.5;
  const x0 = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const x1 = Math.min(size - 1, Math.floor(Math.max(ax, bx) + reach));
  const y0 = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const y1 = Math.min(size - 1, Math.floor(Math.max(ay, by) + reach));
  const dx = bx - ax;
  const dy = by - ay;
  const inverse = 1 / (dx * dx + dy * dy + 1e-12);
  for (let row = y0; row <= y1; row++) {
    for (let column = x0; column <= x1; column++) {
      const at = row * size + column;
      // Neighbouring capsules overlap: much is full of ink already.
      if (image[at] === 1) continue;
      const px = column + 0.5 - ax;
      const py = row + 0.5 - ay;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
      const [ex, ey] = [px - along * dx, py - along * dy];
      // Not Math.hypot: that is slower, and a data set asks for this some million times.
      const distance = Math.sqrt(ex * ex + ey * ey);
      const coverage = Math.min(1, ar + (br - ar) * along + 0.5 - distance);
      if (coverage <= 0) continue;
      const value = 2 * coverage - 1;
      if (value > image[at]) image[at] = value;
    }
  }
}
