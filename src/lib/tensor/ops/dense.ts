/** A dense layer: y[b,o] = Σ_i x[b,i] w[i,o] + bias[o]. Gradients: dx = dy wᵀ, dw = xᵀ dy, db = Σ_b dy. */
import {
  add,
  matMul,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { runFused } from './fused.ts';
import { differentiable, freshWeights } from './kernelHelpers.ts';

export function dense(x: Tensor2D, w: Tensor2D, bias: Tensor1D | null): Tensor2D {
  return differentiable<Tensor2D>(
    bias ? [x, w, bias] : [x, w],
    (save) => {
      save([x, w]);
      const fused = runFused('FN_Dense', bias ? { x, w, bias } : { x, w });
      if (fused) return fused[0] as Tensor2D;
      const y = matMul(x, freshWeights(w));
      return (bias ? add(y, bias) : y) as Tensor2D;
    },
    (dy, [savedX, savedW]) => {
      const fused = runFused('FN_DenseGrad', { x: savedX, w: savedW, dy });
      if (fused) return bias ? fused.slice(0, 3) : fused.slice(0, 2);
      // Explicit transposes: matMul's own flags leave the fast path of the wasm backend.
      const gradients: Tensor[] = tidy(() => [
        matMul(dy, transpose(savedW) as Tensor2D),
        matMul(transpose(savedX) as Tensor2D, dy),
        ...(bias ? [sum(dy, 0)] : []),
      ]);
      return gradients;
    },
  );
}
