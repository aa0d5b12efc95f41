/**
 * Convolution of stride 1 with zero padding ("same"), k = 1 or 3, NHWC × HWIO, and what a residual block adds to it:
 *   y[b,i,j,o] = Σ_{u,v,c} x[b,i+u-k/2,j+v-k/2,c] w[u,v,c,o] + bias[o] + timeBias[b,o] + residual[b,i,j,o]
 */
import {
  add,
  reshape,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  conv2d as tfConv2d,
} from '@tensorflow/tfjs-core';
import { convFilterGradient, convInputGradient } from './convGradients.ts';
import { runFused } from './fused.ts';
import { differentiable, freshWeights } from './kernelHelpers.ts';

export interface ConvExtras {
  timeBias?: Tensor2D;
  residual?: Tensor4D;
  /** False where x is data: its gradient is not computed. */
  inputGradient?: boolean;
}

function forward(
  x: Tensor4D,
  w: Tensor4D,
  bias: Tensor1D | null,
  { timeBias, residual }: ConvExtras,
): Tensor4D {
  const fused = runFused('FN_Conv2D', {
    x,
    w,
    ...(bias && { bias }),
    ...(timeBias && { timeBias }),
    ...(residual && { residual }),
  });
  if (fused) return fused[0] as Tensor4D;
  let y: Tensor = tfConv2d(x, freshWeights(w), 1, 'same');
  if (bias) y = add(y, bias);
  if (timeBias) y = add(y, reshape(timeBias, [timeBias.shape[0], 1, 1, timeBias.shape[1]]));
  if (residual) y = add(y, residual);
  return y as Tensor4D;
}

function sumSpatial(dy: Tensor4D): Tensor2D {
  const fused = runFused('FN_SumSpatial', { dy });
  if (fused) return fused[0] as Tensor2D;
  const [batch, height, width, channels] = dy.shape;
  return sum(reshape(dy, [batch, height * width, channels]), 1) as Tensor2D;
}

export function conv2d(
  x: Tensor4D,
  w: Tensor4D,
  bias: Tensor1D | null,
  extras: ConvExtras = {},
): Tensor4D {
  const { timeBias, residual, inputGradient = true } = extras;
  const inputs: Tensor[] = [w];
  if (inputGradient) inputs.push(x);
  if (bias) inputs.push(bias);
  if (timeBias) inputs.push(timeBias);
  if (residual) inputs.push(residual);
  return differentiable<Tensor4D>(
    inputs,
    (save) => {
      save([x, w]);
      return forward(x, w, bias, extras);
    },
    (dy, [savedX, savedW]) => {
      const [dw, db] = convFilterGradient(savedX as Tensor4D, dy, w.shape[0]);
      const gradients: Tensor[] = [dw];
      if (inputGradient) gradients.push(convInputGradient(dy, savedW as Tensor4D));
      if (bias) gradients.push(db);
      if (timeBias) gradients.push(sumSpatial(dy));
      if (residual) gradients.push(dy);
      return gradients;
    },
  );
}
