/**
 * Draw your own: a reader's pen strokes become an image of the same kind as the drawn digits, so that any widget that
 * takes a digit takes the reader's as well.
 */
import { ink, type Trace } from './pen.ts';
import { DIGIT_SIZE, place } from './place.ts';

export interface DrawOptions {
  /** Pen radius in pixels of the 28 × 28 image. Default 1.3. */
  radius?: number;
  /** Fit the 20 × 20 box and centre the mass, as MNIST does. Default true; false keeps the drawing where it is. */
  centre?: boolean;
}

/**
 * Strokes in unit coordinates (x right, y down, both 0 … 1 over the canvas) to 784 values in [-1, 1]. An empty drawing
 * gives an empty image (all −1). A single tap gives a dot.
 */
export function drawStrokes(
  strokes: ReadonlyArray<ReadonlyArray<readonly [number, number]>>,
  { radius = 1.3, centre = true }: DrawOptions = {},
): Float32Array<ArrayBuffer> {
  const image = new Float32Array(DIGIT_SIZE * DIGIT_SIZE).fill(-1);
  const traces = strokes
    .filter((stroke) => stroke.length > 0)
    .map((stroke): Trace => {
      const points = stroke.length === 1 ? [stroke[0], stroke[0]] : stroke;
      return {
        x: points.map((p) => p[0] * DIGIT_SIZE),
        y: points.map((p) => p[1] * DIGIT_SIZE),
        radius: points.map(() => radius),
      };
    });
  if (traces.length === 0) return image;
  if (centre) place(traces, 20);
  ink(traces, image, DIGIT_SIZE);
  return image;
}
