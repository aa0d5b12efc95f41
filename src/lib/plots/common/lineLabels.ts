/** Names at the lines themselves, instead of a legend beside them: where lines end close together the names keep apart. */
import { initializer, type Markish, text } from '@observablehq/plot';
import type { Point } from '../../math/numerics/curves.ts';

export interface LineLabel {
  x: number;
  y: number;
  name: string;
  colour: string;
}

/** Height that a name takes, pixels. */
const LINE = 14;

/**
 * Places at least `gap` apart, in the order of `wanted`, inside [from, to] while they fit; the sum of squared distances to the
 * wanted ones is least (isotonic regression of yᵢ − i·gap by pooling adjacent violators).
 */
export function spread(wanted: readonly number[], gap: number, [from, to]: readonly number[]) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const pools: { sum: number; count: number }[] = [];
  order.forEach((index, i) => {
    pools.push({ sum: wanted[index] - i * gap, count: 1 });
    for (let last = pools.length - 1; last > 0; last--) {
      const [before, here] = [pools[last - 1], pools[last]];
      if (before.sum / before.count <= here.sum / here.count) break;
      pools.splice(last - 1, 2, { sum: before.sum + here.sum, count: before.count + here.count });
    }
  });
  const flat = pools.flatMap(({ sum, count }) => Array<number>(count).fill(sum / count));
  // After the shift by i·gap every place has the same room.
  const most = to - (wanted.length - 1) * gap;
  const placed = Array<number>(wanted.length);
  order.forEach((index, i) => {
    placed[index] = Math.max(from, Math.min(flat[i], most)) + i * gap;
  });
  return placed;
}

/** The top of a curve, where its name is nearest to it. */
export const highest = (points: readonly Point[]): Point =>
  points.reduce((best, point) => (point.y > best.y ? point : best));

/** Width of a letter at most, on average, pixels. */
const LETTER = 6.4;
/** Which part of a name is left of its point. */
const LEFT = { start: 0, middle: 0.5, end: 1 };

/** Where a name is anchored so that it leaves the plot on neither side, pixels: near an edge it stands further in. */
function inside(
  x: number,
  name: string,
  anchor: keyof typeof LEFT,
  { width, marginLeft, marginRight }: Record<'width' | 'marginLeft' | 'marginRight', number>,
): number {
  const wide = LETTER * name.length;
  const [left, right] = [LEFT[anchor] * wide, (1 - LEFT[anchor]) * wide];
  return Math.max(marginLeft + left, Math.min(width - marginRight - right, x));
}

interface Side {
  /** Which end of a name stands at its point: names of right ends run back over the plot. */
  anchor?: 'start' | 'middle' | 'end';
  /** How far above its point, pixels. */
  above?: number;
}

/** One mark for all lines of a plot. */
export function lineLabels(
  labels: readonly LineLabel[],
  { anchor = 'end', above = 9 }: Side = {},
): Markish {
  return text(
    labels,
    initializer(
      {
        x: 'x',
        y: 'y',
        text: 'name',
        fill: 'colour',
        textAnchor: anchor,
        dx: { start: 5, middle: 0, end: -3 }[anchor],
        fontWeight: 600,
        // A rim of the ground, so that lines do not run through letters.
        stroke: 'var(--raised)',
        strokeWidth: 4,
        paintOrder: 'stroke',
      },
      (data, facets, { x, y }, { x: across, y: scale }, dimensions) => {
        const { marginTop, marginBottom, height } = dimensions;
        const at = Array.from(
          (y?.value ?? []) as unknown as ArrayLike<number>,
          (value) => Number(scale?.(value)) - above,
        );
        const room = [marginTop + LINE / 2, height - marginBottom - LINE / 2];
        const places = Array.from((x?.value ?? []) as unknown as ArrayLike<number>, (value, i) =>
          inside(Number(across?.(value)), labels[i].name, anchor, dimensions),
        );
        return {
          data,
          facets,
          channels: { x: { value: places }, y: { value: spread(at, LINE, room) } },
        };
      },
    ),
  );
}
