/** Losses and speeds of a run: what the plots and the outputs show. */
import { createRunningMean, movedMean } from '../math/numerics/runningMean.ts';
import type { StepReport } from '../tensor/recipes/recipe.ts';
import { LOSS_BUCKETS } from './protocol.ts';

/** What is kept of the losses with a saved run: at most 2,000 points, and the running numbers. */
export interface LossHistory {
  steps: number[];
  losses: number[];
  /** Other scalars at the same steps. */
  curves: Record<string, number[]>;
  smoothed: number;
  /** Seconds of training. */
  seconds: number;
}

const KEPT = 2000;

export interface Meter {
  /** Counts one step; `seconds` is the training time it took. */
  add(report: StepReport, seconds: number): void;
  smoothed(): number;
  stepsPerSecond(): number;
  seconds(): number;
  /** Steps, losses and curves since the last call. */
  takeLosses(): {
    steps: Int32Array;
    losses: Float32Array;
    curves: Record<string, Float32Array>;
    buckets: Float32Array;
  };
  history(): LossHistory;
}

/** `curves`: names of the scalars that are kept beside the loss. */
export function createMeter(start?: LossHistory, curves: readonly string[] = []): Meter {
  /** Columns of the same length: steps, losses, and one for each curve. */
  const empty = () => Array.from({ length: 2 + curves.length }, () => [] as number[]);
  let pending = empty();
  const kept = start
    ? [start.steps, start.losses, ...curves.map((name) => start.curves[name])].map((c) => [...c])
    : empty();
  // Of all losses; the history above is thinned.
  const mean = createRunningMean();
  kept[0].forEach((step, i) => {
    mean.add(step, kept[1][i]);
  });
  let seconds = start?.seconds ?? 0;
  const bucketMeans = new Float32Array(LOSS_BUCKETS).fill(Number.NaN);
  const bucketCounts = new Int32Array(LOSS_BUCKETS);
  const durations: number[] = [];

  /** Keeps every n-th point, so that the whole run stays within KEPT points. */
  function thin() {
    if (kept[0].length <= KEPT) return;
    for (const list of kept) {
      let left = 0;
      for (let i = 0; i < list.length; i += 2) list[left++] = list[i];
      list.length = left;
    }
  }

  const smoothed = () => mean.value;
  const named = <T>(columns: T[]) =>
    Object.fromEntries(curves.map((name, i) => [name, columns[1 + i]]));

  return {
    add({ step, loss, scalars, terms }, took) {
      const { places, values } = terms ?? { places: [], values: [] };
      for (let i = 0; i < values.length; i++) {
        const k = Math.min(LOSS_BUCKETS - 1, Math.floor(places[i] * LOSS_BUCKETS));
        bucketMeans[k] = movedMean(bucketMeans[k], values[i], ++bucketCounts[k]);
      }
      mean.add(step, loss);
      seconds += took;
      durations.push(took);
      if (durations.length > 50) durations.shift();
      const row = [step, loss, ...curves.map((name) => scalars[name])];
      row.forEach((value, i) => {
        pending[i].push(value);
        kept[i].push(value);
      });
      thin();
    },
    smoothed,
    stepsPerSecond() {
      const total = durations.reduce((a, b) => a + b, 0);
      return total > 0 ? durations.length / total : 0;
    },
    seconds: () => seconds,
    takeLosses() {
      const [steps, ...columns] = pending;
      const taken = columns.map((column) => Float32Array.from(column));
      pending = empty();
      return {
        steps: Int32Array.from(steps),
        losses: taken[0],
        curves: named(taken),
        buckets: bucketMeans.slice(),
      };
    },
    history: () => {
      const [steps, ...columns] = kept.map((column) => [...column]);
      const curved = named(columns);
      return { steps, losses: columns[0], curves: curved, smoothed: smoothed(), seconds };
    },
  };
}
