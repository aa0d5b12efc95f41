/** FN_Conv2D and its gradients: 3×3 by Winograd F(2×4, 3×3), 1×1 as matrix products (kernels/src/conv.c). */
import type { NamedTensorMap, TensorInfo } from '@tensorflow/tfjs-core';
import { conv3Floats, matrixFloats, roundUp4, TILES } from './abi.ts';
import type { Heap } from './heap.ts';

type Inputs = Record<string, TensorInfo>;

/** [batch, h, w, channels] of a tensor, with its size and its channels rounded up to vectors. */
function dims({ shape }: TensorInfo) {
  const [batch, h, w, c] = shape;
  return { batch, h, w, c, k: roundUp4(c), pixels: h * w };
}

/** The tensor itself where its channels are whole vectors, else a copy with zero channels added at `room`. */
function vectors(heap: Heap, tensor: TensorInfo, room: number): number {
  const { batch, pixels, c, k } = dims(tensor);
  const source = heap.address(tensor);
  if (k === c) return source;
  heap.kernels.copy_channels(source, c, room, k, batch * pixels, c, k);
  return room;
}

const padded = (tensor: TensorInfo) => {
  const { batch, pixels, c, k } = dims(tensor);
  return k === c ? 0 : batch * pixels * k;
};

export function supportsConvolution({ x, w, dy }: NamedTensorMap, kernelSize?: number): boolean {
  const image = x ?? dy;
  const size = w ? w.shape[0] : kernelSize;
  const all = [x, w, dy].filter((t) => t !== undefined);
  return (
    (size === 1 || size === 3) &&
    (!w || w.shape[1] === size) &&
    image.rank === 4 &&
    all.every((t) => t.dtype === 'float32' && t.size > 0)
  );
}

/** y = conv(x, w) + bias + timeBias + residual. */
export function convForward(heap: Heap, inputs: Inputs): TensorInfo {
  const { x, w, bias, timeBias, residual } = inputs;
  const { kernels } = heap;
  const { batch, h, w: width, c, k, pixels } = dims(x);
  const size = w.shape[0];
  const co = w.shape[3];
  const n = roundUp4(co);
  const y = heap.output([batch, h, width, co]);
  const [input, output, u, biases, work] = heap.scratch([
    padded(x),
    n === co ? 0 : batch * pixels * n,
    size === 3 ? conv3Floats(c, co) : matrixFloats(c, co),
    batch * n,
    size === 3 ? kernels.conv3_scratch(width, k, n, TILES) : 0,
  ]);
  const from = vectors(heap, x, input);
  const to = n === co ? heap.address(y) : output;
  let extra = residual ? heap.address(residual) : 0;
  if (residual && (n !== co || size === 1)) {
    kernels.copy_channels(extra, co, to, n, batch * pixels, co, n);
    extra = to;
  }
  const row = heap.floats(biases, batch * n).fill(0);
  for (let b = 0; b < batch; b++) {
    if (bias) row.set(heap.floats(heap.address(bias), co), b * n);
    if (timeBias) {
      const shift = heap.floats(heap.address(timeBias) + 4 * b * co, co);
      for (let j = 0; j < co; j++) row[b * n + j] += shift[j];
    }
  }
  const source = [from, k, pixels * k, u, biases, n];
  const target = [to, n, pixels * n, batch];
  if (size === 3) {
    kernels.pack_conv3(heap.address(w), c, c, co, u, 0);
    kernels.conv3_forward(...source, extra, n, pixels * n, ...target, h, width, k, n, work, TILES);
  } else {
    kernels.pack_matrix(heap.address(w), c, co, u, 0);
    kernels.conv1_forward(...source, ...target, pixels, k, n, residual ? 1 : 0);
  }
  if (n !== co) kernels.copy_channels(to, n, heap.address(y), co, batch * pixels, co, co);
  return y;
}

/** dx = the gradient of convForward with respect to x. */
export function convInputGradient(heap: Heap, { dy, w }: Inputs): TensorInfo {
  const { kernels } = heap;
  const { batch, h, w: width, c: co, k: n, pixels } = dims(dy);
  const size = w.shape[0];
  const ci = w.shape[2];
  const k = roundUp4(ci);
  const dx = heap.output([batch, h, width, ci]);
  const weights = size === 3 ? conv3Floats(ci, co) : matrixFloats(ci, co);
  const [gradient, target, u, transposed, work] = heap.scratch([
    padded(dy),
    k === ci ? 0 : batch * pixels * k,
    weights,
    weights,
    size === 3 ? kernels.conv3_scratch(width, k, n, TILES) : 0,
  ]);
  const from = vectors(heap, dy, gradient);
  const to = k === ci ? heap.address(dx) : target;
  const images = [0, k, pixels * k, transposed, from, n, pixels * n, to, k, pixels * k, 0];
  if (size === 3) {
    kernels.pack_conv3(heap.address(w), ci, ci, co, u, transposed);
    kernels.conv3_backward(...images, 0, 0, 0, batch, h, width, k, n, 0, work, TILES);
  } else {
    kernels.pack_matrix(heap.address(w), ci, co, u, transposed);
    kernels.conv1_backward(...images, batch, pixels, k, n, 0, 0);
  }
  if (k !== ci) kernels.copy_channels(to, k, heap.address(dx), ci, batch * pixels, ci, ci);
  return dx;
}

/** [dw, db], db = Σ dy. */
export function convFilterGradient(heap: Heap, { x, dy }: Inputs, size: number): TensorInfo[] {
  const { kernels } = heap;
  const { batch, h, w: width, c: ci, k, pixels } = dims(x);
  const { c: co, k: n } = dims(dy);
  const dw = heap.output([size, size, ci, co]);
  const db = heap.output([co]);
  const [input, gradient, d, sums, total, work] = heap.scratch([
    padded(x),
    padded(dy),
    size === 3 ? conv3Floats(ci, co) : matrixFloats(ci, co),
    n,
    n,
    size === 3 ? kernels.conv3_scratch(width, k, n, TILES) : 0,
  ]);
  const from = vectors(heap, x, input);
  const back = vectors(heap, dy, gradient);
  const images = [from, k, pixels * k, 0, back, n, pixels * n, 0, k, pixels * k, d];
  if (size === 3) {
    kernels.conv3_backward(...images, sums, 0, total, batch, h, width, k, n, 0, work, TILES);
    kernels.unpack_conv3(d, 1, 0, ci, ci, co, heap.address(dw));
  } else {
    kernels.conv1_backward(...images, batch, pixels, k, n, 0, 0);
    kernels.unpack_matrix(d, 1, 0, ci, co, heap.address(dw));
    kernels.bias_backward(back, n, pixels * n, sums, 0, total, batch, pixels, n, 0);
  }
  kernels.unpack_vector(total, 1, 0, co, heap.address(db));
  return [dw, db];
}

/** Σ_{h,w} dy, [B, C]. */
export function sumSpatial(heap: Heap, { dy }: Inputs): TensorInfo {
  const { kernels } = heap;
  const { batch, c, k, pixels } = dims(dy);
  const sums = heap.output([batch, c]);
  const [input, rows] = heap.scratch([padded(dy), batch * k]);
  const from = vectors(heap, dy, input);
  const to = k === c ? heap.address(sums) : rows;
  kernels.bias_backward(from, k, pixels * k, to, k, 0, batch, pixels, k, 0);
  if (k !== c) kernels.copy_channels(rows, k, heap.address(sums), c, batch, c, c);
  return sums;
}
