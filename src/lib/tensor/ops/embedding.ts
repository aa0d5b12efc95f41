/** y = x + table[label], as a product with one-hot rows: one row of the table for each class, the last one for "no class". */
import { add, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { dense, denseGradients } from './dense.ts';

/** [B, classes + 1]; without labels, "no class" for all. */
export function oneHotLabels(
  labels: ArrayLike<number> | undefined,
  count: number,
  classes: number,
): Tensor2D {
  const out = new Float32Array(count * (classes + 1));
  for (let b = 0; b < count; b++) out[b * (classes + 1) + (labels ? labels[b] : classes)] = 1;
  return tensor2d(out, [count, classes + 1]);
}

export function embed(x: Tensor2D, rows: Tensor2D, table: Tensor2D): Tensor2D {
  return tidy(() => add(x, dense(rows, table, null)));
}

export function tableGradient(rows: Tensor2D, table: Tensor2D, dy: Tensor2D): Tensor2D {
  return tidy(() => denseGradients(rows, table, dy)[1]);
}
