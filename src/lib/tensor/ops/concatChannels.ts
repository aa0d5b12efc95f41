/** Two images side by side in the channel axis; with `upsample2Concat` the first one is doubled in size (nearest) before. */
import { concat, slice, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { runFused } from './fused.ts';
import { repeat2, sum2 } from './repeat2.ts';

/** [B,H,W,Ca], [B,H,W,Cb] → [B,H,W,Ca+Cb]. */
export function concatChannels(a: Tensor4D, b: Tensor4D): Tensor4D {
  const fused = runFused('FN_ConcatChannels', { a, b });
  return fused ? (fused[0] as Tensor4D) : concat([a, b], 3);
}

/** Gradients of both images of `concatChannels`, of which the first has `channels`. */
export function concatGradients(dy: Tensor4D, channels: number): [Tensor4D, Tensor4D] {
  const fused = runFused('FN_ConcatChannelsGrad', { dy }, { channels });
  return fused ? (fused as [Tensor4D, Tensor4D]) : splitChannels(dy, channels);
}

/** [B,H,W,Cx], [B,2H,2W,Cs] → [B,2H,2W,Cx+Cs]. */
export function upsample2Concat(x: Tensor4D, skip: Tensor4D): Tensor4D {
  const fused = runFused('FN_Upsample2Concat', { x, skip });
  return fused ? (fused[0] as Tensor4D) : tidy(() => concat([repeat2(x), skip], 3));
}

/** Gradients of both images of `upsample2Concat`, of which the first has `channels`. */
export function upsample2ConcatGradients(dy: Tensor4D, channels: number): [Tensor4D, Tensor4D] {
  const fused = runFused('FN_Upsample2ConcatGrad', { dy }, { channels });
  if (fused) return fused as [Tensor4D, Tensor4D];
  return tidy((): [Tensor4D, Tensor4D] => {
    const [dLarge, dSkip] = splitChannels(dy, channels);
    return [sum2(dLarge), dSkip];
  });
}

function splitChannels(dy: Tensor4D, channels: number): [Tensor4D, Tensor4D] {
  const [batch, height, width, all] = dy.shape;
  return [
    slice(dy, [0, 0, 0, 0], [batch, height, width, channels]),
    slice(dy, [0, 0, 0, channels], [batch, height, width, all - channels]),
  ];
}
