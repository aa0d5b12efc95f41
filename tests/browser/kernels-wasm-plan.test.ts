/** The compiled training step against the op-by-op path: same loss, same gradients, same updates. */
import { reshape, tensor1d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { UNetConfig } from '../../src/lib/checkpoint/config.ts';
import { loadDataset } from '../../src/lib/data/index.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';
import { createBrowserPlan } from '../../src/lib/tensor/kernels/wasm/browserPlan.ts';
import { createNetwork } from '../../src/lib/tensor/network.ts';
import { graphOf } from '../../src/lib/tensor/networks/index.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { createStockOptimizer, freshState } from '../../src/lib/tensor/optimizer.ts';
import type { KernelChoice } from '../../src/lib/tensor/options.ts';
import { initialParameters, toTensors } from '../../src/lib/tensor/params.ts';
import {
  disposeSession,
  openSession,
  trainStep,
} from '../../src/lib/tensor/recipes/diffusion/train.ts';
import { useBackend } from './support/backends.ts';
import { lossGradients } from './support/lossGradients.ts';

const T = 1000;

interface Model {
  config: UNetConfig;
  batch: number;
  /** Largest difference of a gradient, relative to its largest value. */
  tolerance: number;
}

const MODELS: Record<string, Model> = {
  'the bench model': {
    config: unet({ imageSize: 28, base: 16, multipliers: [1, 2, 2], groups: 8, classes: 0 }),
    batch: 5,
    tolerance: 2e-5,
  },
  'a conditional one on 2×2': {
    config: unet({ imageSize: 2, base: 8, multipliers: [1, 3], groups: 8, classes: 10 }),
    batch: 9,
    // Groups of three numbers are normalised here: small differences between large values.
    tolerance: 3e-4,
  },
  'one level, three colours, odd size': {
    config: unet({ imageSize: 7, channels: 3, base: 12, multipliers: [2], groups: 4, classes: 2 }),
    batch: 1,
    tolerance: 2e-5,
  },
  'odd small images, groups across both parts of an input': {
    config: unet({ imageSize: 6, base: 12, multipliers: [1, 2], groups: 4, classes: 0 }),
    batch: 2,
    tolerance: 5e-5,
  },
  'equal widths': {
    config: unet({ imageSize: 12, base: 8, multipliers: [1, 1, 1], groups: 4, classes: 0 }),
    batch: 3,
    tolerance: 2e-5,
  },
};

function unet(part: Partial<UNetConfig> & Omit<UNetConfig, 'kind' | 'channels'>): UNetConfig {
  return { kind: 'unet', channels: 1, ...part };
}

function problem({ config, batch }: Model) {
  const network = createNetwork(config);
  const rng = createRng(5);
  const size = network.imageShape.reduce((a, b) => a * b, 1);
  const weights = initialParameters(network.specs, 3);
  // Away from the zero start, where many gradients vanish.
  for (let i = 0; i < weights.length; i++) weights[i] += 0.1 * rng.normal();
  const t = Int32Array.from({ length: batch }, () => 1 + rng.int(T));
  const labels = Int32Array.from({ length: batch }, () => rng.int(config.classes + 1));
  return {
    network,
    weights,
    t,
    labels,
    x: rng.fillNormal(new Float32Array(batch * size)),
    target: rng.fillNormal(new Float32Array(batch * size)),
    lossWeights: Float32Array.from({ length: batch }, () => 0.5 + rng.uniform()),
  };
}

/** Gradients op by op, on the wasm backend. */
async function byOps(model: Model, kernels: KernelChoice) {
  await useBackend('wasm', kernels);
  const { network, weights, t, labels, x, target, lossWeights } = problem(model);
  const shape: [number, number, number, number] = [model.batch, ...network.imageShape];
  const params = toTensors(network.specs, weights);
  const result = tidy(() => {
    const input = tensor4d(x, shape);
    const conditioning = { t, T, labels };
    const goal = tensor4d(target, shape);
    const { loss, gradients } = lossGradients(
      network,
      params,
      input,
      conditioning,
      goal,
      tensor1d(lossWeights),
    );
    const prediction = network.forward(params, input, conditioning);
    return {
      loss: loss.dataSync()[0],
      gradients: gradients.map((g) => Float32Array.from(g.dataSync())),
      prediction: Float32Array.from(prediction.dataSync()),
    };
  });
  for (const param of Object.values(params)) param.dispose();
  return result;
}

async function planFor(model: Model, threads: number) {
  const { weights, x, t, labels, target, lossWeights } = problem(model);
  const plan = await createBrowserPlan(graphOf(model.config), model.batch, { threads });
  if (!plan) throw new Error('no plan for this model');
  plan.state.params.set(weights);
  plan.state.ema.set(weights);
  plan.changed();
  const features = timeFeatures(t, T, 4 * model.config.base);
  return { plan, inputs: { values: { x, features }, target, labels, weights: lossWeights } };
}

const HYPER = { step: 1, learningRate: 1e-3, emaDecay: 0.999, clipNorm: 1 };

/** Largest difference, relative to the largest value. */
function difference(found: Float32Array, expected: Float32Array): number {
  const scale = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-3);
  return found.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i])), 0) / scale;
}

describe.each(Object.entries(MODELS))('a plan of %s', (_, model) => {
  afterAll(() => setKernels('ours'));

  it.each(['ours', 'stock'] as const)('has the gradients of the ops (%s)', async (kernels) => {
    const expected = await byOps(model, kernels);
    const { plan, inputs } = await planFor(model, 2);
    const { network } = problem(model);
    expect(difference(plan.forward(inputs, 'raw'), expected.prediction)).toBeLessThan(1e-5);
    const { loss } = plan.trainStep(inputs, HYPER);
    expect(loss / expected.loss).toBeCloseTo(1, 5);
    let offset = 0;
    for (const [i, { name }] of network.specs.entries()) {
      const g = expected.gradients[i];
      const found = plan.state.gradient.subarray(offset, offset + g.length);
      expect(difference(found, g), name).toBeLessThan(model.tolerance);
      offset += g.length;
    }
    expect(offset).toBe(plan.state.gradient.length);
    plan.dispose();
  });

  it('updates as the stock optimizer does, and alike on one and two threads', async () => {
    await useBackend('wasm', 'stock');
    const { network, weights } = problem(model);
    const [one, two] = [await planFor(model, 1), await planFor(model, 2)];
    const optimizer = createStockOptimizer(network.specs, freshState(weights));
    for (let step = 1; step <= 3; step++) {
      const hyper = { ...HYPER, step };
      const results = [one, two].map(({ plan, inputs }) => plan.trainStep(inputs, hyper));
      expect(results[1]).toEqual(results[0]);
      expect(two.plan.state.params).toEqual(one.plan.state.params);
      const grads = tidy(() => {
        let offset = 0;
        return network.specs.map(({ shape }) => {
          const size = shape.reduce((a, b) => a * b, 1);
          offset += size;
          return reshape(tensor1d(one.plan.state.gradient.slice(offset - size, offset)), shape);
        });
      });
      const norm = optimizer.step(grads, hyper);
      expect(results[0].gradNorm / norm.dataSync()[0]).toBeCloseTo(1, 4);
      for (const t of [norm, ...grads]) t.dispose();
    }
    const after = await optimizer.read();
    expect(difference(one.plan.state.params, after.weights)).toBeLessThan(1e-5);
    expect(difference(one.plan.state.ema, after.ema)).toBeLessThan(1e-5);
    expect(difference(one.plan.state.m, after.m)).toBeLessThan(1e-5);
    optimizer.dispose();
    one.plan.dispose();
    two.plan.dispose();
  });

  it('predicts any number of images, from either set of weights', async () => {
    const { plan, inputs } = await planFor(model, 2);
    const whole = plan.forward(inputs, 'raw');
    expect(plan.forward(inputs, 'ema')).toEqual(whole);
    const twice = (values: ArrayLike<number>) =>
      Float32Array.from([...Array.from(values), ...Array.from(values)]);
    const double = {
      values: { x: twice(inputs.values.x), features: twice(inputs.values.features) },
      labels: twice(inputs.labels),
    };
    expect(plan.forward(double, 'raw')).toEqual(twice(whole));
    plan.state.ema.fill(0);
    plan.changed();
    expect(Math.max(...plan.forward(inputs, 'ema').map(Math.abs))).toBe(0);
    expect(plan.forward(inputs, 'raw')).toEqual(whole);
    plan.dispose();
  });
});

it('gives the losses of the stock ops over 20 steps', async () => {
  const config = unet({ imageSize: 28, base: 16, multipliers: [1, 2, 2], groups: 8, classes: 10 });
  const dataset = await loadDataset('digits', { seed: 1, count: 40 });
  const losses = async (kernels: KernelChoice) => {
    await useBackend('wasm', kernels);
    const session = await openSession(
      {
        model: config,
        diffusion: { schedule: 'cosine', T: 1000, prediction: 'v' },
        learningRate: 1e-3,
        warmup: 5,
        batchSize: 4,
        emaDecay: 0.999,
        seed: 2,
        steps: 0,
      },
      dataset,
    );
    expect(session.stepper.threads !== undefined).toBe(kernels === 'ours');
    const found: number[] = [];
    for (let i = 0; i < 20; i++) found.push((await trainStep(session)).loss);
    disposeSession(session);
    return found;
  };
  const stock = await losses('stock');
  (await losses('ours')).forEach((loss, i) => {
    expect(Math.abs(loss / stock[i] - 1), `step ${i + 1}: ${loss}, ${stock[i]}`).toBeLessThan(1e-4);
  });
});

it('refuses a width that does not fill vectors', async () => {
  const config = unet({ imageSize: 4, base: 6, multipliers: [1], groups: 2, classes: 0 });
  expect(await createBrowserPlan(graphOf(config), 2)).toBeNull();
});
