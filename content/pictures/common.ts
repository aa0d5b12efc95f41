/** Shapes that the still pictures of several chapters share. */
import type { Chart, Still } from '../../src/components/prose/picture.ts';
import { drawnDigits } from '../../src/lib/data/digits.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import type { Schedule } from '../../src/lib/math/process/schedule.ts';
import {
  type Axis,
  type Curve,
  type LinesOptions,
  lines,
} from '../../src/lib/plots/common/common.ts';

export const SIDE = 28;

/** An image of 28 × 28, or of another side. */
export const still = (values: ArrayLike<number>, under?: string, side = SIDE): Still => ({
  values,
  width: side,
  height: side,
  under,
});

export interface Named extends Curve {
  name: string;
}

/** Curves with their names at their ends. */
export const named = (
  curves: readonly Named[],
  x: Axis,
  y: Axis,
  more: Omit<LinesOptions, 'curves' | 'x' | 'y'> & Pick<Chart, 'ratio' | 'title'> = {},
): Chart => {
  const { ratio = 0.4, title, ...rest } = more;
  return { title, ratio, options: lines({ curves, x, y, ...rest }) };
};

/** The first digits of the drawn data set, each a row of 784 numbers. */
export function digitRows(count: number, seed = 1): Float64Array[] {
  const { images } = drawnDigits({ count, seed });
  return Array.from({ length: count }, (_, i) =>
    Float64Array.from(images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE)),
  );
}

/** What a perfect network would answer if these digits were all the data there is. */
export const knowing = (rows: readonly Float64Array[], schedule: Schedule) =>
  finiteDenoiser({ data: rows, schedule });
