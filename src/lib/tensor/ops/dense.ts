/** A dense layer: y[b,o] = Σ_i x[b,i] w[i,o] + bias[o]. Gradients: dx = dy wᵀ, dw = xᵀ dy, db = Σ_b dy. */
import {
  add,
  matMul,
  sum,
  type Tensor1D,
  type Tensor2D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { freshWeights } from './freshWeights.ts';
import { runFused } from './fused.ts';

export function dense(x: Tensor2D, w: Tensor2D, bias: Tensor1D | null): Tensor2D {
  const fused = runFused('FN_Dense', bias ? { x, w, bias } : { x, w });
  if (fused) return fused[0] as Tensor2D;
  return tidy(() => {
    const y = matMul(x, freshWeights(w));
    return (bias ? add(y, bias) : y) as Tensor2D;
  });
}

export function denseGradients(
  x: Tensor2D,
  w: Tensor2D,
  dy: Tensor2D,
): [Tensor2D, Tensor2D, Tensor1D] {
  const fused = runFused('FN_DenseGrad', { x, w, dy });
  if (fused) return fused as [Tensor2D, Tensor2D, Tensor1D];
  // Explicit transposes: matMul's own flags leave the fast path of the wasm backend.
  return tidy((): [Tensor2D, Tensor2D, Tensor1D] => [
    matMul(dy, transpose(w) as Tensor2D),
    matMul(transpose(x) as Tensor2D, dy),
    sum(dy, 0),
  ]);
}
