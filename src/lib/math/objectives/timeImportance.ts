/** Which times a network is trained at, when not all are drawn alike. */

export interface TimeImportance {
  /** Probability of t = 1…T, indexed from 0. */
  readonly probabilities: Float64Array;
  /** 1/(T p_t): with it the mean loss stays that of times drawn alike. */
  readonly lossWeights: Float64Array;
}

// #region timeImportance
/**
 * Improved DDPM (2102.09672, eq. 18): p_t ∝ √E[L_t²] over the last losses of each t, mixed with a little of the uniform law,
 * so that no time is left out. Where no loss is above 0, all times are drawn alike.
 * @param losses for each t = 1…T its losses, oldest first. Only the last `kept` count.
 * @param uniform the share of the uniform law, 0 to 1.
 * @throws RangeError where a time has no loss yet (until then draw all alike), and for a `kept` or `uniform` that is none.
 */
export function timeImportance(
  losses: readonly ArrayLike<number>[],
  { kept = 10, uniform = 0.001 } = {},
): TimeImportance {
  const T = losses.length;
  if (!Number.isInteger(kept) || kept < 1)
    throw new RangeError(
      `Losses kept of each t: expected an integer of at least 1; found ${kept}. Choose one.`,
    );
  if (!(uniform >= 0 && uniform <= 1))
    throw new RangeError(
      `Share of the uniform law: expected a number from 0 to 1; found ${uniform}. Choose one in between.`,
    );
  const roots = Float64Array.from(losses, (history, i) => {
    const last = Array.from(history).slice(-kept);
    if (last.length === 0)
      throw new RangeError(
        `Importance of times: expected a loss at every t; found none at t = ${i + 1}. Draw all times alike until each has one.`,
      );
    return Math.sqrt(last.reduce((sum, loss) => sum + loss * loss, 0) / last.length);
  });
  const total = roots.reduce((a, b) => a + b, 0);
  const probabilities = roots.map(
    (root) => (1 - uniform) * (total > 0 ? root / total : 1 / T) + uniform / T,
  );
  return { probabilities, lossWeights: probabilities.map((p) => 1 / (T * p)) };
}
// #endregion

// #region estimateVariance
/**
 * The variance of L_t/p_t with t ~ p, one draw's estimate of Σ_t E[L_t]: Σ_t E[L_t²]/p_t − (Σ_t E[L_t])². Least where
 * p_t ∝ √E[L_t²]. A mean over n draws has 1/n of it.
 * @param moments E[L_t] and E[L_t²] for t = 1…T. @param probabilities p_t, above 0 wherever L_t is.
 */
export const estimateVariance = (
  { mean, square }: { readonly mean: Float64Array; readonly square: Float64Array },
  probabilities: ArrayLike<number>,
): number =>
  square.reduce((sum, value, i) => (value > 0 ? sum + value / probabilities[i] : sum), 0) -
  mean.reduce((a, b) => a + b, 0) ** 2;
// #endregion
