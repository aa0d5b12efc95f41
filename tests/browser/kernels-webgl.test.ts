/** Our WebGL programs, op by op, against the stock ops of the cpu backend: odd shapes, values and gradients. */
import { env, memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { limits } from '../../src/lib/tensor/kernels/webgl/targets.ts';
import { hasFused, setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { createOptimizer, type FlatState } from '../../src/lib/tensor/optimizer.ts';
import type { ParamSpec } from '../../src/lib/tensor/params.ts';
import { useBackend } from './support/backends.ts';
import {
  CASES,
  join,
  type KernelCase,
  pool,
  random,
  run,
  worstError,
} from './support/kernelCases.ts';

/** Halves of odd and even width; an odd number of channels that comes second, or first (the stock ops take it). */
const RESAMPLING = [
  pool(3, 6, 10, 12),
  pool(1, 2, 6, 5),
  pool(2, 4, 2, 1),
  pool(1, 6, 16, 3),
  join(false, [2, 7, 5, 4], [2, 7, 5, 3]),
  join(false, [1, 3, 3, 5], [1, 3, 3, 4]),
  join(true, [2, 7, 5, 4], [2, 14, 10, 5]),
  join(true, [1, 4, 7, 6], [1, 8, 14, 2]),
  join(true, [1, 2, 1, 3], [1, 4, 2, 4]),
];

const ALL = [...CASES, ...RESAMPLING];

describe('WebGL kernels', () => {
  const reference = new Map<string, Float32Array[]>();

  beforeAll(async () => {
    await useBackend('cpu');
    for (const one of ALL) reference.set(one.name, await run(one));
    await useBackend('webgl', 'ours');
  });

  afterAll(() => setKernels('ours'));

  it('are registered', () => {
    for (const name of ['FN_Conv2DBackFilter', 'FN_GroupNormSilu', 'FN_GroupNormSiluGrad'] as const)
      expect(hasFused(name)).toBe(true);
  });

  async function agrees(one: KernelCase) {
    const found = await run(one);
    const expected = reference.get(one.name)!;
    expect(found.length).toBe(expected.length);
    found.forEach((values, i) => {
      expect(worstError(values, expected[i]), `output ${i}`).toBeLessThan(3e-5);
    });
  }

  it.each(ALL)('$name agrees with the cpu backend', agrees);

  it.each([2, 4])('all agree where a fragment may have %i targets', async (targets) => {
    const { targets: most } = limits;
    limits.targets = targets;
    try {
      for (const one of ALL) await agrees(one);
    } finally {
      limits.targets = most;
    }
  });

  it('all agree where a texture may not be as high as its tensor', async () => {
    const most = env().getNumber('WEBGL_MAX_TEXTURE_SIZE');
    env().set('WEBGL_MAX_TEXTURE_SIZE', 100);
    try {
      for (const one of ALL) await agrees(one);
    } finally {
      env().set('WEBGL_MAX_TEXTURE_SIZE', most);
    }
  });
});

describe('the WebGL optimiser', () => {
  afterAll(() => setKernels('ours'));

  /** Odd sizes, so that no tensor begins where a texel does. */
  const specs: ParamSpec[] = [[3, 3, 1, 5], [7], [5, 9], [1], [1, 1, 3, 2]].map((shape, i) => ({
    name: `layer.${i}`,
    shape,
    init: 'zeros',
  }));
  const count = specs.reduce((n, { shape }) => n + shape.reduce((a, b) => a * b, 1), 0);

  /** Four steps: two of them clipped, the last without clipping. */
  async function follow(backend: 'cpu' | 'webgl', kernels: 'stock' | 'ours') {
    await useBackend(backend, kernels);
    const before = memory().numTensors;
    const rng = createRng(3);
    const values = () => rng.fillNormal(new Float32Array(count));
    const v = values().map((x) => 0.01 * x * x);
    const start: FlatState = { step: 3, weights: values(), ema: values(), m: values(), v };
    const optimizer = createOptimizer(specs, start);
    const norms: number[] = [];
    for (let step = 4; step < 8; step++) {
      const gradients = specs.map(({ shape }, i) => random(shape, 10 * step + i));
      const clipNorm = [1, 100, 2, 0][step - 4];
      const hyper = { step, learningRate: 1e-2, emaDecay: 0.95, clipNorm };
      const norm = optimizer.step(gradients, hyper);
      norms.push((await norm.data())[0]);
      for (const t of [norm, ...gradients]) t.dispose();
    }
    const arrays: Record<string, Float32Array> = {};
    for (const [name, t] of Object.entries(optimizer.params()))
      arrays[name] = Float32Array.from(await t.data());
    const average = optimizer.emaParams();
    for (const [name, t] of Object.entries(average)) {
      arrays[`ema ${name}`] = Float32Array.from(await t.data());
      t.dispose();
    }
    const { step, ...state } = await optimizer.read();
    optimizer.dispose();
    expect(memory().numTensors).toBe(before);
    return { norms: Float32Array.from(norms), step, ...arrays, ...state };
  }

  it('computes what the stock ops of the cpu backend compute', async () => {
    const expected = await follow('cpu', 'stock');
    const found = await follow('webgl', 'ours');
    expect(found.step).toBe(7);
    for (const [name, values] of Object.entries(expected))
      if (name !== 'step') {
        const own = (found as unknown as Record<string, Float32Array>)[name];
        expect(worstError(own, values as Float32Array), name).toBeLessThan(1e-6);
      }
  });
});
