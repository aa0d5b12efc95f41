import type { Codec } from './urlState.ts';

/** A drawing: strokes of points in unit coordinates, x right, y down, on a grid of 64 × 64. */
export type Stroke = (readonly [number, number])[];

export const GRID = 64;
const MOST_POINTS = 400;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Nearest grid point inside the pad. */
export const snap = (x: number, y: number): readonly [number, number] => {
  const to = (v: number) =>
    Math.max(0, Math.min(GRID - 1, Math.round(v * (GRID - 1)))) / (GRID - 1);
  return [to(x), to(y)];
};

/** Two letters a point, a full stop between strokes: a drawing of a digit takes some 100 letters of a link. */
export const strokesCodec: Codec<Stroke[]> = {
  expected: (say) => say.drawing,
  print: (strokes) =>
    strokes
      .map((stroke) =>
        stroke.map((p) => p.map((v) => DIGITS[Math.round(v * (GRID - 1))]).join('')).join(''),
      )
      .join('.'),
  parse: (text) => {
    if (!/^(?:[\w-]{2})*(?:\.(?:[\w-]{2})+)*$/.test(text) || text.length > 3 * MOST_POINTS)
      return undefined;
    return text
      .split('.')
      .map((part) =>
        Array.from({ length: part.length / 2 }, (_, i) => {
          const at = (k: number) => DIGITS.indexOf(part[2 * i + k]) / (GRID - 1);
          return [at(0), at(1)] as const;
        }),
      )
      .filter((stroke) => stroke.length > 0);
  },
};

/** The stroke with one more point, unless it is too near the last one or the drawing is full. */
export function extended(stroke: Stroke, x: number, y: number, used: number): Stroke {
  const point = snap(x, y);
  const last = stroke.at(-1);
  const near = last && Math.hypot(last[0] - point[0], last[1] - point[1]) < 1.9 / (GRID - 1);
  return near || used >= MOST_POINTS ? stroke : [...stroke, point];
}
