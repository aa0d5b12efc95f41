/** Our WebAssembly kernels, op by op, against the stock ops of the cpu backend: odd shapes, values and gradients. */
import {
  grads,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { avgPool2 } from '../../src/lib/tensor/ops/avgPool2.ts';
import { concatChannels, upsample2Concat } from '../../src/lib/tensor/ops/concatChannels.ts';
import { conv2d } from '../../src/lib/tensor/ops/conv2d.ts';
import { dense } from '../../src/lib/tensor/ops/dense.ts';
import { hasFused, setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { groupNormSilu } from '../../src/lib/tensor/ops/groupNormSilu.ts';
import { silu } from '../../src/lib/tensor/ops/silu.ts';
import { weightedMse } from '../../src/lib/tensor/ops/weightedMse.ts';
import { useBackend } from './support/backends.ts';

type Op = (...inputs: Tensor[]) => Tensor;
interface Case {
  name: string;
  shapes: number[][];
  op: Op;
}

const conv = (shapes: number[][], label: string): Case => ({
  name: `conv2d ${label}`,
  shapes,
  op: (x, w, b, timeBias, residual) =>
    conv2d(x as Tensor4D, w as Tensor4D, b as Tensor1D, {
      timeBias: timeBias as Tensor2D | undefined,
      residual: residual as Tensor4D | undefined,
    }),
});

/** [batch, h, w, in, out, kernel] with bias, time bias and residual. */
const convAll = (b: number, h: number, w: number, ci: number, co: number, k: number) =>
  conv([[b, h, w, ci], [k, k, ci, co], [co], [b, co], [b, h, w, co]], `${[b, h, w, ci, co, k]}`);

const CASES: Case[] = [
  convAll(1, 7, 7, 1, 4, 3),
  convAll(1, 7, 5, 3, 5, 3),
  convAll(3, 2, 2, 8, 12, 3),
  convAll(2, 1, 1, 4, 4, 3),
  convAll(1, 1, 9, 6, 1, 3),
  convAll(2, 28, 28, 16, 16, 3),
  convAll(5, 7, 7, 20, 36, 3),
  convAll(2, 14, 14, 64, 32, 3),
  convAll(1, 40, 3, 4, 8, 3),
  convAll(1, 7, 7, 3, 5, 1),
  convAll(2, 5, 3, 48, 16, 1),
  conv([[2, 6, 6, 4], [3, 3, 4, 8], [8]], 'with a bias only'),
  ...[
    [2, 7, 5, 8, 4],
    [1, 1, 1, 16, 8],
    [3, 28, 28, 48, 8],
    [1, 33, 1, 12, 3],
  ].map(([b, h, w, c, groups]) => ({
    name: `groupNormSilu ${[b, h, w, c]} in ${groups} groups`,
    shapes: [[b, h, w, c], [c], [c]],
    op: (x: Tensor, gamma: Tensor, beta: Tensor) =>
      groupNormSilu(x as Tensor4D, gamma as Tensor1D, beta as Tensor1D, groups),
  })),
  { name: 'avgPool2', shapes: [[3, 6, 10, 12]], op: (x) => avgPool2(x as Tensor4D) },
  {
    name: 'concatChannels',
    shapes: [
      [2, 7, 3, 8],
      [2, 7, 3, 12],
    ],
    op: (a, b) => concatChannels(a as Tensor4D, b as Tensor4D),
  },
  {
    name: 'upsample2Concat',
    shapes: [
      [2, 7, 3, 8],
      [2, 14, 6, 4],
    ],
    op: (a, b) => upsample2Concat(a as Tensor4D, b as Tensor4D),
  },
  ...[
    [1, 3, 5],
    [7, 64, 16],
    [16, 11, 64],
  ].map(([rows, ci, co]) => ({
    name: `dense ${[rows, ci, co]}`,
    shapes: [[rows, ci], [ci, co], [co]],
    op: (x: Tensor, w: Tensor, b: Tensor) => dense(x as Tensor2D, w as Tensor2D, b as Tensor1D),
  })),
  { name: 'silu', shapes: [[3, 7]], op: (x) => silu(x) },
  {
    name: 'weightedMse',
    shapes: [[3, 5, 5, 1]],
    op: (prediction) => {
      const target = random([3, 5, 5, 1], 77);
      return weightedMse(prediction, target, tensor([1, 0.5, 3]) as Tensor1D);
    },
  },
];

function random(shape: number[], seed: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(createRng(seed).fillNormal(new Float32Array(size)), shape);
}

/** The op's output and the gradients of Σ weights·output. */
function run({ shapes, op }: Case): Float32Array[] {
  const outputs = tidy(() => {
    const inputs = shapes.map((shape, i) => random(shape, i + 1));
    const y = op(...inputs);
    const weights = random(y.shape, 99);
    const gradients = grads(op)(inputs, weights);
    return [y, ...gradients];
  });
  const arrays = outputs.map((t) => Float32Array.from(t.dataSync()));
  for (const t of outputs) t.dispose();
  return arrays;
}

describe('WebAssembly kernels', () => {
  const reference = new Map<string, Float32Array[]>();
  beforeAll(async () => {
    await useBackend('cpu');
    for (const one of CASES) reference.set(one.name, run(one));
    await useBackend('wasm', 'ours');
  });
  afterAll(() => setKernels('ours'));

  it('are registered', () => {
    expect(hasFused('FN_Conv2D')).toBe(true);
    expect(hasFused('FN_GroupNormSilu')).toBe(true);
  });

  it.each(CASES)('$name agrees with the cpu backend', (one) => {
    const found = run(one);
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

  it('leave their neighbours in memory alone', () => {
    // Tensors allocated around the run keep every bit.
    const guards = Array.from({ length: 40 }, (_, i) => random([1 + 13 * i], i));
    const before = guards.map((t) => Float32Array.from(t.dataSync()));
    for (const one of CASES) run(one);
    guards.forEach((t, i) => {
      expect(Float32Array.from(t.dataSync())).toEqual(before[i]);
      t.dispose();
    });
  });
});
