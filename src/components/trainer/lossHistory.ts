/** All losses of a run, kept for drawing: appended to while it trains, thinned only when a plot asks. */
import { createRunningMean } from '../../lib/math/numerics/runningMean.ts';

export interface LossPoint {
  step: number;
  /** Mean over the bin. */
  loss: number;
  low: number;
  high: number;
  /** Running mean at the end of the bin. */
  smoothed: number;
}

export interface LossHistory {
  readonly length: number;
  /** Running mean after the last step, NaN before the first. */
  readonly smoothed: number;
  append(steps: ArrayLike<number>, losses: ArrayLike<number>): void;
  clear(): void;
  /** At most `bins` points that together cover every step. */
  points(bins: number): LossPoint[];
}

export function createLossHistory(): LossHistory {
  let steps = new Int32Array(1024);
  let losses = new Float32Array(1024);
  let smoothed = new Float32Array(1024);
  let length = 0;
  let mean = createRunningMean();

  const grow = () => {
    const wider = <A extends Int32Array | Float32Array>(a: A, b: A): A => {
      b.set(a);
      return b;
    };
    steps = wider(steps, new Int32Array(2 * steps.length));
    losses = wider(losses, new Float32Array(2 * losses.length));
    smoothed = wider(smoothed, new Float32Array(2 * smoothed.length));
  };

  return {
    get length() {
      return length;
    },
    get smoothed() {
      return length > 0 ? smoothed[length - 1] : Number.NaN;
    },
    append(newSteps, newLosses) {
      for (let i = 0; i < newSteps.length; i++) {
        // A restored run starts before the last loss that was seen: what it repeats replaces the old.
        if (length > 0 && steps[length - 1] >= newSteps[i]) {
          while (length > 0 && steps[length - 1] >= newSteps[i]) length--;
          mean = createRunningMean();
          for (let k = 0; k < length; k++) mean.add(steps[k], losses[k]);
        }
        if (length === steps.length) grow();
        steps[length] = newSteps[i];
        losses[length] = newLosses[i];
        mean.add(steps[length], losses[length]);
        smoothed[length++] = mean.value;
      }
    },
    clear() {
      length = 0;
      mean = createRunningMean();
    },
    points(bins) {
      const size = Math.max(1, Math.ceil(length / bins));
      const points: LossPoint[] = [];
      for (let from = 0; from < length; from += size) {
        const to = Math.min(length, from + size);
        let sum = 0;
        let low = Number.POSITIVE_INFINITY;
        let high = Number.NEGATIVE_INFINITY;
        for (let i = from; i < to; i++) {
          sum += losses[i];
          low = Math.min(low, losses[i]);
          high = Math.max(high, losses[i]);
        }
        points.push({
          step: steps[to - 1],
          loss: sum / (to - from),
          low,
          high,
          smoothed: smoothed[to - 1],
        });
      }
      return points;
    },
  };
}
