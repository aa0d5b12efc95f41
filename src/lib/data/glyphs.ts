/**
 * How ten digits are written by hand: for each, several ways (allographs), as pen strokes. The tables are in `glyphs/`.
 *
 * Coordinates: x to the right, y down, a digit fills about 0.6 × 1. A stroke is a list of points [x, y] that a smooth
 * curve passes through; a third entry `1` marks a corner, where the pen stops and turns. Every way is a function of
 * `vary(low, high)`, a uniform number, so that no two zeros are alike before any jitter.
 */
import { FIVE_TO_NINE } from './glyphs/fiveToNine.ts';
import type { Allograph, Stroke } from './glyphs/stroke.ts';
import { ZERO_TO_FOUR } from './glyphs/zeroToFour.ts';

const GLYPHS: Allograph[][] = [...ZERO_TO_FOUR, ...FIVE_TO_NINE];

/** Strokes of `digit` (0 … 9), written in one of its ways. `uniform` gives numbers in [0, 1). */
export function writeDigit(digit: number, uniform: () => number): Stroke[] {
  const ways = GLYPHS[digit];
  if (!ways) throw new RangeError(`A digit is a whole number from 0 to 9, not ${digit}.`);
  return pick(ways, uniform()).write((low, high) => low + (high - low) * uniform());
}

/** The way at quantile u of the weights. */
function pick(ways: Allograph[], u: number): Allograph {
  let left = u * ways.reduce((sum, way) => sum + way.weight, 0);
  for (const way of ways) {
    left -= way.weight;
    if (left < 0) return way;
  }
  return ways[ways.length - 1];
}
