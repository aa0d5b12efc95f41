/**
 * The gradients of the convolution in conv2d.ts, on every backend.
 *   dx = conv(dy, w turned by 180° with its channel axes exchanged)
 *   dw[u,v,c,o] = Σ_{b,i,j} x[b,i+u-k/2,j+v-k/2,c] dy[b,i,j,o],   db[o] = Σ_{b,i,j} dy[b,i,j,o],
 *   and dTimeBias[b,o] = Σ_{i,j} dy[b,i,j,o]; the residual's is dy itself.
 */
import {
  concat,
  conv2d,
  engine,
  getBackend,
  matMul,
  pad,
  reshape,
  reverse,
  slice,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { runFused } from './fused.ts';

export function convInputGradient(dy: Tensor4D, w: Tensor4D): Tensor4D {
  const fused = runFused('FN_Conv2DBackInput', { dy, w });
  if (fused) return fused[0] as Tensor4D;
  return tidy(() => {
    // A convolution again: on wasm this runs in XNNPACK, where Conv2DBackpropInput is a plain loop.
    const turned = w.shape[0] === 1 ? w : reverse(w, [0, 1]);
    return conv2d(dy, transpose(turned, [0, 1, 3, 2]) as Tensor4D, 1, 'same');
  });
}

export function convFilterGradient(x: Tensor4D, dy: Tensor4D, size: number): [Tensor4D, Tensor1D] {
  const fused = runFused('FN_Conv2DBackFilter', { x, dy }, { kernelSize: size });
  if (fused) return [fused[0] as Tensor4D, fused[1] as Tensor1D];
  const outChannels = dy.shape[3];
  const db = tidy(() => sum(reshape(dy, [-1, outChannels]), 0) as Tensor1D);
  if (getBackend() === 'wasm') return [filterGradientByMatMul(x, dy, size), db];
  const filterShape: [number, number, number, number] = [size, size, x.shape[3], outChannels];
  const dw = engine().runKernel(
    'Conv2DBackpropFilter',
    { x, dy },
    { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape },
  ) as Tensor4D;
  return [dw, db];
}

export function timeBiasGradient(dy: Tensor4D): Tensor2D {
  const fused = runFused('FN_SumSpatial', { dy });
  if (fused) return fused[0] as Tensor2D;
  const [batch, height, width, channels] = dy.shape;
  return tidy(() => sum(reshape(dy, [batch, height * width, channels]), 1));
}

/**
 * dW as one product [k²·C, B·H·W] × [B·H·W, O], for backends without the kernel (wasm). Channels go first, once,
 * so that the k² shifted copies are plain slices and neither operand of the product is transposed (a transposed one
 * leaves XNNPACK's fast path).
 */
export function filterGradientByMatMul(x: Tensor4D, dy: Tensor4D, size: number): Tensor4D {
  return tidy(() => {
    const [batch, height, width, channels] = x.shape;
    const outChannels = dy.shape[3];
    const positions = batch * height * width;
    const margin = (size - 1) / 2;
    const channelsFirst = transpose(x, [3, 0, 1, 2]) as Tensor4D;
    const padded = pad(channelsFirst, [
      [0, 0],
      [0, 0],
      [margin, margin],
      [margin, margin],
    ]);
    const shifted = [];
    for (let u = 0; u < size; u++)
      for (let v = 0; v < size; v++)
        shifted.push(
          reshape(slice(padded, [0, 0, u, v], [channels, batch, height, width]), [
            channels,
            positions,
          ]),
        );
    const patches = shifted.length > 1 ? concat(shifted, 0) : shifted[0];
    const product = matMul(patches, reshape(dy, [positions, outChannels]));
    return reshape(product, [size, size, channels, outChannels]) as Tensor4D;
  });
}
