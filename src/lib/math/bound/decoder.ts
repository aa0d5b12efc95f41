/** The last step: from x_1 back to an image with finitely many grey levels. */
import { logNormalInterval } from '../numerics/special.ts';

// #region discretizedLogProbability
/**
 * DDPM eq. 13 for one pixel: log ∫ N(x; mean, variance) dx over the bin of the level `value`.
 * Bins meet half-way between neighbouring levels; the first and the last reach to infinity.
 * @param levels ascending grey levels; `value` must be one of them.
 * @throws RangeError for another value, and for a variance that is not above 0.
 */
export function discretizedLogProbability(
  value: number,
  mean: number,
  variance: number,
  levels: readonly number[],
): number {
  return logNormalInterval(...binOf(value, mean, variance, levels));
}
// #endregion

/**
 * Its derivative in log variance: −½ (b φ(b) − a φ(a))/(Φ(b) − Φ(a)) for the ends a, b of the bin in deviations from the mean.
 * @throws RangeError as above.
 */
export function discretizedVarianceSlope(
  value: number,
  mean: number,
  variance: number,
  levels: readonly number[],
): number {
  const [low, high] = binOf(value, mean, variance, levels);
  const logMass = logNormalInterval(low, high);
  // φ over the mass in one exponent: far in a tail both underflow.
  const part = (end: number) =>
    Number.isFinite(end) ? end * Math.exp(-0.5 * (end * end + Math.log(2 * Math.PI)) - logMass) : 0;
  return -0.5 * (part(high) - part(low));
}

/** The ends of a level's bin, in standard deviations from the mean. */
function binOf(
  value: number,
  mean: number,
  variance: number,
  levels: readonly number[],
): [number, number] {
  const k = levels.indexOf(value);
  if (k < 0) {
    throw new RangeError(
      `Grey level: expected one of ${levels.length} levels from ${levels[0]} to ${levels.at(-1)}; found ${value}. Round the image first.`,
    );
  }
  if (!(variance > 0)) {
    throw new RangeError(
      `Decoder: expected a variance above 0; found ${variance}. A point has no probability to share out.`,
    );
  }
  const sigma = Math.sqrt(variance);
  const low = k === 0 ? -Infinity : ((levels[k - 1] + value) / 2 - mean) / sigma;
  const high = k === levels.length - 1 ? Infinity : ((levels[k + 1] + value) / 2 - mean) / sigma;
  return [low, high];
}

/** Evenly spaced levels on [-1, 1]: 2 for black and white, 256 for bytes. */
export function evenLevels(count: number): number[] {
  if (!Number.isInteger(count) || count < 2) {
    throw new RangeError(
      `Levels: expected an integer of at least 2; found ${count}. Two is black and white.`,
    );
  }
  return Array.from({ length: count }, (_, k) => (2 * k) / (count - 1) - 1);
}

/** The distinct pixel values of a data set, ascending. */
export function levelsOf(rows: readonly ArrayLike<number>[]): number[] {
  return [...new Set(rows.flatMap((row) => Array.from(row, (v) => v + 0)))].sort((a, b) => a - b);
}
