/** What every backend's kernels are tried on: ops with odd shapes, and their gradients. */
import {
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { createRng } from '../../../src/lib/math/numerics/rng.ts';
import { avgPool2, avgPool2Gradient } from '../../../src/lib/tensor/ops/avgPool2.ts';
import {
  concatChannels,
  concatGradients,
  upsample2Concat,
  upsample2ConcatGradients,
} from '../../../src/lib/tensor/ops/concatChannels.ts';
import { conv2d } from '../../../src/lib/tensor/ops/conv2d.ts';
import {
  convFilterGradient,
  convInputGradient,
  timeBiasGradient,
} from '../../../src/lib/tensor/ops/convGradients.ts';
import {
  groupNormSilu,
  groupNormSiluGradients,
} from '../../../src/lib/tensor/ops/groupNormSilu.ts';

export interface KernelCase {
  name: string;
  shapes: number[][];
  /** The output, and what the gradients need besides the inputs. */
  forward: (...inputs: Tensor[]) => Tensor[];
  gradients: (dy: Tensor, inputs: Tensor[], kept: Tensor[]) => Tensor[];
}

/** [batch, h, w, in, out, kernel], with bias, time bias and residual. */
export const conv = (
  b: number,
  h: number,
  w: number,
  ci: number,
  co: number,
  k: number,
): KernelCase => ({
  name: `conv2d ${[b, h, w, ci, co, k]}`,
  shapes: [[b, h, w, ci], [k, k, ci, co], [co], [b, co], [b, h, w, co]],
  forward: (x, w4, bias, timeBias, residual) => [
    conv2d(x as Tensor4D, w4 as Tensor4D, bias as Tensor1D, {
      timeBias: timeBias as Tensor2D,
      residual: residual as Tensor4D,
    }),
  ],
  gradients: (dy, [x, w4]) => [
    convInputGradient(dy as Tensor4D, w4 as Tensor4D),
    ...convFilterGradient(x as Tensor4D, dy as Tensor4D, k),
    timeBiasGradient(dy as Tensor4D),
  ],
});

export const norm = (b: number, h: number, w: number, c: number, groups: number): KernelCase => ({
  name: `groupNormSilu ${[b, h, w, c]} in ${groups} groups`,
  shapes: [[b, h, w, c], [c], [c]],
  forward: (x, gamma, beta) =>
    groupNormSilu(x as Tensor4D, gamma as Tensor1D, beta as Tensor1D, groups),
  gradients: (dy, [x, gamma, beta], kept) =>
    groupNormSiluGradients(
      x as Tensor4D,
      gamma as Tensor1D,
      beta as Tensor1D,
      groups,
      kept,
      dy as Tensor4D,
    ),
});

export const pool = (...shape: number[]): KernelCase => ({
  name: `avgPool2 ${shape}`,
  shapes: [shape],
  forward: (x) => [avgPool2(x as Tensor4D)],
  gradients: (dy) => [avgPool2Gradient(dy as Tensor4D)],
});

export const join = (double: boolean, a: number[], b: number[]): KernelCase => ({
  name: `${double ? 'upsample2Concat' : 'concatChannels'} ${a} and ${b}`,
  shapes: [a, b],
  forward: (x, y) => [(double ? upsample2Concat : concatChannels)(x as Tensor4D, y as Tensor4D)],
  gradients: (dy) => (double ? upsample2ConcatGradients : concatGradients)(dy as Tensor4D, a[3]),
});

export const CASES: KernelCase[] = [
  conv(1, 7, 7, 1, 4, 3),
  conv(1, 7, 5, 3, 5, 3),
  conv(3, 2, 2, 8, 12, 3),
  conv(2, 1, 1, 4, 4, 3),
  conv(1, 1, 9, 6, 1, 3),
  conv(2, 14, 14, 16, 16, 3),
  conv(3, 7, 7, 6, 10, 3),
  conv(1, 8, 8, 48, 16, 3),
  conv(1, 7, 7, 3, 5, 1),
  conv(2, 5, 3, 24, 16, 1),
  norm(2, 7, 5, 8, 4),
  norm(3, 14, 14, 48, 8),
  norm(1, 33, 1, 12, 3),
];

export function random(shape: number[], seed: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(createRng(seed).fillNormal(new Float32Array(size)), shape);
}

/** The op's output, and the gradients of Σ weights·output. */
export async function run({ shapes, forward, gradients }: KernelCase): Promise<Float32Array[]> {
  const results = tidy(() => {
    const inputs = shapes.map((shape, i) => random(shape, i + 1));
    const [y, ...kept] = forward(...inputs);
    return [y, ...gradients(random(y.shape, 99), inputs, kept)];
  });
  const arrays: Float32Array[] = [];
  for (const t of results) {
    arrays.push(Float32Array.from(await t.data()));
    t.dispose();
  }
  return arrays;
}

/** Largest difference, in units of the largest value (at least 0.1). */
export function worstError(found: Float32Array, expected: ArrayLike<number>): number {
  let scale = 0.1;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]));
  let worst = found.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  // Not Math.max: it would have to meet NaN.
  found.forEach((value, i) => {
    const error = Math.abs(value - expected[i]) / scale;
    if (!(error <= worst)) worst = error;
  });
  return worst;
}
