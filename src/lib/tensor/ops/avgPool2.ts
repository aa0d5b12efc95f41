/** 2×2 mean with stride 2 (even H and W). Each dx is a quarter of the dy of its cell. */
import { mul, type Tensor4D, avgPool as tfAvgPool, tidy } from '@tensorflow/tfjs-core';
import { runFused } from './fused.ts';
import { repeat2 } from './repeat2.ts';

export function avgPool2(x: Tensor4D): Tensor4D {
  const fused = runFused('FN_AvgPool2', { x });
  return fused ? (fused[0] as Tensor4D) : tfAvgPool(x, 2, 2, 'valid');
}

export function avgPool2Gradient(dy: Tensor4D): Tensor4D {
  const fused = runFused('FN_AvgPool2Grad', { dy });
  return fused ? (fused[0] as Tensor4D) : tidy(() => mul(repeat2(dy), 0.25));
}
