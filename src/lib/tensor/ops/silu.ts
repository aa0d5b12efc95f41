/** SiLU: y = x·σ(x), dy/dx = σ(x)(1 + x(1 − σ(x))). */
import { add, mul, sigmoid, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { runFused } from './fused.ts';
import { differentiable } from './kernelHelpers.ts';

export function silu<T extends Tensor>(x: T): T {
  return differentiable<T>(
    [x],
    (save) => {
      save([x]);
      const fused = runFused('FN_Silu', { x });
      return (fused ? fused[0] : mul(x, sigmoid(x))) as T;
    },
    (dy, [saved]) => {
      const fused = runFused('FN_SiluGrad', { x: saved, dy });
      if (fused) return [fused[0]];
      return [
        tidy(() => {
          const s = sigmoid(saved);
          return mul(dy, mul(s, add(1, mul(saved, sub(1, s)))));
        }),
      ];
    },
  );
}
