/** Pooling, doubling and concatenation (kernels/src/resample.c). Any channel count that is a multiple of 4. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Heap } from './heap.ts';

type Inputs = Record<string, TensorInfo>;

export const wholeVectors = (...tensors: TensorInfo[]) =>
  tensors.every(
    ({ shape, dtype }) =>
      shape.length === 4 &&
      dtype === 'float32' &&
      shape[3] % 4 === 0 &&
      shape.every((size) => size > 0),
  );

export const evenSides = ({ shape }: TensorInfo) => shape[1] % 2 === 0 && shape[2] % 2 === 0;

export function poolForward(heap: Heap, { x }: Inputs): TensorInfo {
  const [batch, h, w, c] = x.shape;
  const y = heap.output([batch, h / 2, w / 2, c]);
  const [from, to] = [x, y].map((t) => heap.address(t));
  const large = h * w * c;
  heap.kernels.pool_forward(from, c, large, to, c, large / 4, batch, h, w, c);
  return y;
}

export function poolBackward(heap: Heap, { dy }: Inputs): TensorInfo {
  const [batch, h, w, c] = dy.shape;
  const dx = heap.output([batch, 2 * h, 2 * w, c]);
  const [from, to] = [dy, dx].map((t) => heap.address(t));
  const small = h * w * c;
  heap.kernels.spread(from, c, small, to, c, 4 * small, batch, 2 * h, 2 * w, c, 0.25, 0);
  return dx;
}

/** [a doubled if `double`, b] in the channel axis. */
export function concatForward(
  heap: Heap,
  a: TensorInfo,
  b: TensorInfo,
  double: boolean,
): TensorInfo {
  const [batch, h, w, cb] = b.shape;
  const ca = a.shape[3];
  const c = ca + cb;
  const y = heap.output([batch, h, w, c]);
  const [left, right, to] = [a, b, y].map((t) => heap.address(t));
  const pixels = h * w;
  if (double) {
    const from = [left, ca, (pixels / 4) * ca];
    heap.kernels.spread(...from, to, c, pixels * c, batch, h, w, ca, 1, 0);
  } else heap.kernels.copy_channels(left, ca, to, c, batch * pixels, ca, ca);
  heap.kernels.copy_channels(right, cb, to + 4 * ca, c, batch * pixels, cb, cb);
  return y;
}

/** The two parts of dy; the first one summed over 2×2 if `double`. */
export function concatBackward(
  heap: Heap,
  { dy }: Inputs,
  ca: number,
  double: boolean,
): TensorInfo[] {
  const [batch, h, w, c] = dy.shape;
  const pixels = h * w;
  const da = heap.output(double ? [batch, h / 2, w / 2, ca] : [batch, h, w, ca]);
  const db = heap.output([batch, h, w, c - ca]);
  const [from, left, right] = [dy, da, db].map((t) => heap.address(t));
  if (double)
    heap.kernels.gather(from, c, pixels * c, left, ca, (pixels / 4) * ca, batch, h, w, ca);
  else heap.kernels.copy_channels(from, c, left, ca, batch * pixels, ca, ca);
  heap.kernels.copy_channels(from + 4 * ca, c, right, c - ca, batch * pixels, c - ca, c - ca);
  return [da, db];
}
