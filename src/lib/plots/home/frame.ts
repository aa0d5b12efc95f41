/** A picture of 96 × 64 units without axes: plain shapes, for an SVG that is written at build. */
import type { Point } from '../../math/numerics/curves.ts';

export const WIDTH = 96;
export const HEIGHT = 64;
const EDGE = 5;

export interface Shape {
  /** An SVG path. */
  d: string;
  stroke?: string;
  fill?: string;
  opacity?: number;
  width?: number;
}
type Range = readonly [number, number];

const print = (value: number) => String(Number(value.toFixed(1)));

/** From data to the picture; y grows upwards. */
export function scales(x: Range, y: Range) {
  const across = (v: number) => EDGE + ((v - x[0]) / (x[1] - x[0])) * (WIDTH - 2 * EDGE);
  const up = (v: number) => HEIGHT - EDGE - ((v - y[0]) / (y[1] - y[0])) * (HEIGHT - 2 * EDGE);
  const at = (p: Point) => `${print(across(p.x))} ${print(up(p.y))}`;
  return {
    line: (points: readonly Point[], stroke: string, width = 1.6): Shape => ({
      d: `M${points.map(at).join('L')}`,
      stroke,
      width,
    }),
    /** Down to y = 0. */
    area: (points: readonly Point[], fill: string, opacity = 0.25): Shape => {
      const [first, last] = [points[0], points[points.length - 1]];
      const base = [
        { x: last.x, y: 0 },
        { x: first.x, y: 0 },
      ];
      return { d: `M${[...points, ...base].map(at).join('L')}Z`, fill, opacity };
    },
    dots: (points: readonly Point[], fill: string, r = 2.4): Shape => ({
      d: points
        .map(
          (p) =>
            `M${print(across(p.x) - r)} ${print(up(p.y))}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
        )
        .join(''),
      fill,
    }),
  };
}

/** Upright rectangles, in units of the picture from its upper left corner. */
export const boxes = (
  all: readonly { x: number; y: number; w: number; h: number }[],
  fill: string,
  opacity = 1,
): Shape => ({
  d: all
    .map(({ x, y, w, h }) => `M${print(x)} ${print(y)}h${print(w)}v${print(h)}h${print(-w)}z`)
    .join(''),
  fill,
  opacity,
});
