/**
 * Convolution of stride 1 with zero padding ("same"), k = 1 or 3, NHWC × HWIO, and what a residual block adds to it:
 *   y[b,i,j,o] = Σ_{u,v,c} x[b,i+u-k/2,j+v-k/2,c] w[u,v,c,o] + bias[o] + timeBias[b,o] + residual[b,i,j,o]
 * Its gradients stand in convGradients.ts.
 */
import {
  add,
  reshape,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  conv2d as tfConv2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { freshWeights } from './freshWeights.ts';
import { runFused } from './fused.ts';

export interface ConvExtras {
  timeBias?: Tensor2D;
  residual?: Tensor4D;
}

export function conv2d(
  x: Tensor4D,
  w: Tensor4D,
  bias: Tensor1D | null,
  { timeBias, residual }: ConvExtras = {},
): Tensor4D {
  const fused = runFused('FN_Conv2D', {
    x,
    w,
    ...(bias && { bias }),
    ...(timeBias && { timeBias }),
    ...(residual && { residual }),
  });
  if (fused) return fused[0] as Tensor4D;
  return tidy(() => {
    let y: Tensor = tfConv2d(x, freshWeights(w), 1, 'same');
    if (bias) y = add(y, bias);
    if (timeBias) y = add(y, reshape(timeBias, [timeBias.shape[0], 1, 1, timeBias.shape[1]]));
    if (residual) y = add(y, residual);
    return y as Tensor4D;
  });
}
