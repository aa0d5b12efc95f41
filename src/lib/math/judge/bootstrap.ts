/**
 * The bootstrap (Efron, 1979): how much a number would have moved with other samples, seen by drawing the samples at hand
 * anew, with replacement.
 */
import type { Rng } from '../numerics/rng.ts';

export interface BootstrapSummary {
  /** Standard deviation of the replicates, with n − 1. */
  readonly standardError: number;
  readonly mean: number;
  /** mean − the number itself. */
  readonly bias: number;
  /** Percentiles 2.5 and 97.5, by linear interpolation. */
  readonly interval95: readonly [number, number];
}

/** n indices 0…n−1, drawn with replacement. */
export const resample = (n: number, rng: Rng): number[] =>
  Array.from({ length: n }, () => rng.int(n));

/** The percentile p in 0…100, linear between the order statistics (position (n − 1)p/100). */
export function percentile(values: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = ((sorted.length - 1) * p) / 100;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/**
 * What replicates say of the number `value` that was computed from all samples.
 * @throws RangeError for fewer than two replicates.
 */
export function bootstrapSummary(value: number, replicates: ArrayLike<number>): BootstrapSummary {
  const n = replicates.length;
  if (n < 2)
    throw new RangeError(
      `Bootstrap: expected at least 2 replicates; found ${n}. Draw more of them.`,
    );
  let mean = 0;
  for (let i = 0; i < n; i++) mean += replicates[i] / n;
  let square = 0;
  for (let i = 0; i < n; i++) square += (replicates[i] - mean) ** 2;
  return {
    standardError: Math.sqrt(square / (n - 1)),
    mean,
    bias: mean - value,
    interval95: [percentile(replicates, 2.5), percentile(replicates, 97.5)],
  };
}
