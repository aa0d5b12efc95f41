/** Which times a network is trained at, when not all are drawn alike. */

export interface TimeImportance {
  /** Probability of t = 1…T, indexed from 0. */
  readonly probabilities: Float64Array;
  /** 1/(T p_t): with it the mean loss stays that of times drawn alike. */
  readonly lossWeights: Float64Array;
}

/**
 * Improved DDPM (2102.09672, eq. 18): p_t ∝ √E[L_t²] over the last losses of each t, mixed with a little of the uniform law,
 * so that no time is left out.
 * @param losses for each t = 1…T its losses, oldest first. Only the last `kept` count.
 * @param uniform the share of the uniform law, 0 to 1.
 * @throws RangeError where a time has no loss yet: until then draw all alike.
 */
export function timeImportance(
  losses: readonly ArrayLike<number>[],
  { kept = 10, uniform = 0.001 } = {},
): TimeImportance {
  const T = losses.length;
  const roots = Float64Array.from(losses, (history, i) => {
    const last = Array.from(history).slice(-kept);
    if (last.length === 0)
      throw new RangeError(
        `Importance of times: expected a loss at every t; found none at t = ${i + 1}. Draw all times alike until each has one.`,
      );
    return Math.sqrt(last.reduce((sum, loss) => sum + loss * loss, 0) / last.length);
  });
  const total = roots.reduce((a, b) => a + b, 0);
  const probabilities = roots.map((root) => (1 - uniform) * (root / total) + uniform / T);
  return { probabilities, lossWeights: probabilities.map((p) => 1 / (T * p)) };
}
