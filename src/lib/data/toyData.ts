/** The small data sets whose distributions can be written down, in the shape that lib/math wants. */
import { exactRows } from './records.ts';

export const TOY_NAMES = ['all16', 'two', 'bars'] as const;
export type ToyName = (typeof TOY_NAMES)[number];

export const TOY_LABELS: Record<ToyName, string> = {
  all16: 'All sixteen 2×2 images',
  two: 'The pair {a, −a}',
  bars: 'Bars and stripes',
};

export interface WeightedData {
  /** n images of four pixels, ±1. */
  data: number[][];
  /** n probabilities. */
  weights: number[];
}

/** @param first probability of the first image; the others share the rest equally. Left out: all alike. */
export function toyData(name: ToyName, first?: number): WeightedData {
  const data = exactRows(name)!;
  const w = first ?? 1 / data.length;
  return { data, weights: data.map((_, i) => (i === 0 ? w : (1 - w) / (data.length - 1))) };
}
