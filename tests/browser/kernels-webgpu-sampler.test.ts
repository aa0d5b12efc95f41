/** Sampling by recorded passes on WebGPU against the stock ops of the cpu backend: every sampler, guidance, odd shapes. */
import { backend, memory, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { ModelConfig, UNetConfig } from '../../src/lib/checkpoint/config.ts';
import { readCheckpoint } from '../../src/lib/checkpoint/index.ts';
import { partsOf } from '../../src/lib/math/mistakes/bugs.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { buildGraph } from '../../src/lib/tensor/graph/build.ts';
import { createSampler } from '../../src/lib/tensor/kernels/webgpu/sampler.ts';
import { takeStreams } from '../../src/lib/tensor/kernels/webgpu/samplerStep.ts';
import { createStepper } from '../../src/lib/tensor/kernels/webgpu/stepper.ts';
import { createNetwork, type Network } from '../../src/lib/tensor/network.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { freshState } from '../../src/lib/tensor/optimizer.ts';
import {
  disposeParams,
  flatten,
  initialParameters,
  toTensors,
} from '../../src/lib/tensor/params.ts';
import { compileNetwork } from '../../src/lib/tensor/plans.ts';
import { hearing } from '../../src/lib/tensor/recipes/diffusion/answers.ts';
import { parseConfig } from '../../src/lib/tensor/recipes/diffusion/config.ts';
import { loadNetwork } from '../../src/lib/tensor/recipes/diffusion/loaded.ts';
import type { SampleOptions } from '../../src/lib/tensor/recipes/diffusion/options.ts';
import {
  type Model,
  sample,
  sampleStreams,
} from '../../src/lib/tensor/recipes/diffusion/sample.ts';
import { useBackend } from './support/backends.ts';
import { TINY } from './support/tinyNet.ts';

afterAll(() => setKernels('ours'));

const base: SampleOptions = {
  ...{ count: 2, steps: 4, sampler: 'ddim', variance: 'beta', eta: 0, seed: 5, clip: true },
};
const odd: UNetConfig = { ...TINY, imageSize: 7, multipliers: [1], classes: 0 };
const three: UNetConfig = { ...TINY, imageSize: 8, channels: 3, multipliers: [1, 2, 1] };

const points: ModelConfig = { kind: 'mlp', inputs: 2, width: 12, layers: 2, classes: 2 };

const cases: [string, ModelConfig, Partial<SampleOptions>, Partial<Model>][] = [
  ['one 7×7 image, DDIM', odd, { count: 1 }, {}],
  ['the ancestral sampler, not clipped', odd, { sampler: 'ddpm', clip: false }, {}],
  ['DDIM with noise and classes', TINY, { eta: 0.5, labels: [1, 0] }, {}],
  ['Heun, twice a step, over noise that is raised', odd, { sampler: 'heun', churn: 2 }, {}],
  ['a sampler that remembers, guided', TINY, guided('dpmSolver'), {}],
  ['Euler–Maruyama, not clipped', odd, { sampler: 'eulerMaruyama', clip: false }, {}],
  ['guidance', TINY, guided('ddpm'), {}],
  ['more images than one pass takes, guided', TINY, chunks(70), {}],
  ['three channels, predicting ε', three, { clip: false, eta: 1 }, withPrediction('epsilon')],
  ['points', points, { count: 90, eta: 1, guidanceScale: 2, labels: labels(90) }, {}],
  ['a network that hears no time', TINY, { labels: [2, 1] }, { parts: partsOf('noTimeEmbedding') }],
];

function guided(sampler: SampleOptions['sampler']): Partial<SampleOptions> {
  return { labels: [1, 0], guidanceScale: 2.5, sampler };
}

function labels(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i % 3);
}

function chunks(count: number): Partial<SampleOptions> {
  return {
    count,
    steps: 2,
    eta: 1,
    guidanceScale: 1.5,
    labels: labels(count),
  };
}

function withPrediction(prediction: 'epsilon' | 'x0'): Partial<Model> {
  return { diffusion: { schedule: 'linear', T: 100, prediction } };
}

function randomWeights({ specs }: Network) {
  const flat = initialParameters(specs, 3);
  const rng = createRng(4);
  for (let i = 0; i < flat.length; i++) flat[i] += 0.1 * rng.normal();
  return flat;
}

async function trajectory(model: Model, options: SampleOptions) {
  const steps: Float32Array[] = [];
  const network = hearing(model.network, model.parts ?? partsOf());
  for (const { x, x0 } of sample({ ...model, network }, options))
    steps.push(Float32Array.from(await x.data()), Float32Array.from(await x0.data()));
  return steps;
}

function expectClose(found: Float32Array[], expected: Float32Array[]) {
  expect(found.length).toBe(expected.length);
  found.forEach((values, i) => {
    const scale = expected[i].reduce((most, v) => Math.max(most, Math.abs(v)), 1);
    const worst = values.reduce((w, v, k) => Math.max(w, Math.abs(v - expected[i][k])), 0);
    expect(worst / scale, `array ${i}`).toBeLessThan(1e-4);
    expect(values.some((v) => v !== 0)).toBe(true);
  });
}

describe('the recorded sampler', () => {
  it.each(cases)('%s', async (_name, config, some, more) => {
    const network = createNetwork(config);
    const flat = randomWeights(network);
    const diffusion = { schedule: 'cosine', T: 100, prediction: 'v' } as const;
    const options = { ...base, ...some };

    await useBackend('cpu', 'stock');
    const params = toTensors(network.specs, flat);
    const expected = await trajectory({ network, params, diffusion, ...more }, options);
    disposeParams(params);

    await useBackend('webgpu', 'ours');
    const before = memory().numTensors;
    const errors: string[] = [];
    const { device } = backend() as unknown as { device: GPUDevice };
    device.addEventListener('uncapturederror', ({ error }) => void errors.push(error.message));
    const compiled = (await compileNetwork(network, flat, 16))!;
    const found = await trajectory(
      { network: compiled.network, params: {}, diffusion, ...more },
      options,
    );
    expect(errors).toEqual([]);
    expectClose(found, expected);
    compiled.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('takes the first of two answers a pixel for the prediction', async () => {
    const graph = buildGraph((b) => {
      const vector = b.input('features', { h: 1, w: 1, c: 32 });
      const row = b.dense('row', 32, 8)(b.embedding('class.embedding', 2, 32)(vector));
      const x = b.input('x', { h: 4, w: 4, c: 3 });
      return b.conv('out', 3, 8, 6)(b.norm('norm', 8, 4)(b.conv('in', 3, 3, 8)(x, { row })));
    });
    const network: Network = { ...createNetwork(three), graph, specs: graph.specs };
    await useBackend('webgpu', 'ours');
    const compiled = createSampler(network, randomWeights(network))!;
    const x = tensor4d(createRng(1).fillNormal(new Float32Array(96)), [2, 4, 4, 3]);
    const first = async (labels?: number[]) => {
      const y = compiled.network.forward({}, x, { t: [7, 7], T: 100, labels });
      expect(y.shape).toEqual([2, 4, 4, 6]);
      const values = Float32Array.from(await y.data()).filter((_, k) => k % 6 < 3);
      y.dispose();
      return values;
    };
    const [told, free] = [await first([1, 0]), await first()];
    const [[next], x0] = compiled.network.sampleStep!([x], {
      ...{ t: 7, T: 100, labels: [1, 0], guidanceScale: 2, clip: false, noise: null },
      toX0: { xt: 0, prediction: 1 },
      weights: [{ registers: [0], answer: 3, z: 0 }],
    });
    const guided = told.map((value, k) => 2 * value - free[k]);
    expectClose([Float32Array.from(await x0.data())], [guided]);
    expectClose([Float32Array.from(await next.data())], [guided.map((value) => 3 * value)]);
    for (const one of [x, next, x0]) one.dispose();
    compiled.dispose();
  });

  it('moves the streams past what the device draws, and leaves broken pairs to the host', () => {
    const [device, host] = [sampleStreams(8, 3), sampleStreams(8, 3)];
    for (const rng of [...device, ...host]) rng.fillNormal(new Float32Array(6));
    const places = takeStreams(device, 10)!;
    expect([...places.subarray(3, 6)]).toEqual([...host[1].state().key, 12]);
    for (const rng of host) rng.fillNormal(new Float32Array(10));
    expect(device.map((rng) => rng.normal())).toEqual(host.map((rng) => rng.normal()));
    // Half a pair is left over now.
    const before = device.map((rng) => rng.state());
    expect(takeStreams(device, 10)).toBeNull();
    expect(takeStreams(sampleStreams(8, 3), 7)).toBeNull();
    expect(device.map((rng) => rng.state())).toEqual(before);
  });

  it('takes a whole step in one submission of few dispatches', async () => {
    await useBackend('webgpu', 'ours');
    const network = createNetwork(three);
    const compiled = (await compileNetwork(network, randomWeights(network), 16))!;
    const diffusion = { schedule: 'cosine', T: 100, prediction: 'v' } as const;
    const model = { network: compiled.network, params: {}, diffusion };
    const { submit } = GPUQueue.prototype;
    let submissions = 0;
    GPUQueue.prototype.submit = function (...args) {
      submissions++;
      return submit.apply(this, args);
    };
    let last: Float32Array | undefined;
    try {
      for (const { x, index, total } of sample(model, { ...base, steps: 5, eta: 1 }))
        if (index === total) {
          // The first step also hands over what TensorFlow.js held back.
          expect(submissions).toBeLessThanOrEqual(6);
          last = Float32Array.from(await x.data());
        }
    } finally {
      GPUQueue.prototype.submit = submit;
    }
    expect(last?.every(Number.isFinite)).toBe(true);
    compiled.dispose();
  });

  it('of a run follows its weights, and a frozen one does not', async () => {
    await useBackend('webgpu', 'ours');
    const network = createNetwork(TINY);
    const stepper = createStepper(network, freshState(randomWeights(network)), 2)!;
    const x = createRng(1).fillNormal(new Float32Array(2 * 16));
    const of = async (one: Network) => {
      const y = tidy(() =>
        one.forward({}, tensor4d(x, [2, 4, 4, 1]), { t: [3, 70], T: 100, labels: [0, 2] }),
      );
      const values = Float32Array.from(await y.data());
      y.dispose();
      return values;
    };
    const [live, frozen] = [stepper.quick!('raw')!, stepper.frozen!('raw')!];
    const [start, same] = [await of(live), await of(frozen.network)];
    expect(same).toEqual(start);
    const batch = {
      xt: x,
      target: x.map((v) => -v),
      t: Int32Array.of(5, 50),
      time: [5, 50],
      T: 100,
    };
    const hyper = { step: 1, learningRate: 1e-2, emaDecay: 0.5, clipNorm: 1 };
    await stepper.issue({ ...batch, labels: Int32Array.of(0, 1) }, [1, 1], hyper);
    expect(await of(frozen.network)).toEqual(start);
    const moved = await of(live);
    expect(moved).not.toEqual(start);
    // The op-by-op network with the run's own weights says the same.
    const params = stepper.store.params();
    const y = tidy(() =>
      network.forward(params, tensor4d(x, [2, 4, 4, 1]), { t: [3, 70], T: 100, labels: [0, 2] }),
    );
    expectClose([moved], [Float32Array.from(await y.data())]);
    y.dispose();
    frozen.dispose();
    stepper.store.dispose();
  });
});

it('a checkpoint is compiled anew for each backend, and for none with stock kernels', async () => {
  const answer = await fetch('/checkpoints/digits.safetensors');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const { config, tensors } = readCheckpoint(bytes, parseConfig);
  const loaded = loadNetwork(config, flatten(createNetwork(config.model).specs, tensors));
  const ways = async () => Object.keys((await loaded.open()).model.params);
  const options = { ...base, count: 1, steps: 2, labels: [3], guidanceScale: 2 };
  await useBackend('webgpu', 'stock');
  expect((await ways()).length).toBeGreaterThan(40);
  await useBackend('wasm', 'ours');
  expect(await ways()).toEqual([]);
  const expected = await trajectory((await loaded.open()).model, options);
  await useBackend('webgpu', 'ours');
  expect(await ways()).toEqual([]);
  expectClose(await trajectory((await loaded.open()).model, options), expected);
  loaded.dispose();
});
