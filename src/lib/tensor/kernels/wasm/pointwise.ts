/** Dense layers, SiLU and the training loss (kernels/src/gemm.c, pointwise.c). */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { matrixFloats, roundUp4 } from './abi.ts';
import type { Heap } from './heap.ts';

type Inputs = Record<string, TensorInfo>;

const size = ({ shape }: TensorInfo) => shape.reduce((a, b) => a * b, 1);

/** Rows of a [rows, c] tensor with c rounded up to vectors: in place, or copied to `room` with zeros added. */
function rowVectors(heap: Heap, tensor: TensorInfo, room: number): number {
  const [rows, c] = tensor.shape;
  const n = roundUp4(c);
  if (n === c) return heap.address(tensor);
  heap.kernels.copy_channels(heap.address(tensor), c, room, n, rows, c, n);
  return room;
}

/** y = x·w + bias. */
export function denseForward(heap: Heap, { x, w, bias }: Inputs): TensorInfo {
  const { kernels } = heap;
  const [rows, ci] = x.shape;
  const co = w.shape[1];
  const [k, n] = [roundUp4(ci), roundUp4(co)];
  const y = heap.output([rows, co]);
  const [input, output, u, biases] = heap.scratch([rows * k, rows * n, matrixFloats(ci, co), n]);
  const row = heap.floats(biases, n).fill(0);
  if (bias) row.set(heap.floats(heap.address(bias), co));
  kernels.pack_matrix(heap.address(w), ci, co, u, 0);
  const to = n === co ? heap.address(y) : output;
  kernels.conv1_forward(rowVectors(heap, x, input), k, 0, u, biases, 0, to, n, 0, 1, rows, k, n, 0);
  if (n !== co) kernels.copy_channels(to, n, heap.address(y), co, rows, co, co);
  return y;
}

/** [dx, dw, db]. */
export function denseBackward(heap: Heap, { x, w, dy }: Inputs): TensorInfo[] {
  const { kernels } = heap;
  const [rows, ci] = x.shape;
  const co = w.shape[1];
  const [k, n] = [roundUp4(ci), roundUp4(co)];
  const outputs = [heap.output([rows, ci]), heap.output([ci, co]), heap.output([co])];
  const [dx, dw, db] = outputs.map((t) => heap.address(t));
  const matrix = matrixFloats(ci, co);
  const [input, gradient, back, u, transposed, d, sums] = heap.scratch([
    rows * k,
    rows * n,
    rows * k,
    matrix,
    matrix,
    matrix,
    n,
  ]);
  const from = rowVectors(heap, x, input);
  const out = rowVectors(heap, dy, gradient);
  kernels.pack_matrix(heap.address(w), ci, co, u, transposed);
  const to = k === ci ? dx : back;
  kernels.conv1_backward(from, k, 0, transposed, out, n, 0, to, k, 0, d, 1, rows, k, n, 0, 0);
  if (k !== ci) kernels.copy_channels(back, k, dx, ci, rows, ci, ci);
  kernels.unpack_matrix(d, 1, 0, ci, co, dw);
  kernels.bias_backward(out, n, 0, sums, 0, 0, 1, rows, n, 0);
  kernels.unpack_vector(sums, 1, 0, co, db);
  return outputs;
}

export function siluForward(heap: Heap, { x }: Inputs): TensorInfo {
  const y = heap.output(x.shape);
  heap.kernels.silu_forward(heap.address(x), heap.address(y), size(x));
  return y;
}

export function siluBackward(heap: Heap, { x, dy }: Inputs): TensorInfo {
  const dx = heap.output(x.shape);
  heap.kernels.silu_backward(heap.address(x), heap.address(dy), heap.address(dx), size(x));
  return dx;
}

/** [loss, errors [B]]: errors e_b = mean squared error of image b, loss = mean of weights·e. */
export function mseForward(heap: Heap, { prediction, target, weights }: Inputs): TensorInfo[] {
  const batch = prediction.shape[0];
  const each = size(prediction) / batch;
  const loss = heap.output([]);
  const errors = heap.output([batch]);
  const [unused] = heap.scratch([each]);
  let total = 0;
  for (let b = 0; b < batch; b++) {
    const [p, y] = [prediction, target].map((t) => heap.address(t) + 4 * b * each);
    const error = heap.kernels.squared_error(p, 1, y, unused, 1, each, 1, 0) / each;
    heap.floats(heap.address(errors), batch)[b] = error;
    total += error * heap.floats(heap.address(weights), batch)[b];
  }
  heap.floats(heap.address(loss), 1)[0] = total / batch;
  return [loss, errors];
}

export function mseBackward(heap: Heap, { prediction, target, weights }: Inputs): TensorInfo {
  const batch = prediction.shape[0];
  const each = size(prediction) / batch;
  const gradient = heap.output(prediction.shape);
  for (let b = 0; b < batch; b++) {
    const at = (t: TensorInfo) => heap.address(t) + 4 * b * each;
    const scale = (2 * heap.floats(heap.address(weights), batch)[b]) / (batch * each);
    heap.kernels.squared_error(at(prediction), 1, at(target), at(gradient), 1, each, 1, scale);
  }
  return gradient;
}
