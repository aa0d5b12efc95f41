/** On wasm whatever is drawn is drawn by the compiled network, beside a training that goes on. */
import { engine, memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UNetConfig } from '../../src/lib/checkpoint/config.ts';
import { loadDataset } from '../../src/lib/data/index.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { createBrowserPlan } from '../../src/lib/tensor/kernels/wasm/browserPlan.ts';
import { createNetwork } from '../../src/lib/tensor/network.ts';
import { graphOf } from '../../src/lib/tensor/networks/index.ts';
import { freshState } from '../../src/lib/tensor/optimizer.ts';
import { disposeParams, initialParameters, toTensors } from '../../src/lib/tensor/params.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import type { SampleOptions } from '../../src/lib/tensor/recipes/diffusion/options.ts';
import { sample } from '../../src/lib/tensor/recipes/diffusion/sample.ts';
import {
  createSession,
  disposeSession,
  type Session,
  trainStep,
} from '../../src/lib/tensor/recipes/diffusion/train.ts';
import { useBackend } from './support/backends.ts';
import { inPageTrainer, type Watched } from './support/inPage.ts';

const config = (classes: number, channels: number): UNetConfig => ({
  kind: 'unet',
  imageSize: 28,
  channels,
  base: 8,
  multipliers: [1, 2],
  groups: 4,
  classes,
});

const diffusion = { schedule: 'cosine', T: 100, prediction: 'v' } as const;

/** Digits whose channels say different things of each pixel. */
async function pictures(channels: number) {
  const grey = await loadDataset('digits', { seed: 1, count: 40 });
  const images = Float32Array.from(
    { length: channels * grey.images.length },
    (_, i) => (1 - (i % channels)) * grey.images[Math.floor(i / channels)],
  );
  return { ...grey, images, channels };
}

async function sessionOn(
  threads: number,
  classes: number,
  batchSize: number,
  channels = 1,
): Promise<Session> {
  await useBackend('wasm', 'ours');
  const model = config(classes, channels);
  const plan = await createBrowserPlan(graphOf(model), batchSize, { threads });
  const { specs } = createNetwork(model);
  const rng = createRng(8);
  const weights = initialParameters(specs, 3);
  // Away from the zero start of the last layer, where every picture would be the same.
  for (let i = 0; i < weights.length; i++) weights[i] += 0.1 * rng.normal();
  const options = {
    ...{ model, diffusion, batchSize, learningRate: 2e-3, warmup: 1 },
    ...{ emaDecay: 0.9, seed: 2, steps: 0 },
  };
  return createSession(options, await pictures(channels), freshState(weights), plan);
}

const request: SampleOptions = {
  count: 5,
  steps: 6,
  sampler: 'ddim',
  variance: 'betaTilde',
  eta: 0,
  seed: 4,
  clip: true,
};

interface Drawing {
  classes: number;
  batch: number;
  options: Partial<SampleOptions>;
  channels?: number;
}

const CASES: Record<string, Drawing> = {
  'without classes': { classes: 0, batch: 4, options: {} },
  'with noise in each step': { classes: 0, batch: 4, options: { sampler: 'ddpm', clip: false } },
  'one picture': { classes: 0, batch: 4, options: { count: 1 } },
  'more pictures than a job takes, from a batch of one': {
    classes: 0,
    batch: 1,
    options: { count: 70, steps: 2 },
  },
  'guided to classes': {
    classes: 10,
    batch: 4,
    options: { count: 20, labels: Array.from({ length: 20 }, (_, i) => i % 10), guidanceScale: 3 },
  },
  'colour, guided': {
    classes: 10,
    batch: 4,
    channels: 3,
    options: { count: 3, labels: [2, 5, 9], guidanceScale: 2 },
  },
};

describe.each([1, 2])('a frozen copy of a run on wasm, %i threads', (threads) => {
  it.each(Object.entries(CASES))(
    'draws as the network op by op does, while steps go on: %s',
    async (_, { classes, batch, options, channels }) => {
      const session = await sessionOn(threads, classes, batch, channels);
      expect(session.stepper.threads).toBe(threads);
      for (let i = 0; i < 3; i++) await trainStep(session);
      const wanted = { ...request, ...options };
      for (const weights of ['ema', 'raw'] as const) {
        const state = await session.optimizer.read();
        const params = toTensors(
          session.network.specs,
          weights === 'ema' ? state.ema : state.weights,
        );
        const expected: Float32Array[] = [];
        const ops = { network: session.network, params, diffusion };
        for (const { x } of sample(ops, wanted)) expected.push(Float32Array.from(await x.data()));
        disposeParams(params);

        const frozen = session.stepper.frozen?.(weights);
        if (!frozen) throw new Error('wasm has no frozen copy');
        const model = { network: frozen.network, params: {}, diffusion };
        let at = 0;
        for (const { x } of sample(model, wanted)) {
          const own = Float32Array.from(await x.data());
          const exact = expected[at++];
          // Each of the six steps rounds sums of some hundred float32 numbers in another order, and the next one amplifies it.
          const scale = exact.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
          const off = own.reduce((most, v, i) => Math.max(most, Math.abs(v - exact[i])), 0);
          expect(off / scale, `${weights}, step ${at}`).toBeLessThan(2e-4);
          // The weights that it draws with are those of before.
          await trainStep(session);
        }
        expect(at).toBe(wanted.steps);
        frozen.dispose();
      }
      disposeSession(session);
    },
  );

  it('leaves the steps as they would be without it, and nothing behind', async () => {
    const [alone, watched] = [await sessionOn(threads, 0, 4), await sessionOn(threads, 0, 4)];
    const Original = WebAssembly.Memory;
    let memories = 0;
    WebAssembly.Memory = new Proxy(Original, {
      construct(target, args) {
        memories++;
        return Reflect.construct(target, args);
      },
    });
    try {
      const { bytes } = watched.stepper;
      const tensors = memory().numTensors;
      for (let i = 0; i < 5; i++) {
        const frozen = watched.stepper.frozen?.('ema');
        if (!frozen) throw new Error('wasm has no frozen copy');
        const model = { network: frozen.network, params: {}, diffusion };
        for (const _ of sample(model, request))
          expect((await trainStep(watched)).loss).toBe((await trainStep(alone)).loss);
        frozen.dispose();
      }
      expect(memory().numTensors).toBe(tensors);
      expect(watched.stepper.bytes).toBe(bytes);
      expect(memories).toBe(0);
    } finally {
      WebAssembly.Memory = Original;
      disposeSession(alone);
      disposeSession(watched);
    }
  });
});

/** The names of the kernels that TensorFlow.js runs during `work`. */
async function kernelsDuring(work: () => Promise<unknown>): Promise<Set<string>> {
  const { kernelNames } = await engine().profile(async () => {
    await work();
    return [];
  });
  return new Set(kernelNames);
}

const LAYERS = ['FN_Conv2D', 'Conv2D', 'FusedConv2D', 'FN_GroupNormSilu', 'FN_Dense'];
const layersAmong = (names: Set<string>) => LAYERS.filter((name) => names.has(name));

describe('what the worker draws and measures on wasm', () => {
  let run: Watched;
  const wanted = { ...request, count: 4, weights: 'ema', trajectory: true } as const;
  beforeAll(async () => {
    run = inPageTrainer();
    const config = { ...defaultRun('two'), backend: 'wasm' } as const;
    await run.trainer.forgetRun(config);
    await run.trainer.start(config);
    await run.next('step', ({ step }) => step >= 5);
    await run.trainer.pause();
  });
  afterAll(async () => {
    run.trainer.dispose();
  });

  it('runs no layer op by op for a drawing', async () => {
    expect(layersAmong(await kernelsDuring(() => run.trainer.sample(wanted)))).toEqual([]);
  });

  it('runs no layer op by op for the loss at each t', async () => {
    const evaluation = { kind: 'lossPerT' as const, timesteps: [1, 50], samplesPerT: 70, seed: 1 };
    const names = await kernelsDuring(() =>
      run.trainer.evaluate({ ...evaluation, weights: 'ema' }),
    );
    expect(layersAmong(names)).toEqual([]);
  });

  it('looks into the layers op by op, which the compiled network cannot', async () => {
    const x = new Float32Array(4);
    const names = await kernelsDuring(() => run.trainer.activations({ x, t: 5 }));
    expect(layersAmong(names).length).toBeGreaterThan(0);
  });

  it('draws while it trains, and says how long that took by itself', async () => {
    await run.trainer.resume();
    const before = run.events.length;
    const began = performance.now();
    const { seconds } = await run.trainer.sample({ ...wanted, steps: 50 });
    const whole = (performance.now() - began) / 1000;
    const steps = run.events.slice(before).filter(({ type }) => type === 'frame');
    expect(steps).toHaveLength(50);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(whole);
    await run.trainer.pause();
  });
});
