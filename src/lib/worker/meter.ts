/** Losses and speeds of a run: what the plots and the outputs show. */
import { LONGEST_MEAN, movedMean, runningMean } from '../math/numerics/runningMean.ts';
import { LOSS_BUCKETS } from './protocol.ts';

/** What is kept of the losses with a saved run: at most 2,000 points, and the running numbers. */
export interface LossHistory {
  steps: number[];
  losses: number[];
  smoothed: number;
  /** Seconds of training. */
  seconds: number;
}

const KEPT = 2000;

export interface Meter {
  /** Counts one step; `seconds` is the training time it took. */
  add(step: number, t: ArrayLike<number>, errors: ArrayLike<number>, seconds: number): void;
  smoothed(): number;
  stepsPerSecond(): number;
  seconds(): number;
  /** Steps and losses since the last call. */
  takeLosses(): { steps: Int32Array; losses: Float32Array; buckets: Float32Array };
  history(): LossHistory;
}

export function createMeter(T: number, start?: LossHistory): Meter {
  let pendingSteps: number[] = [];
  let pendingLosses: number[] = [];
  const steps = [...(start?.steps ?? [])];
  const losses = [...(start?.losses ?? [])];
  // All losses that the mean may still need; the history above is thinned.
  const recentSteps = steps.slice(-LONGEST_MEAN);
  const recentLosses = losses.slice(-LONGEST_MEAN);
  let seconds = start?.seconds ?? 0;
  const bucketMeans = new Float32Array(LOSS_BUCKETS).fill(Number.NaN);
  const bucketCounts = new Int32Array(LOSS_BUCKETS);
  const durations: number[] = [];

  /** Keeps every n-th point, so that the whole run stays within KEPT points. */
  function remember(step: number, loss: number) {
    steps.push(step);
    losses.push(loss);
    if (steps.length <= KEPT) return;
    for (const list of [steps, losses]) {
      let kept = 0;
      for (let i = 0; i < list.length; i += 2) list[kept++] = list[i];
      list.length = kept;
    }
  }

  const smoothed = () => runningMean(recentSteps, recentLosses);

  return {
    add(step, t, errors, took) {
      let sum = 0;
      for (let i = 0; i < errors.length; i++) {
        sum += errors[i];
        const k = Math.min(LOSS_BUCKETS - 1, Math.floor(((t[i] - 1) * LOSS_BUCKETS) / T));
        bucketMeans[k] = movedMean(bucketMeans[k], errors[i], ++bucketCounts[k]);
      }
      const loss = sum / errors.length;
      for (const [list, value] of [
        [recentSteps, step],
        [recentLosses, loss],
      ] as const) {
        list.push(value);
        if (list.length > LONGEST_MEAN) list.shift();
      }
      seconds += took;
      durations.push(took);
      if (durations.length > 50) durations.shift();
      pendingSteps.push(step);
      pendingLosses.push(loss);
      remember(step, loss);
    },
    smoothed,
    stepsPerSecond() {
      const total = durations.reduce((a, b) => a + b, 0);
      return total > 0 ? durations.length / total : 0;
    },
    seconds: () => seconds,
    takeLosses() {
      const taken = {
        steps: Int32Array.from(pendingSteps),
        losses: Float32Array.from(pendingLosses),
        buckets: bucketMeans.slice(),
      };
      pendingSteps = [];
      pendingLosses = [];
      return taken;
    },
    history: () => ({ steps: [...steps], losses: [...losses], smoothed: smoothed(), seconds }),
  };
}
