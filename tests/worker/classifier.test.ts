/** The classifier's recipe: its settings, batches and losses, and its file. On plain JavaScript, in Node. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/lib/data/index.ts';
import { startBackend } from '../../src/lib/tensor/backend.ts';
import { labelledBatches } from '../../src/lib/tensor/recipes/classifier/batches.ts';
import {
  type ClassifierKind,
  type ClassifierPoint,
  defaultClassifier,
} from '../../src/lib/tensor/recipes/classifier/kind.ts';
import { classLosses, hitsOf } from '../../src/lib/tensor/recipes/classifier/losses.ts';
import { totalOf } from '../../src/lib/tensor/recipes/classifier/measure.ts';
import type { Measurement } from '../../src/lib/tensor/recipes/recipe.ts';
import { RECIPES } from '../../src/lib/tensor/recipes/record.ts';
import { createMeter } from '../../src/lib/worker/meter.ts';
import { decodeRun, encodeExport, encodeRun } from '../../src/lib/worker/runFile.ts';

const { classifier } = RECIPES;
const usual = defaultClassifier('digits');

describe('settings of a classifier', () => {
  it('of every data set that has labels and can be halved twice are what parsing gives back', () => {
    for (const name of ['digits', 'mnist', 'fashion', 'emoji'] as const) {
      const run = defaultClassifier(name);
      expect(classifier.parse(JSON.parse(JSON.stringify(run)))).toEqual(run);
      const description = classifier.describe(run);
      expect(classifier.parseDescription({ ...description, more: 1 })).toEqual(description);
      expect(classifier.classes(run)).toBe(name === 'emoji' ? 5 : 10);
    }
    for (const name of ['two', 'points'] as const)
      expect(() => defaultClassifier(name)).toThrow(`"${name}"`);
  });

  it('that cannot work are refused by name', () => {
    const wrong: [object, string][] = [
      [{ network: { ...usual.network, base: 10 } }, 'network.base'],
      [{ network: { ...usual.network, imageSize: 30 } }, 'network.imageSize'],
      [{ network: { ...usual.network, classes: 1 } }, 'network.classes'],
      [{ network: undefined }, 'network'],
      [{ learningRate: 0 }, 'learningRate'],
      [{ batchSize: 1.5 }, 'batchSize'],
    ];
    for (const [changes, name] of wrong)
      expect(() => classifier.parse({ ...usual, ...changes })).toThrow(name);
  });

  it('name a run by what changes the learning, not by how far and where', () => {
    const same = { ...usual, steps: 7, backend: 'cpu', kernels: 'stock' } as const;
    expect(classifier.keyOf(same)).toBe(classifier.keyOf(usual));
    const others: Partial<ClassifierKind['config']>[] = [
      { seed: 2 },
      { batchSize: 31 },
      { learningRate: 1e-3 },
      { warmup: 0 },
      { emaDecay: 0 },
      { network: { ...usual.network, base: 12 } },
      { network: { ...usual.network, groups: 2 } },
      { dataset: 'mnist' },
    ];
    const keys = [usual, ...others.map((changes) => ({ ...usual, ...changes }))].map(
      classifier.keyOf,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});

it('weights at their target are trained to one beyond it', () => {
  const of = (told: object, step: number) =>
    classifier.settle(classifier.describe(usual), told, step).steps;
  expect([of({}, 0), of({}, 2500), of({ steps: 4000 }, 3000)]).toEqual([2500, 5000, 4000]);
  expect(of({ steps: 0 }, 3000)).toBe(0);
});

describe('the data of a classifier', () => {
  it('are every image once in an epoch, each with its label, the same for the same seed', async () => {
    const data = await loadDataset('digits', { count: 12 });
    const batches = labelledBatches(data, usual.network, { batchSize: 4, seed: 9 });
    const seen: number[] = [];
    for (const step of [1, 2, 3]) {
      const { x, labels } = batches.at(step);
      batches.prepare(step + 1);
      labels.forEach((label, i) => {
        const image = x.subarray(i * 784, (i + 1) * 784).join();
        const at = Array.from({ length: 12 }, (_, n) => n).find(
          (n) => data.images.subarray(n * 784, (n + 1) * 784).join() === image,
        ) as number;
        expect(label).toBe(data.labels?.[at]);
        seen.push(at);
      });
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
    const again = labelledBatches(data, usual.network, { batchSize: 4, seed: 9 });
    expect(again.at(3)).toEqual(batches.at(3));
    const other = labelledBatches(data, usual.network, { batchSize: 4, seed: 10 });
    expect(other.at(3)).not.toEqual(batches.at(3));
  });

  it('that do not fit are refused with what was found', async () => {
    const data = await loadDataset('digits', { count: 2 });
    const settings = { batchSize: 1, seed: 0 };
    const of = (changes: object) => () =>
      labelledBatches({ ...data, ...changes }, usual.network, settings);
    expect(of({ channels: 3 })).toThrow('28×28×3');
    expect(of({ labels: null })).toThrow('has none');
    expect(of({ classes: 11 })).toThrow('has 11');
  });
});

it('hits and losses of a batch go image by image', () => {
  const logits = Float32Array.from([2, 0, 0, 0, 0, 5]);
  expect(hitsOf(logits, [0, 2])).toBe(2);
  expect(hitsOf(logits, [1, 2])).toBe(1);
  const { errors, dLogits } = classLosses(logits, [1, 2]);
  expect(errors[0]).toBeCloseTo(Math.log(Math.exp(2) + 2), 12);
  expect(errors[1]).toBeCloseTo(Math.log1p(2 * Math.exp(-5)), 12);
  // Half of softmax − one-hot, since the loss is the mean of two.
  expect(dLogits[0]).toBeCloseTo(0.5 / (1 + 2 * Math.exp(-2)), 6);
  expect(dLogits[1]).toBeCloseTo(0.5 / (Math.exp(2) + 2) - 0.5, 6);
  const points = [
    { count: 3, hits: 3, loss: 0.5 },
    { count: 1, hits: 0, loss: 2.5 },
  ];
  expect(totalOf(points)).toEqual({ count: 4, accuracy: 0.75, loss: 1 });
});

describe('the file of a classifier', () => {
  const wanted = {
    ...usual,
    network: { ...usual.network, base: 4 },
    batchSize: 4,
    backend: 'cpu',
    kernels: 'stock',
  } as const;
  const history = { steps: [], losses: [], curves: { accuracy: [] }, smoothed: 0, seconds: 0 };
  beforeAll(() => startBackend('cpu', 'stock'));

  it('is a run that goes on bit for bit, and weights that judge and are trained further', async () => {
    const data = await loadDataset('digits', { count: 10 });
    const whole = await classifier.open(wanted, data);
    for (let k = 0; k < 2; k++) await whole.next();
    const half = await whole.read();
    // What is asked for meanwhile has the steps before it, and no others.
    const [third, state, fourth] = await Promise.all([whole.next(), whole.read(), whole.next()]);
    expect([third.step, state.step, fourth.step, whole.step]).toEqual([3, 3, 4, 4]);
    expect(Number.isInteger(4 * third.scalars.accuracy)).toBe(true);

    const { state: kept, config } = decodeRun(
      encodeRun({ config: wanted, state: half, history, date: '' }),
    );
    expect(config).toEqual(wanted);
    const again = await classifier.open(config as typeof wanted, data, kept);
    for (let k = 0; k < 2; k++) await again.next();
    expect(await again.read()).toEqual(await whole.read());

    const file = decodeRun(encodeExport(wanted, half, { steps: 2 }));
    expect(file.config).toEqual(wanted);
    expect(createMeter(file.history, classifier.curves).history().curves).toEqual({ accuracy: [] });
    const further = await classifier.open(file.config as typeof wanted, data, file.state);
    expect((await further.next()).step).toBe(3);
    expect((await further.read()).modules.classifier).toMatchObject({ step: 3, before: 2 });

    const weights = { classifier: half.modules.classifier.ema };
    const loaded = classifier.load(classifier.describe(wanted), weights);
    const rewound = await classifier.open(wanted, data, half);
    const [own, of] = await Promise.all(
      [rewound, loaded].map((from) => from.measure?.({ weights: 'ema' }, data)),
    );
    expect(await pointsOf(of)).toEqual(await pointsOf(own));
    for (const training of [whole, again, further, rewound]) training.dispose();
  });
});

async function pointsOf(measurement: Measurement<ClassifierPoint, unknown> | undefined) {
  const points: ClassifierPoint[] = [];
  for await (const point of measurement?.points ?? []) points.push(point);
  expect(points.map(({ count }) => count)).toEqual([10]);
  return points;
}
