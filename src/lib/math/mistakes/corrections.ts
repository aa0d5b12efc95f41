/**
 * The numbers of the "Common mistakes" page, row by row, each computed from the book's own functions.
 * Row ids are those of the page's table; rows that show no number are not here.
 */
import { boundRows } from './corrections/bound.ts';
import type { CorrectionValue, Row } from './corrections/common.ts';
import { networkRows } from './corrections/network.ts';
import { processRows } from './corrections/process.ts';

export { bitsPerDimension, exampleTerms, scheduleLine } from './corrections/bound.ts';
export { type CorrectionValue, D2, D16 } from './corrections/common.ts';

const ROWS: Record<number, Row> = { ...processRows, ...boundRows, ...networkRows };

/** Ids of the rows that have numbers, ascending. */
export const CORRECTION_ROWS: readonly number[] = Object.keys(ROWS)
  .map(Number)
  .sort((a, b) => a - b);

/**
 * The values of one row. Row 54 simulates for about half a second; the others take milliseconds.
 * @throws RangeError for a row without numbers.
 */
export function correctionValues(row: number): CorrectionValue[] {
  const compute = ROWS[row];
  if (!compute) {
    throw new RangeError(
      `Correction row: expected one of ${CORRECTION_ROWS.join(', ')}; found ${row}. Pick a row with numbers.`,
    );
  }
  return compute();
}
