/** Nearest upsampling ×2 and its adjoint, from stock ops that every backend has. */
import { concat, reshape, sum, type Tensor4D, tidy } from '@tensorflow/tfjs-core';

/** [B,H,W,C] → [B,2H,2W,C], each pixel four times. */
export function repeat2(x: Tensor4D): Tensor4D {
  return tidy(() => {
    const [batch, height, width, channels] = x.shape;
    const columns = reshape(x, [batch * height, width, 1, channels]);
    const wide = reshape(concat([columns, columns], 2), [batch * height, 1, 2 * width * channels]);
    return reshape(concat([wide, wide], 1), [batch, 2 * height, 2 * width, channels]) as Tensor4D;
  });
}

/** The adjoint of repeat2: sums over each 2×2 cell. */
export function sum2(dy: Tensor4D): Tensor4D {
  return tidy(() => {
    const [batch, height, width, channels] = dy.shape;
    const rows = sum(reshape(dy, [(batch * height) / 2, 2, width * channels]), 1);
    const cells = sum(reshape(rows, [(batch * height * width) / 4, 2, channels]), 1);
    return reshape(cells, [batch, height / 2, width / 2, channels]) as Tensor4D;
  });
}
