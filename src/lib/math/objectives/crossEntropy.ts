/** How surprised a classifier is by a label: −log of the probability that it gave to it. */

/** What `crossEntropy` finds in one image's logits. */
export interface LabelSurprise {
  /** −log softmax(logits)[label], in nats. */
  loss: number;
  /** d(loss)/d(logits) = softmax(logits) − one-hot(label). */
  gradient: Float64Array;
}

// #region crossEntropy
/**
 * Cross-entropy of a label and the softmax of logits l: log Σ_j e^{l_j} − l_label. The largest is subtracted first, so that no
 * exponential overflows.
 * @param label 0 … n − 1
 * @throws RangeError for a label that is none of the classes.
 */
export function crossEntropy(logits: ArrayLike<number>, label: number): LabelSurprise {
  const n = logits.length;
  if (!(Number.isInteger(label) && label >= 0 && label < n))
    throw new RangeError(
      `Cross-entropy: expected a label from 0 to ${n - 1}; found ${label}. Give one logit for each class.`,
    );
  const most = Math.max(...Array.from(logits));
  const gradient = Float64Array.from(logits, (l) => Math.exp(l - most));
  const total = gradient.reduce((sum, e) => sum + e, 0);
  for (let j = 0; j < n; j++) gradient[j] /= total;
  gradient[label] -= 1;
  return { loss: Math.log(total) + (most - logits[label]), gradient };
}
// #endregion

/** The class of the largest logit; the first of equals. */
export function likeliest(logits: ArrayLike<number>): number {
  let best = 0;
  for (let j = 1; j < logits.length; j++) if (logits[j] > logits[best]) best = j;
  return best;
}
