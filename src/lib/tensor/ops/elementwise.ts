/** The two trivial ops of the networks, differentiable without TensorFlow.js's own gradient tables (10 kB saved). */
import {
  type Rank,
  reshape,
  type ShapeMap,
  type Tensor,
  add as tfAdd,
} from '@tensorflow/tfjs-core';
import { differentiable } from './kernelHelpers.ts';

/** a + b of equal shapes. */
export function add<T extends Tensor>(a: T, b: T): T {
  return differentiable<T>(
    [a, b],
    () => tfAdd(a, b),
    (dy) => [dy, dy],
  );
}

/** The same numbers in another shape. */
export function reshaped<R extends Rank>(x: Tensor, shape: ShapeMap[R]): Tensor<R> {
  return differentiable<Tensor<R>>(
    [x],
    () => reshape(x, shape),
    (dy) => [reshape(dy, x.shape)],
  );
}
