/** Losses and speeds of a run: what the plots and the outputs show. */
import { LOSS_BUCKETS } from './protocol.ts';

/** What is kept of the losses with a saved run: at most 2,000 points, and the running numbers. */
export interface LossHistory {
  steps: number[];
  losses: number[];
  smoothed: number;
  /** Seconds of training. */
  seconds: number;
}

const HORIZON = 100;
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
  let smooth = start && Number.isFinite(start.smoothed) ? start.smoothed : 0;
  let seen = steps.length > 0 ? HORIZON * 10 : 0;
  let seconds = start?.seconds ?? 0;
  const bucketMeans = new Float32Array(LOSS_BUCKETS).fill(Number.NaN);
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

  return {
    add(step, t, errors, took) {
      let sum = 0;
      for (let i = 0; i < errors.length; i++) {
        sum += errors[i];
        const k = Math.min(LOSS_BUCKETS - 1, Math.floor(((t[i] - 1) * LOSS_BUCKETS) / T));
        const before = bucketMeans[k];
        bucketMeans[k] = Number.isNaN(before) ? errors[i] : before + (errors[i] - before) / HORIZON;
      }
      const loss = sum / errors.length;
      seen++;
      // Bias-corrected: a plain mean at first, then an exponential one.
      smooth += (loss - smooth) / Math.min(seen, HORIZON);
      seconds += took;
      durations.push(took);
      if (durations.length > 50) durations.shift();
      pendingSteps.push(step);
      pendingLosses.push(loss);
      remember(step, loss);
    },
    smoothed: () => (seen > 0 ? smooth : Number.NaN),
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
    history: () => ({ steps: [...steps], losses: [...losses], smoothed: smooth, seconds }),
  };
}
