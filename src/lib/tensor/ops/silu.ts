/** SiLU: y = x·σ(x), dy/dx = σ(x)(1 + x(1 − σ(x))). */
import { add, mul, sigmoid, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { runFused } from './fused.ts';

export function silu<T extends Tensor>(x: T): T {
  const fused = runFused('FN_Silu', { x });
  return (fused ? fused[0] : tidy(() => mul(x, sigmoid(x)))) as T;
}

export function siluGradient<T extends Tensor>(x: T, dy: T): T {
  const fused = runFused('FN_SiluGrad', { x, dy });
  if (fused) return fused[0] as T;
  return tidy(() => {
    const s = sigmoid(x);
    return mul(dy, mul(s, add(1, mul(x, sub(1, s)))));
  });
}
