/** Some steps on every backend: the same losses as on cpu, memory flat, the loss falls. */
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/lib/data/dataset.ts';
import { all16 } from '../../src/lib/data/toy2x2.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import {
  disposeSession,
  openSession,
  train,
} from '../../src/lib/tensor/recipes/diffusion/train.ts';
import { BACKENDS, useBackend } from './support/backends.ts';

/** The first losses of a run of twenty: its rate falls towards its end. */
async function losses(
  count: number,
  onStep?: (step: number) => void,
  run = defaultRun('all16'),
  data: Dataset = all16(),
): Promise<number[]> {
  const session = await openSession({ ...run, batchSize: 8, steps: 20 }, data);
  const out: number[] = [];
  for await (const { step, loss } of train(session)) {
    out.push(loss);
    onStep?.(step);
    if (step === count) break;
  }
  disposeSession(session);
  return out;
}

/** The network of the emoji, three channels in and out and three to a group, on images of 4 × 4. */
const COLOUR: RunConfig = {
  ...defaultRun('emoji'),
  model: {
    kind: 'unet',
    imageSize: 4,
    channels: 3,
    base: 12,
    multipliers: [1, 2],
    groups: 4,
    classes: 5,
  },
  warmup: 0,
};

function colours(): Dataset {
  const rng = createRng(2);
  const [count, side, channels] = [10, 4, 3];
  const images = Float32Array.from(
    { length: count * side * side * channels },
    () => rng.int(256) / 127.5 - 1,
  );
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 5);
  return {
    name: 'colours',
    images,
    labels,
    count,
    height: side,
    width: side,
    channels,
    classes: 5,
  };
}

let expectedColour: number[] | undefined;
let reference: number[] | undefined;
/** Twenty where a step is quick; software adapters take up to a second for one, and compile long before the first. */
const stepsOn = (name: string, kernels: string) =>
  name === 'wasm' ? 20 : name === 'cpu' || kernels === 'ours' ? 8 : 4;

describe.each(BACKENDS)('%s', (name) => {
  afterAll(() => setKernels('ours'));

  it.each(['stock', 'ours'] as const)(
    'trains like cpu with %s kernels, without leaking',
    async (kernels) => {
      await useBackend('cpu');
      reference ??= await losses(20);
      await useBackend(name, kernels);
      const before = memory().numTensors;
      let early = 0;
      let late = 0;
      const steps = stepsOn(name, kernels);
      const own = await losses(steps, (step) => {
        if (step === 3) early = memory().numTensors;
        if (step === steps) late = memory().numTensors;
      });
      own.forEach((loss, i) => {
        expect(Math.abs(loss - reference![i]), `step ${i + 1}`).toBeLessThan(1e-4);
      });
      expect(late).toBe(early);
      expect(memory().numTensors).toBe(before);
    },
  );

  it('learns colour and classes as cpu does', async () => {
    await useBackend('cpu');
    expectedColour ??= await losses(3, undefined, COLOUR, colours());
    await useBackend(name, 'ours');
    const own = await losses(3, undefined, COLOUR, colours());
    own.forEach((loss, i) => {
      expect(Math.abs(loss - expectedColour![i]), `step ${i + 1}`).toBeLessThan(1e-4);
    });
  });
});
