/** A run of two modules with two optimisers: kept, brought back, written and read as one, bit for bit. */
import { said } from '../said.ts';
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../src/lib/checkpoint/index.ts';
import { RECIPES } from '../../src/lib/tensor/recipes/record.ts';
import { createTrainer, type Trainer } from '../../src/lib/worker/client.ts';
import type { WorkerEvent } from '../../src/lib/worker/protocol.ts';
import { decodeRun, sameTensors } from '../../src/lib/worker/runFile.ts';
import { createSampler } from '../../src/lib/worker/sampler.ts';
import { spawn } from '../edition1/inNode.ts';
import { type PairKind, pair } from './support/pairRecipe.ts';

beforeAll(() => {
  Object.assign(RECIPES, { pair });
});

const settings = (seed: number): PairKind['config'] => ({
  recipe: 'pair',
  dataset: 'two',
  width: 6,
  learningRate: 1e-2,
  ...{ batchSize: 4, seed, steps: 0, backend: 'cpu', kernels: 'stock' },
});

/** A trainer in a worker of its own, which is gone afterwards. */
async function inWorker<T>(
  use: (trainer: Trainer<PairKind>, events: WorkerEvent<PairKind>[]) => Promise<T>,
): Promise<T> {
  const trainer = createTrainer<PairKind>({ spawn, baseUrl: 'http://book.invalid/' });
  const events: WorkerEvent<PairKind>[] = [];
  trainer.on((event) => events.push(event));
  try {
    return await use(trainer, events);
  } finally {
    trainer.dispose();
  }
}

const steps = async (trainer: Trainer<PairKind>, count: number) => {
  const losses: number[] = [];
  for (let k = 0; k < count; k++) losses.push((await trainer.step()).loss);
  return losses;
};

const draw = { count: 3, seed: 5, weights: 'ema' } as const;

/** All that nine steps in one piece come to. */
const whole = (seed: number) =>
  inWorker(async (trainer) => {
    await trainer.start(settings(seed), { train: false, keep: false });
    const losses = await steps(trainer, 9);
    const { images } = await trainer.sample(draw);
    return { losses, images, bytes: await trainer.save() };
  });

describe('a run of two modules', () => {
  it('comes back after a reload, and goes on as if there had been none', async () => {
    const expected = await whole(1);
    const first = await inWorker(async (trainer) => {
      await trainer.start(settings(1), { train: false });
      return steps(trainer, 5);
    });
    await inWorker(async (trainer, events) => {
      await trainer.start(settings(1), { train: false, restore: true });
      expect(events).toContainEqual(expect.objectContaining({ type: 'restored', step: 5 }));
      const losses = [...first, ...(await steps(trainer, 4))];
      expect(losses).toEqual(expected.losses);
      expect((await trainer.sample(draw)).images).toEqual(expected.images);
      const bytes = await trainer.save();
      expect(sameTensors(bytes, expected.bytes)).toBe(true);
      // Both curves of the whole run are there again.
      const { history } = decodeRun(bytes);
      expect(history.losses).toEqual(losses);
      expect(history.curves.generator.map((loss) => loss > 0)).toEqual(
        history.steps.map((step) => step % 2 === 0),
      );
    });
  });

  it('is one file, in which each tensor bears its module’s name; both learn, each by its own count', async () => {
    const { bytes } = await whole(2);
    const { tensors, metadata } = decodeSafetensors(bytes);
    const own = ['in.weight', 'in.bias', 'out.weight', 'out.bias'];
    const parts = ['weights', 'm', 'v'];
    expect(Object.keys(tensors).sort()).toEqual(
      [
        ...['generator', 'critic'].flatMap((module) => [
          ...own.map((name) => `${module}.${name}`),
          ...parts.map((part) => `run.${module}.${part}`),
        ]),
        ...['steps', 'losses', 'curves.generator'].map((name) => `run.history.${name}`),
      ].sort(),
    );
    expect(JSON.parse(metadata.config)).toEqual({ recipe: 'pair', dataset: 'two', width: 6 });
    const { state, config } = decodeRun(bytes);
    expect(config).toEqual(settings(2));
    const { generator, critic } = state.modules;
    expect([state.step, generator.step, critic.step]).toEqual([9, 4, 9]);
    for (const { m, v, weights, ema } of [generator, critic]) {
      expect(m.some((value) => value !== 0)).toBe(true);
      expect(v.every((value) => value > 0)).toBe(true);
      expect(weights).not.toEqual(ema);
    }
  });

  it('is taken up from its file by another worker, and draws as a network of its own', async () => {
    const expected = await whole(3);
    const half = await inWorker(async (trainer) => {
      await trainer.start(settings(3), { train: false, keep: false });
      await steps(trainer, 4);
      return trainer.save();
    });
    await inWorker(async (trainer) => {
      expect(await said(trainer.load(half, { keep: false }))).toContain(
        '"pair", expected "diffusion"',
      );
      const loaded = await trainer.load(half, { keep: false, recipe: 'pair' });
      expect([loaded.step, loaded.run.width, loaded.parameters]).toEqual([4, 6, 58 + 37]);
      expect(await steps(trainer, 5)).toEqual(expected.losses.slice(4));
      expect(sameTensors(await trainer.save(), expected.bytes)).toBe(true);
    });
    const sampler = createSampler<PairKind>({ spawn, backend: 'cpu', kernels: 'stock' });
    await sampler.load(expected.bytes);
    expect((await sampler.sample(draw)).images).toEqual(expected.images);
    sampler.dispose();
  });

  it('goes on from exported weights: the run counts on, the optimisers of both begin anew', async () => {
    await inWorker(async (trainer) => {
      await trainer.start(settings(6), { train: false, keep: false });
      await steps(trainer, 5);
      const { step, modules } = decodeRun(await trainer.export()).state;
      expect(step).toBe(5);
      const { modules: own } = decodeRun(await trainer.save()).state;
      for (const name of ['generator', 'critic']) {
        expect(modules[name]).toMatchObject({ step: 5, before: 5 });
        expect(modules[name].m.every((value) => value === 0)).toBe(true);
        // In 16 bits: 11 of precision.
        modules[name].weights.forEach((value, i) => {
          expect(Math.abs(value - own[name].ema[i])).toBeLessThanOrEqual(2 ** -11);
        });
      }
    });
  });

  it('goes back to the last good copy of both when a number of either is none', async () => {
    await inWorker(async (trainer, events) => {
      await trainer.start(settings(4), { train: false, keep: false });
      await steps(trainer, 3);
      const good = await trainer.save();
      // Adam with a boundless rate spoils the weights of both in the next step, and the loss of the one after it.
      await trainer.setHyper({ learningRate: Number.POSITIVE_INFINITY, width: 9 });
      await steps(trainer, 2);
      expect(events).toContainEqual(
        expect.objectContaining({ type: 'error', code: 'lossNotFinite' }),
      );
      await trainer.setHyper({ learningRate: 1e-2 });
      expect(sameTensors(await trainer.save(), good)).toBe(true);
      const expected = await whole(4);
      expect(await steps(trainer, 6)).toEqual(expected.losses.slice(3));
    });
  });

  it('answers what its recipe can, and says so of the rest', async () => {
    await inWorker(async (trainer) => {
      await trainer.start(settings(5), { train: false, keep: false });
      expect(await said(trainer.evaluate({ weights: 'ema' }))).toContain('has no answer');
      expect(await said(trainer.activations({}))).toContain('has no answer');
    });
  });
});
