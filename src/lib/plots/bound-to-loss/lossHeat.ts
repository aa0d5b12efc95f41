/** The loss in each range of t as training goes on, and the floor it falls towards. Pure numbers. */
import { floorFactor } from '../../math/exact/finite.ts';
import type { PredictionKind } from '../../math/process/parameterization.ts';
import type { Schedule } from '../../math/process/schedule.ts';

/** One moment of training: the running mean of the loss in each range of t (NaN before any t fell there). */
export interface HeatColumn {
  step: number;
  buckets: readonly number[];
}

/** A cell of the heat map: steps from x1 to x2, range of t number `bucket`. */
export interface HeatCell {
  x1: number;
  x2: number;
  bucket: number;
  loss: number;
}

/** First and last t of range k of `count`: t in (k·T/count, (k+1)·T/count]. */
export const bucketRange = (k: number, count: number, T: number): [number, number] => [
  Math.floor((k * T) / count) + 1,
  Math.floor(((k + 1) * T) / count),
];

/**
 * The floor of each range, per pixel: the mean over its t of the factor that turns the least error of x_0 into that
 * of the prediction, times mmse_t.
 * @param mmse mmse_t for t = 0..T, summed over `dimension` pixels.
 */
export function bucketFloors(
  mmse: ArrayLike<number>,
  kind: PredictionKind,
  schedule: Schedule,
  dimension: number,
  count: number,
): number[] {
  return Array.from({ length: count }, (_, k) => {
    const [first, last] = bucketRange(k, count, schedule.T);
    let sum = 0;
    for (let t = first; t <= last; t++)
      sum += (floorFactor(kind, t, schedule) * mmse[t]) / dimension;
    return sum / (last - first + 1);
  });
}

const MOST_COLUMNS = 90;

/** Adds a moment; when there are too many, every second one goes, so that the whole run stays on the map. */
export function addColumn(columns: readonly HeatColumn[], next: HeatColumn): HeatColumn[] {
  const kept = columns.length < MOST_COLUMNS ? columns : columns.filter((_, i) => i % 2 === 1);
  return [...kept, next];
}

export function heatCells(columns: readonly HeatColumn[]): HeatCell[] {
  return columns.flatMap(({ step, buckets }, i) =>
    buckets
      .map((loss, bucket) => ({ x1: i === 0 ? 0 : columns[i - 1].step, x2: step, bucket, loss }))
      .filter(({ loss }) => Number.isFinite(loss)),
  );
}
