/** The recorded WebGPU step against the stock ops of the cpu backend: weights, norm and errors after some steps. */
import { backend, memory } from '@tensorflow/tfjs-core';
import { afterAll, expect, it } from 'vitest';
import type { ModelConfig } from '../../src/lib/checkpoint/config.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { flatLayout } from '../../src/lib/tensor/kernels/webgpu/flatWeights.ts';
import { recordBackward, recordForward } from '../../src/lib/tensor/kernels/webgpu/passes.ts';
import { createRecording } from '../../src/lib/tensor/kernels/webgpu/recording.ts';
import { createStepper } from '../../src/lib/tensor/kernels/webgpu/stepper.ts';
import { createNetwork } from '../../src/lib/tensor/network.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { type FlatState, freshState } from '../../src/lib/tensor/optimizer.ts';
import { initialParameters } from '../../src/lib/tensor/params.ts';
import { opStepper, type Stepper } from '../../src/lib/tensor/stepper.ts';
import { useBackend } from './support/backends.ts';
import { worstError } from './support/kernelCases.ts';
import { TINY } from './support/tinyNet.ts';

afterAll(() => setKernels('ours'));

const BATCH = 3;
const UNET = { ...TINY, imageSize: 8, multipliers: [1, 2, 1] };
const MLP: ModelConfig = { kind: 'mlp', inputs: 2, width: 12, layers: 2, classes: 2 };

async function follow(stepper: Stepper, imageSize: number, steps: number) {
  const rng = createRng(5);
  const size = BATCH * imageSize;
  const results = [];
  for (let step = 1; step <= steps; step++) {
    const batch = {
      xt: rng.fillNormal(new Float32Array(size)),
      target: rng.fillNormal(new Float32Array(size)),
      time: [3, 70, 99],
      t: Int32Array.of(3, 70, 99),
      labels: Int32Array.of(0, 2, 1),
      T: 100,
    };
    const hyper = { step, learningRate: 1e-3, emaDecay: 0.99, clipNorm: 1 };
    results.push(await stepper.issue(batch, [1, 0.5, 2], hyper));
  }
  const state = await stepper.store.read();
  return { results, state };
}

it.each<[string, ModelConfig, number, string]>([
  // Dispatches of a step are what a GPU waits for: these are the numbers of today.
  ['a UNet', UNET, 113, 'middle.conv1.weight'],
  ['an MLP', MLP, 30, 'layers.1.time.weight'],
])('the recorded step of %s computes what the ops compute', async (_name, config, most, name) => {
  const network = createNetwork(config);
  const size = network.imageShape.reduce((a, b) => a * b, 1);
  const flat = initialParameters(network.specs, 3);
  const rng = createRng(4);
  for (let i = 0; i < flat.length; i++) flat[i] += 0.1 * rng.normal();
  const start = (): FlatState => freshState(flat.slice());

  await useBackend('cpu', 'stock');
  const slow = opStepper(network, start());
  const expected = await follow(slow, size, 3);
  slow.store.dispose();

  await useBackend('webgpu', 'ours');
  const errors: string[] = [];
  const { device } = backend() as unknown as { device: GPUDevice };
  device.addEventListener('uncapturederror', ({ error }) => {
    errors.push(error.message);
    console.error(error.message);
  });
  const before = memory().numTensors;
  const stepper = createStepper(network, start(), BATCH)!;
  const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  let dispatches = 0;
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...args) {
    dispatches++;
    return dispatch.apply(this, args);
  };
  const found = await follow(stepper, size, 3);
  GPUComputePassEncoder.prototype.dispatchWorkgroups = dispatch;
  expect(errors).toEqual([]);
  expect(dispatches / 3).toBeLessThanOrEqual(most);

  found.results.forEach(({ errors: e, gradNorm }, i) => {
    expect(worstError(e, expected.results[i].errors)).toBeLessThan(1e-4);
    expect(gradNorm / expected.results[i].gradNorm).toBeCloseTo(1, 4);
  });
  expect(found.state.step).toBe(3);
  expect(worstError(found.state.m, expected.state.m)).toBeLessThan(1e-4);
  expect(worstError(found.state.v, expected.state.v)).toBeLessThan(1e-4);
  // Where a gradient is nearly 0, Adam turns its rounding into a visible part of a step (1e-3).
  expect(worstError(found.state.weights, expected.state.weights)).toBeLessThan(1e-4);
  expect(worstError(found.state.ema, expected.state.ema)).toBeLessThan(1e-4);

  const live = Float32Array.from(await stepper.store.params()[name].data());
  const index = network.specs.findIndex((spec) => spec.name === name);
  const at = network.specs
    .slice(0, index)
    .reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0);
  expect(live).toEqual(found.state.weights.slice(at, at + live.length));
  stepper.store.dispose();
  expect(memory().numTensors).toBe(before);
});

it('a step of the base-16 UNet with classes is 110 dispatches, and its memory far less than its blocks', async () => {
  await useBackend('webgpu', 'ours');
  const { device } = backend() as unknown as { device: GPUDevice };
  const { graph, specs } = createNetwork({
    ...({ kind: 'unet', imageSize: 28, channels: 1, base: 16 } as const),
    ...{ multipliers: [1, 2, 2], groups: 8, classes: 10 },
  });
  const layout = flatLayout(specs);
  const weights = device.createBuffer({ size: 4 * layout.floats, usage: GPUBufferUsage.STORAGE });
  const r = createRecording(device, graph, layout, 16, weights);
  const places = recordForward(r);
  recordBackward(r, places, r.place(places[graph.output].shape));
  // The loss, the sums of the gradients, and Adam.
  expect(r.calls.length + 3).toBeLessThanOrEqual(110);
  const blocks = new Set(r.calls.flatMap(({ bindings }) => bindings.filter((one) => !one.buffer)));
  expect(r.finish()).toBe(true);
  expect(blocks.size).toBeGreaterThan(100);
  const made = new Set([...blocks].map(({ buffer }) => buffer));
  expect(made.size).toBeLessThan(blocks.size / 2);
  for (const buffer of [...r.buffers, weights]) buffer.destroy();
});
