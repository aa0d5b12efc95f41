/** FN_GroupNormSilu and its gradient (kernels/src/norm.c). */
import type { NamedTensorMap, TensorInfo } from '@tensorflow/tfjs-core';
import { MAX_CHANNELS } from './abi.ts';
import type { Heap } from './heap.ts';

type Inputs = Record<string, TensorInfo>;

export function supportsNorm({ x }: NamedTensorMap, groups: number): boolean {
  const channels = x.shape[x.rank - 1];
  return (
    x.rank === 4 &&
    x.dtype === 'float32' &&
    x.size > 0 &&
    channels % 4 === 0 &&
    channels % groups === 0 &&
    channels <= MAX_CHANNELS
  );
}

/** [y, mean, rstd]; statistics are [B, groups]. */
export function normForward(
  heap: Heap,
  { x, gamma, beta }: Inputs,
  groups: number,
  epsilon: number,
): TensorInfo[] {
  const [batch, h, w, c] = x.shape;
  const outputs = [
    heap.output(x.shape),
    heap.output([batch, groups]),
    heap.output([batch, groups]),
  ];
  const [y, mean, rstd] = outputs.map((t) => heap.address(t));
  const [stats] = heap.scratch([2 * batch * groups]);
  const [from, g, b] = [x, gamma, beta].map((t) => heap.address(t));
  const image = h * w * c;
  heap.kernels.norm_forward(
    ...[from, c, image, g, b, y, c, image, stats, batch, h * w, c, groups, epsilon],
  );
  // The kernel keeps [B][mean | rstd][groups]; tensors are one of each.
  for (let i = 0; i < batch; i++) {
    const both = heap.floats(stats + 8 * i * groups, 2 * groups);
    heap.floats(mean + 4 * i * groups, groups).set(both.subarray(0, groups));
    heap.floats(rstd + 4 * i * groups, groups).set(both.subarray(groups));
  }
  return outputs;
}

/** [dx, dgamma, dbeta]. */
export function normBackward(heap: Heap, inputs: Inputs, groups: number): TensorInfo[] {
  const { x, gamma, beta, mean, rstd, dy } = inputs;
  const [batch, h, w, c] = x.shape;
  const outputs = [heap.output(x.shape), heap.output([c]), heap.output([c])];
  const [dx, dGamma, dBeta] = outputs.map((t) => heap.address(t));
  const image = h * w * c;
  const [stats, da] = heap.scratch([2 * batch * groups, batch * image]);
  for (let i = 0; i < batch; i++) {
    const both = heap.floats(stats + 8 * i * groups, 2 * groups);
    both.set(heap.floats(heap.address(mean) + 4 * i * groups, groups), 0);
    both.set(heap.floats(heap.address(rstd) + 4 * i * groups, groups), groups);
  }
  heap.floats(da, batch * image).set(heap.floats(heap.address(dy), batch * image));
  const [from, g, b] = [x, gamma, beta].map((t) => heap.address(t));
  const parameters = [from, c, image, g, b, stats, 0, da, c, image, dx, c, image, dGamma, dBeta];
  heap.kernels.norm_backward(...parameters, batch, h * w, c, groups, 0, 0);
  return outputs;
}
