/** Pearson's test: do counts fit given probabilities? */
import { chiSquareTail } from '../numerics/special.ts';

export interface ChiSquare {
  /** Σ (observed − expected)² / expected */
  readonly statistic: number;
  readonly degrees: number;
  /** P(at least this statistic | the probabilities are right) */
  readonly pValue: number;
  /** Below about 5 the p-value is only rough. */
  readonly leastExpected: number;
}

/**
 * @param counts observed number in each class
 * @param probabilities of the classes; scaled to sum 1. A count in an impossible class gives p = 0.
 * @throws RangeError for lists of different lengths, for fewer than two classes, and without a count.
 */
export function chiSquareTest(
  counts: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): ChiSquare {
  if (counts.length !== probabilities.length || counts.length < 2) {
    throw new RangeError(
      `Chi-square: expected as many counts as probabilities, at least 2; found ${counts.length} and ${probabilities.length}. Give one count per class.`,
    );
  }
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
  const scale = sum(counts) / sum(probabilities);
  if (!(scale > 0 && scale < Infinity))
    throw new RangeError(
      `Chi-square: expected at least one count and a possible class; found counts [${Array.from(counts).slice(0, 8)}] and probabilities [${Array.from(probabilities).slice(0, 8)}]. Count something.`,
    );
  let statistic = 0;
  let classes = 0;
  let leastExpected = Number.POSITIVE_INFINITY;
  for (let i = 0; i < counts.length; i++) {
    const expected = probabilities[i] * scale;
    if (expected > 0) {
      statistic += (counts[i] - expected) ** 2 / expected;
      classes++;
      leastExpected = Math.min(leastExpected, expected);
    } else if (counts[i] > 0) {
      statistic = Number.POSITIVE_INFINITY;
    }
  }
  const degrees = classes - 1;
  const pValue = statistic === Number.POSITIVE_INFINITY ? 0 : chiSquareTail(statistic, degrees);
  return { statistic, degrees, pValue, leastExpected };
}
