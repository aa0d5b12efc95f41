/** The loss of a batch of logits, and how often they are right, on the host in float64. */
import { crossEntropy, likeliest } from '../../../math/objectives/crossEntropy.ts';

const rowsOf = (logits: Float32Array, count: number) => {
  const classes = logits.length / count;
  return (i: number) => logits.subarray(i * classes, (i + 1) * classes);
};

/** How many images' largest logit is that of their label. */
export function hitsOf(logits: Float32Array, labels: ArrayLike<number>): number {
  const row = rowsOf(logits, labels.length);
  let hits = 0;
  for (let i = 0; i < labels.length; i++) if (likeliest(row(i)) === labels[i]) hits++;
  return hits;
}

/** Cross-entropy of each image in nats, and the gradient of their mean. */
export function classLosses(
  logits: Float32Array,
  labels: ArrayLike<number>,
): { errors: Float64Array; dLogits: Float32Array } {
  const count = labels.length;
  const row = rowsOf(logits, count);
  const errors = new Float64Array(count);
  const dLogits = new Float32Array(logits.length);
  for (let i = 0; i < count; i++) {
    const { loss, gradient } = crossEntropy(row(i), labels[i]);
    errors[i] = loss;
    dLogits.set(
      gradient.map((g) => g / count),
      i * gradient.length,
    );
  }
  return { errors, dLogits };
}
