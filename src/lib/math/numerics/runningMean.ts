/**
 * The smoothed loss of a run: one estimator for every number and curve that is called so. It is the plain mean of the last
 * losses; the window grows with the run, so that the plunge of an untrained network is forgotten a third later than it ended,
 * and stops at 100 steps.
 */

/** The most steps that are averaged. */
export const LONGEST_MEAN = 100;
/** As few as these only while there are no more. */
const SHORTEST = 8;
/** The window is at most this part of the run. */
const PART = 1 / 4;

/** How many of the first n losses are averaged after the n-th, n ≥ 1: the last w(n) = min(n, 100, max(8, ⌈n/4⌉)). */
export function meanWindow(n: number): number {
  return Math.min(n, LONGEST_MEAN, Math.max(SHORTEST, Math.ceil(PART * n)));
}

/**
 * The mean of the losses whose step lies in (n − w(n), n], n the last of the first `length` steps. Steps rise; a history that
 * was thinned averages what is left. NaN of none.
 */
export function runningMean(
  steps: ArrayLike<number>,
  losses: ArrayLike<number>,
  length = steps.length,
): number {
  if (length === 0) return Number.NaN;
  const last = steps[length - 1];
  const before = last - meanWindow(last);
  let sum = 0;
  let i = length - 1;
  for (; i >= 0 && steps[i] > before; i--) sum += losses[i];
  return sum / (length - 1 - i);
}

/** The mean of a stream, without its past: moved by (x − mean) / w(n), it forgets its beginning as `runningMean` does. */
export function movedMean(mean: number, x: number, n: number): number {
  return n <= 1 ? x : mean + (x - mean) / meanWindow(n);
}
