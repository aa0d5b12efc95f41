/**
 * Layers in stock tfjs ops with tfjs's own automatic gradients, as one writes them when a backend cannot differentiate
 * convolutions (wasm): a convolution is a product with its patches, im2col; pooling is a reshape for the same reason.
 */
import * as tf from '@tensorflow/tfjs';

export type Weights = Map<string, tf.Variable>;

const get = (w: Weights, name: string): tf.Tensor => {
  const found = w.get(name);
  if (!found) throw new Error(`there is no weight ${name}`);
  return found;
};

/** x [B,H,W,C] → patches [B·H·W, k²·C] · w [k²·C, O]. */
export function conv(w: Weights, name: string, x: tf.Tensor): tf.Tensor {
  const kernel = get(w, `${name}.weight`);
  const [size, , input, output] = kernel.shape as [number, number, number, number];
  const [batch, height, width] = x.shape as [number, number, number, number];
  const margin = (size - 1) / 2;
  const padded = tf.pad(x, [
    [0, 0],
    [margin, margin],
    [margin, margin],
    [0, 0],
  ]);
  const shifted: tf.Tensor[] = [];
  for (let u = 0; u < size; u++)
    for (let v = 0; v < size; v++)
      shifted.push(tf.slice(padded, [0, u, v, 0], [batch, height, width, input]));
  const patches = tf.concat(shifted, 3).reshape([batch * height * width, size * size * input]);
  const product = tf.matMul(patches as tf.Tensor2D, kernel.reshape([-1, output]) as tf.Tensor2D);
  return product.reshape([batch, height, width, output]).add(get(w, `${name}.bias`));
}

export const dense = (w: Weights, name: string, x: tf.Tensor): tf.Tensor =>
  tf.matMul(x as tf.Tensor2D, get(w, `${name}.weight`) as tf.Tensor2D).add(get(w, `${name}.bias`));

export const silu = (x: tf.Tensor): tf.Tensor => x.mul(tf.sigmoid(x));

export function normSilu(w: Weights, name: string, x: tf.Tensor, groups: number): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const grouped = x.reshape([batch, height * width, groups, channels / groups]);
  const { mean, variance } = tf.moments(grouped, [1, 3], true);
  const normal = grouped
    .sub(mean)
    .mul(tf.rsqrt(variance.add(1e-5)))
    .reshape(x.shape);
  return silu(normal.mul(get(w, `${name}.gamma`)).add(get(w, `${name}.beta`)));
}

export function pool(x: tf.Tensor): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const cells = x.reshape([batch * (height / 2), 2, width / 2, 2 * channels]);
  const rows = tf.mean(cells, 1).reshape([-1, 2, channels]);
  return tf.mean(rows, 1).reshape([batch, height / 2, width / 2, channels]);
}
