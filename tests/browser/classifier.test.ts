/** The classifier's recipe: through the real worker as pages drive it, and on every backend. */
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/lib/data/index.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import {
  type ClassifierKind,
  defaultClassifier,
} from '../../src/lib/tensor/recipes/classifier/kind.ts';
import type { Measurement, StepReport } from '../../src/lib/tensor/recipes/recipe.ts';
import { RECIPES } from '../../src/lib/tensor/recipes/record.ts';
import { createTrainer, type Trainer } from '../../src/lib/worker/client.ts';
import type { WorkerEvent } from '../../src/lib/worker/protocol.ts';
import { sameTensors } from '../../src/lib/worker/runFile.ts';
import { BACKENDS, useBackend } from './support/backends.ts';

const open: Trainer<ClassifierKind>[] = [];
afterEach(() => {
  for (const trainer of open.splice(0)) trainer.dispose();
});

function trainer() {
  const own = createTrainer<ClassifierKind>();
  const events: WorkerEvent<ClassifierKind>[] = [];
  own.on((event) => events.push(event));
  open.push(own);
  return { own, events };
}

describe('in the worker, on drawn digits', () => {
  const wanted = { ...defaultClassifier('digits'), backend: 'wasm', steps: 0, seed: 23 } as const;
  it('learns, pauses, comes back from storage, goes on bit for bit, and tells new digits apart', async () => {
    const first = trainer();
    await first.own.forgetRun(wanted, { take: true });
    const info = await first.own.start(wanted);
    expect(info.backend.name).toBe('wasm');
    await expect.poll(() => first.events.some((e) => e.type === 'step' && e.step >= 20)).toBe(true);
    const { step } = await first.own.pause();
    // It stops when it hears of it: the run goes on from wherever that is.
    const end = Math.max(260, step + 40);
    first.own.dispose();

    const second = trainer();
    await second.own.start(wanted, { restore: true, train: false });
    expect(second.events).toContainEqual(expect.objectContaining({ type: 'restored', step }));
    for (let k = step; k < end; k++) await second.own.step();
    const bytes = await second.own.save();
    const points: number[] = [];
    const found = await second.own.evaluate({ weights: 'ema', split: 'test' }, ({ count }) =>
      points.push(count),
    );
    await second.own.forgetRun(wanted);
    second.own.dispose();
    // Ten classes: 0.1 by chance.
    expect(found.accuracy).toBeGreaterThan(0.9);
    expect(found.loss).toBeLessThan(0.5);
    expect(found.count).toBe(20_000);
    expect(points).toEqual(Array(40).fill(500));

    const whole = trainer();
    await whole.own.start(wanted, { train: false, keep: false });
    for (let k = 0; k < end; k++) await whole.own.step();
    expect(sameTensors(bytes, await whole.own.save())).toBe(true);
  });
});

describe('on every backend', () => {
  afterAll(() => setKernels('ours'));
  const classifier = RECIPES.classifier;
  const ways = [
    ...BACKENDS.map((name) => ({ name, kernels: name === 'cpu' ? 'stock' : 'ours' }) as const),
    { name: 'wasm', kernels: 'stock' } as const,
  ];
  const config = { ...defaultClassifier('digits'), batchSize: 4, steps: 8, warmup: 2 };

  /** Three steps, then a measurement of another forty digits by each set of weights. */
  async function numbers(): Promise<number[]> {
    const data = await loadDataset('digits', { seed: 3, count: 10 });
    const others = await loadDataset('digits', { seed: 4, count: 40 });
    const training = await classifier.open(config, data);
    const steps: StepReport[] = [];
    for (let k = 0; k < 3; k++) steps.push(await training.next());
    const found: number[] = [];
    for (const weights of ['raw', 'ema'] as const) {
      const asked = training.measure?.({ weights }, others);
      const { points, result } = (await asked) as Measurement<
        ClassifierKind['point'],
        ClassifierKind['result']
      >;
      const all: ClassifierKind['point'][] = [];
      for await (const point of points) all.push(point);
      found.push(result(all).loss);
    }
    const { step, modules } = await training.read();
    expect([step, modules.classifier.step]).toEqual([3, 3]);
    training.dispose();
    return [...steps.flatMap(({ loss, scalars }) => [loss, scalars.gradNorm]), ...found];
  }

  let expected: number[] = [];
  it.each(ways)('$name, $kernels kernels: the same losses, norms and measurements', async (way) => {
    await useBackend(way.name, way.kernels);
    const before = memory().numTensors;
    const found = await numbers();
    expect(memory().numTensors).toBe(before);
    // The first way is plain JavaScript.
    if (way.name === 'cpu') expected = found;
    found.forEach((value, i) => {
      // Adam divides by the size of the gradient: rounding of small ones is seen in later steps.
      expect(Math.abs(value / expected[i] - 1), `number ${i}`).toBeLessThan(2e-3);
    });
  });
});
