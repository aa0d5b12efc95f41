/** The vocabulary of the glyph tables: points, strokes, ways to write a digit. */

export type StrokePoint = [x: number, y: number, corner?: 1];
export type Stroke = StrokePoint[];
export type Vary = (low: number, high: number) => number;

export interface Allograph {
  /** Relative frequency among the ways to write this digit. */
  weight: number;
  write: (vary: Vary) => Stroke[];
}

/** An arc of an ellipse as stroke points. Angles in turns, clockwise from 3 o'clock (y points down). */
export function arc(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  from: number,
  to: number,
): Stroke {
  const pieces = Math.max(3, Math.ceil(Math.abs(to - from) * 10));
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / pieces);
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)] as StrokePoint;
  });
}
