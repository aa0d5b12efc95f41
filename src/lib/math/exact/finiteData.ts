/** Finite data sets as laws: distinct images, each with its probability. */

export interface FiniteData {
  /** n distinct images of D pixels, each of positive probability. */
  readonly rows: readonly Float64Array[];
  /** n probabilities; their sum is 1. */
  readonly weights: Float64Array;
  /** D */
  readonly dimension: number;
  /** Σ w log(1/w), in nats. */
  readonly entropy: number;
}

/**
 * Checks data and weights, scales the weights to sum 1, merges equal images and drops impossible ones.
 * @throws RangeError when rows are missing or ragged, or a number is not finite or a weight negative.
 */
export function finiteData(
  data: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
): FiniteData {
  const dimension = data[0]?.length ?? 0;
  if (dimension === 0 || data.some((row) => row.length !== dimension)) {
    throw new RangeError(
      `Data: expected at least one image, all of one length; found lengths ${data.map((r) => r.length).slice(0, 8)}. Give every image the same pixels.`,
    );
  }
  if (data.some((row) => !Array.from(row).every(Number.isFinite))) {
    throw new RangeError(
      'Data: expected finite pixel values; found NaN or infinity. Mend that image.',
    );
  }
  const raw = normalised(data.length, weights);
  const merged = new Map<string, { row: Float64Array; weight: number }>();
  data.forEach((row, i) => {
    if (raw[i] === 0) return;
    const key = Array.from(row, (v) => v + 0).join();
    const known = merged.get(key);
    if (known) known.weight += raw[i];
    else merged.set(key, { row: Float64Array.from(row), weight: raw[i] });
  });
  const kept = [...merged.values()];
  const probabilities = Float64Array.from(kept, (k) => k.weight);
  return {
    rows: kept.map((k) => k.row),
    weights: probabilities,
    dimension,
    entropy: entropy(probabilities),
  };
}

/**
 * The weights of n images scaled to sum 1; all equal when left out.
 * @throws RangeError unless there are n of them, none negative and not all 0.
 */
export function normalised(n: number, weights?: ArrayLike<number>): Float64Array {
  const raw = weights ? Float64Array.from(weights) : new Float64Array(n).fill(1);
  const total = raw.reduce((a, b) => a + b, 0);
  if (raw.length !== n || !raw.every((w) => w >= 0) || !(total > 0 && total < Infinity)) {
    throw new RangeError(
      `Weights: expected ${n} non-negative numbers with a positive sum; found [${raw.slice(0, 8)}]. Give one weight per image.`,
    );
  }
  return raw.map((w) => w / total);
}

/** @throws RangeError unless x has as many pixels as the data. */
export function checkPixels(x: ArrayLike<number>, dimension: number): void {
  if (x.length !== dimension)
    throw new RangeError(
      `Noisy image: expected ${dimension} pixels, as the data have; found ${x.length}. Give it their shape.`,
    );
}

/** Shannon entropy in nats. */
export function entropy(weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > 0) sum -= weights[i] * Math.log(weights[i]);
  }
  return sum;
}
