/** 2×2 mean with stride 2 (even H and W). Each dx is a quarter of the dy of its cell. */
import { mul, reshape, type Tensor4D, avgPool as tfAvgPool, tidy } from '@tensorflow/tfjs-core';
import { runFused } from './fused.ts';
import { differentiable } from './kernelHelpers.ts';
import { repeat2 } from './repeat2.ts';

export function avgPool2(x: Tensor4D): Tensor4D {
  return differentiable<Tensor4D>(
    [x],
    () => {
      const fused = runFused('FN_AvgPool2', { x });
      return fused ? (fused[0] as Tensor4D) : tfAvgPool(x, 2, 2, 'valid');
    },
    (dy) => {
      const fused = runFused('FN_AvgPool2Grad', { dy });
      if (fused) return [fused[0]];
      return [tidy(() => reshape(mul(repeat2(dy), 0.25), x.shape))];
    },
  );
}
