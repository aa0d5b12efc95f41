/** Objectives with a path of their own: the same steps on every backend, and a loss that comes down to the exact one. */
import { afterAll, describe, expect, it } from 'vitest';
import { all16, type Dataset, points2d } from '../../src/lib/data/index.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import type { TrainOptions } from '../../src/lib/tensor/options.ts';
import {
  disposeSession,
  openSession,
  type Session,
  sessionObjective,
  train,
} from '../../src/lib/tensor/train.ts';
import { useBackend } from './support/backends.ts';
import { ONE_LEVEL } from './support/tinyNet.ts';

const OBJECTIVES = ['flow', 'edm'] as const;
type Name = (typeof OBJECTIVES)[number];

const optionsOf = (weighting: Name, more: Partial<TrainOptions>): TrainOptions => ({
  model: ONE_LEVEL,
  diffusion: { schedule: 'cosine', T: 100, prediction: 'epsilon' },
  ...{ learningRate: 6e-3, warmup: 30, batchSize: 128, emaDecay: 0.99, seed: 1, steps: 0 },
  ...{ weighting, sigmaData: 1 },
  ...more,
});

async function losses(options: TrainOptions, dataset: Dataset, count: number) {
  const session = await openSession(options, dataset);
  const found: number[] = [];
  for await (const { loss } of train(session)) if (found.push(loss) === count) break;
  const floor = floorOf(session);
  disposeSession(session);
  return { found, floor };
}

/** The loss of the exact denoiser: a mean over parts of the law of t, each t by quadrature. */
function floorOf(session: Session): number {
  const { process, target, targetOptions, timeAt } = sessionObjective(session);
  if ('alphaBar' in process) throw new Error('Expected a path, found a chain.');
  const { images, count } = session.dataset;
  const size = images.length / count;
  const data = Array.from({ length: count }, (_, i) => [
    ...images.subarray(i * size, (i + 1) * size),
  ]);
  const exact = finiteDenoiser({ data, path: process });
  const parts = 200;
  let sum = 0;
  for (let i = 0; i < parts; i++)
    sum += exact.lossFloor(timeAt(i + 0.5, parts), target, targetOptions);
  return sum / parts / size;
}

const meanOf = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

afterAll(() => setKernels('ours'));

it.each(['wasm', 'webgl', 'webgpu'] as const)('%s takes the steps of cpu', async (backend) => {
  for (const name of OBJECTIVES) {
    const options = optionsOf(name, { batchSize: 8 });
    await useBackend('cpu');
    const reference = await losses(options, all16(), 3);
    await useBackend(backend, 'ours');
    const own = await losses(options, all16(), 3);
    own.found.forEach((loss, i) => {
      expect(Math.abs(loss - reference.found[i]), `${name}, step ${i + 1}`).toBeLessThan(1e-4);
    });
  }
});

describe('a run on wasm comes down to the exact denoiser’s loss', () => {
  /** Four corners of a square: an exact loss by quadrature. */
  const corners: Dataset = {
    ...points2d({ count: 4 }),
    images: Float32Array.of(1, 1, 1, -1, -1, 1, -1, -1),
    labels: null,
    classes: 0,
  };
  const cases = [
    ['2×2', all16(), { ...ONE_LEVEL, base: 8, multipliers: [1, 2], groups: 4 }],
    ['points', corners, { kind: 'mlp', inputs: 2, width: 32, layers: 2, classes: 0 }],
  ] as const;

  it.each(OBJECTIVES.flatMap((name) => cases.map((one) => [name, ...one] as const)))(
    '%s on %s',
    async (name, _data, dataset, model) => {
      await useBackend('wasm', 'ours');
      const steps = 600;
      const options = optionsOf(name, { steps, model: model as TrainOptions['model'] });
      const { found, floor } = await losses(options, dataset, steps);
      // The network begins at an answer of 0, whose error is the whole variance of the target.
      const start = name === 'edm' ? 1 : 2;
      expect(Math.abs(found[0] / start - 1)).toBeLessThan(0.25); // one batch
      const end = meanOf(found.slice(-100));
      // A hundred batches of at least 256 squared errors: a mean of theirs is sure to 1 %, and nothing is better than exact.
      expect(end).toBeGreaterThan(0.97 * floor);
      // Of what there is to learn, 1 to 8 % are left on this seed.
      expect((end - floor) / (start - floor)).toBeLessThan(0.15);
    },
  );
});
