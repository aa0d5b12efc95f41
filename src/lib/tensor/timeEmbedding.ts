/** What a network is told besides the image: the time as waves (math/process/timeFeatures.ts), the class as a one-hot row. */
import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { timeFeatures } from '../math/process/timeFeatures.ts';

export { timeFeatures };

export function timeEmbedding(t: ArrayLike<number>, T: number, dimension: number): Tensor2D {
  return tensor2d(timeFeatures(t, T, dimension), [t.length, dimension]);
}

/** One-hot rows for labels 0…classes−1; the null class is index `classes`. */
export function oneHotLabels(labels: ArrayLike<number>, classes: number): Tensor2D {
  const out = new Float32Array(labels.length * (classes + 1));
  for (let b = 0; b < labels.length; b++) out[b * (classes + 1) + labels[b]] = 1;
  return tensor2d(out, [labels.length, classes + 1]);
}

/** Labels for the embedding: the given ones, or the null class for all. */
export function labelsOrNull(
  labels: ArrayLike<number> | undefined,
  count: number,
  classes: number,
): ArrayLike<number> {
  return labels ?? new Array<number>(count).fill(classes);
}
