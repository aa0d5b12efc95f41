/** What can be taken hold of in a plot, and where the pointer moves it. Pure. */
export interface Handle {
  /** Where it is drawn, in the plot's own units; without y it is a line from top to bottom. */
  x: number;
  y?: number;
  /** x is asked for on the raster of the slider that moves the same thing. */
  min: number;
  max: number;
  step: number;
  onDrag: (x: number) => void;
}

interface Place {
  x: number;
  y: number;
}

/** Index of the handle that is drawn nearest to the pointer (screen pixels); of equally near ones the last, which lies on top. */
export function nearestHandle(
  handles: readonly Pick<Handle, 'x' | 'y'>[],
  pointer: Place,
  at: { x: (value: number) => number; y: (value: number) => number },
): number {
  const distances = handles.map(({ x, y }) =>
    Math.hypot(at.x(x) - pointer.x, y === undefined ? 0 : at.y(y) - pointer.y),
  );
  return distances.lastIndexOf(Math.min(...distances));
}

/** The value of the slider's raster that is nearest to x. */
export function onRaster(x: number, { min, max, step }: Pick<Handle, 'min' | 'max' | 'step'>) {
  const steps = Math.round((Math.min(max, Math.max(min, x)) - min) / step);
  return Number((min + steps * step).toFixed(6));
}
