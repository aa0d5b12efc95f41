/** Our WebAssembly kernels, op by op, against the stock ops of the cpu backend: odd shapes, values and gradients. */
import { type Tensor1D, type Tensor2D, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conv2d } from '../../src/lib/tensor/ops/conv2d.ts';
import { convFilterGradient, convInputGradient } from '../../src/lib/tensor/ops/convGradients.ts';
import { dense, denseGradients } from '../../src/lib/tensor/ops/dense.ts';
import { hasFused, setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { silu, siluGradient } from '../../src/lib/tensor/ops/silu.ts';
import { weightedMse } from '../../src/lib/tensor/ops/weightedMse.ts';
import { useBackend } from './support/backends.ts';
import { conv, join, type KernelCase, norm, pool, random, run } from './support/kernelCases.ts';

const mse = (prediction: Tensor4D) => {
  const target = random(prediction.shape, 77);
  return weightedMse(prediction, target, tensor([1, 0.5, 3]) as Tensor1D);
};

const CASES: KernelCase[] = [
  conv(1, 7, 7, 1, 4, 3),
  conv(1, 7, 5, 3, 5, 3),
  conv(3, 2, 2, 8, 12, 3),
  conv(2, 1, 1, 4, 4, 3),
  conv(1, 1, 9, 6, 1, 3),
  conv(2, 28, 28, 16, 16, 3),
  conv(5, 7, 7, 20, 36, 3),
  conv(2, 14, 14, 64, 32, 3),
  conv(1, 40, 3, 4, 8, 3),
  conv(1, 7, 7, 3, 5, 1),
  conv(2, 5, 3, 48, 16, 1),
  {
    name: 'conv2d with a bias only',
    shapes: [[2, 6, 6, 4], [3, 3, 4, 8], [8]],
    forward: (x, w, b) => [conv2d(x as Tensor4D, w as Tensor4D, b as Tensor1D)],
    gradients: (dy, [x, w]) => [
      convInputGradient(dy as Tensor4D, w as Tensor4D),
      ...convFilterGradient(x as Tensor4D, dy as Tensor4D, 3),
    ],
  },
  norm(2, 7, 5, 8, 4),
  norm(1, 1, 1, 16, 8),
  norm(3, 28, 28, 48, 8),
  norm(1, 33, 1, 12, 3),
  pool(3, 6, 10, 12),
  join(false, [2, 7, 3, 8], [2, 7, 3, 12]),
  join(true, [2, 7, 3, 8], [2, 14, 6, 4]),
  ...[
    [1, 3, 5],
    [7, 64, 16],
    [16, 11, 64],
  ].map(
    ([rows, ci, co]): KernelCase => ({
      name: `dense ${[rows, ci, co]}`,
      shapes: [[rows, ci], [ci, co], [co]],
      forward: (x, w, b) => [dense(x as Tensor2D, w as Tensor2D, b as Tensor1D)],
      gradients: (dy, [x, w]) => denseGradients(x as Tensor2D, w as Tensor2D, dy as Tensor2D),
    }),
  ),
  {
    name: 'silu',
    shapes: [[3, 7]],
    forward: (x) => [silu(x)],
    gradients: (dy, [x]) => [siluGradient(x, dy)],
  },
  {
    name: 'weightedMse',
    shapes: [[3, 5, 5, 1]],
    forward: (prediction) => [mse(prediction as Tensor4D).loss],
    gradients: (_, [prediction]) => {
      const { errors, gradient } = mse(prediction as Tensor4D);
      return [errors, gradient];
    },
  },
];

describe('WebAssembly kernels', () => {
  const reference = new Map<string, Float32Array[]>();
  beforeAll(async () => {
    await useBackend('cpu');
    for (const one of CASES) reference.set(one.name, await run(one));
    await useBackend('wasm', 'ours');
  });
  afterAll(() => setKernels('ours'));

  it('are registered', () => {
    expect(hasFused('FN_Conv2D')).toBe(true);
    expect(hasFused('FN_GroupNormSilu')).toBe(true);
  });

  it.each(CASES)('$name agrees with the cpu backend', async (one) => {
    const found = await run(one);
    const expected = reference.get(one.name)!;
    expect(found.length).toBe(expected.length);
    for (const [i, values] of found.entries()) {
      const scale = Math.max(...expected[i].map(Math.abs));
      expect(scale).toBeGreaterThan(0);
      const worst = Math.max(...values.map((v, k) => Math.abs(v - expected[i][k])));
      expect(worst, `output ${i}: largest value ${scale}`).toBeLessThan(
        // Normalising two numbers leaves a gradient that is the difference of nearly equal ones.
        1e-5 * Math.max(scale, 0.1),
      );
    }
  });

  it('leave their neighbours in memory alone', async () => {
    // Tensors allocated around the run keep every bit.
    const guards = Array.from({ length: 40 }, (_, i) => random([1 + 13 * i], i));
    const before = guards.map((t) => Float32Array.from(t.dataSync()));
    for (const one of CASES) await run(one);
    guards.forEach((t, i) => {
      expect(Float32Array.from(t.dataSync())).toEqual(before[i]);
      t.dispose();
    });
  });
});
