/**
 * The smoothed loss of a run: one estimator for every number and curve that is called so. It is the plain mean of the last
 * losses. The window grows with the run: a quarter of it while it is young, so that the plunge of an untrained network is
 * forgotten a third later than it ended, and from 1,000 steps on a tenth of it, so that the number is worth more digits the
 * more slowly it falls.
 */

/** As few as these only while there are no more. */
const SHORTEST = 8;
/** The window is this part of a young run, … */
const YOUNG = 1 / 4;
/** … up to so many steps, … */
const STEADY = 100;
/** … and this part of an old one. */
const PART = 1 / 10;

/** How many of the first n losses are averaged after the n-th, n ≥ 1: the last w(n) = min(n, max(8, min(100, ⌈n/4⌉), ⌈n/10⌉)). */
export function meanWindow(n: number): number {
  return Math.min(
    n,
    Math.max(SHORTEST, Math.min(STEADY, Math.ceil(YOUNG * n)), Math.ceil(PART * n)),
  );
}

export interface RunningMean {
  /** The mean of the losses whose step lies in (n − w(n), n], n the last step; NaN before the first. */
  readonly value: number;
  /** Steps rise. A history that was thinned averages what is left. */
  add(step: number, loss: number): void;
}

/** O(1) a loss: what leaves the window is taken off, and never comes back, because n − w(n) does not fall. */
export function createRunningMean(): RunningMean {
  const steps: number[] = [];
  const losses: number[] = [];
  let first = 0;
  let sum = 0;
  return {
    get value() {
      const count = losses.length - first;
      // Short windows are summed anew, the newest first: no rounding of what has left stays in them.
      return count > STEADY
        ? sum / count
        : losses.slice(first).reduceRight((a, b) => a + b, 0) / count;
    },
    add(step, loss) {
      steps.push(step);
      losses.push(loss);
      sum += loss;
      const before = step - meanWindow(step);
      while (steps[first] <= before) sum -= losses[first++];
      // Now and then what has left goes, and with it the rounding that adding and taking off has left.
      if (first > 1024 && 2 * first > steps.length) {
        steps.splice(0, first);
        losses.splice(0, first);
        first = 0;
        sum = losses.reduce((a, b) => a + b, 0);
      }
    },
  };
}

/** The mean of a stream, without its past: moved by (x − mean) / w(n), it forgets its beginning as the running mean does. */
export function movedMean(mean: number, x: number, n: number): number {
  return n <= 1 ? x : mean + (x - mean) / meanWindow(n);
}
