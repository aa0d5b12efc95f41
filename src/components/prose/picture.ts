/** What a still picture of a chapter is made of: charts and rows of images, drawn while the book is built. */
import type { PlotOptions } from '@observablehq/plot';

export interface Chart {
  title?: string;
  /** From src/lib/plots. */
  options: PlotOptions;
  /** Height over width. */
  ratio?: number;
}

/** One image: values in [−1, 1], row by row. */
export interface Still {
  values: ArrayLike<number>;
  width: number;
  height: number;
  /** A few words below it. */
  under?: string;
}

/** Images side by side, with a few words before them. */
export interface Strip {
  name?: string;
  images: readonly Still[];
  /** Which chain it belongs to: the colour of its name. */
  role?: 'q' | 'p' | 'exact' | 'warn';
}
