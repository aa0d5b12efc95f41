/** Objectives beyond the weighted square of a chain: the same steps on every backend, and a loss that comes down. */
import { afterAll, describe, expect, it } from 'vitest';
import { all16, type Dataset, points2d } from '../../src/lib/data/index.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import type { TrainOptions } from '../../src/lib/tensor/recipes/diffusion/options.ts';
import {
  disposeSession,
  imageTensor,
  openSession,
  type Session,
  sessionObjective,
  train,
} from '../../src/lib/tensor/recipes/diffusion/train.ts';
import { useBackend } from './support/backends.ts';
import { ONE_LEVEL } from './support/tinyNet.ts';

const OBJECTIVES = ['flow', 'edm'] as const;
type Name = (typeof OBJECTIVES)[number];

const optionsOf = (weighting: Name | 'hybrid', more: Partial<TrainOptions>): TrainOptions => ({
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
  const floor = options.weighting === 'hybrid' ? Number.NaN : floorOf(session);
  const { weights } = await session.optimizer.read();
  disposeSession(session);
  return { found, floor, weights };
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
  for (const name of [...OBJECTIVES, 'hybrid'] as const) {
    const model = name === 'hybrid' ? { ...ONE_LEVEL, answers: 2 as const } : ONE_LEVEL;
    const options = optionsOf(name, { batchSize: 8, model });
    await useBackend('cpu');
    const reference = await losses(options, all16(), 3);
    await useBackend(backend, 'ours');
    const own = await losses(options, all16(), 3);
    own.found.forEach((loss, i) => {
      expect(Math.abs(loss - reference.found[i]), `${name}, step ${i + 1}`).toBeLessThan(1e-4);
    });
    // Adam's steps of 6e-3 at most; where a gradient is all rounding, its sign may differ.
    const apart = own.weights.filter((w, i) => Math.abs(w - reference.weights[i]) > 1e-4);
    expect(apart.length / own.weights.length, name).toBeLessThan(0.02);
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

it('a model gives as many answers as its objective reads, or the run is refused', async () => {
  await useBackend('cpu');
  await expect(openSession(optionsOf('hybrid', {}), all16())).rejects.toThrow(
    'The objective asks for 2 answers a pixel, the model gives 1.',
  );
});

describe('hybrid on wasm', () => {
  it('learns the prediction as the simple objective does, and a width that the bound likes better', async () => {
    await useBackend('wasm', 'ours');
    const model = { ...ONE_LEVEL, base: 8, groups: 4, answers: 2 as const };
    const options = optionsOf('hybrid', { steps: 400, model, batchSize: 64 });
    const session = await openSession(options, all16());
    const objective = sessionObjective(session);
    /** Mean of the loss of a fixed batch under the present weights, and with v = 0 in place of the learned one. */
    const judged = async () => {
      const network = session.stepper.store.params();
      const { xt, t, time, T, drawn } = session.batches.at(10_000);
      const x = imageTensor(session.network, xt);
      const y = session.network.forward(network, x, { t: time, T });
      const output = await y.data();
      const loss = (own: (output: Float32Array) => Float32Array) =>
        meanOf(
          Array.from(t, (at, i) => {
            const [x0, epsilon, noisy] = [drawn!.x0, drawn!.epsilon, xt].map((all) =>
              all.subarray(4 * i, 4 * i + 4),
            );
            const answer = own(Float32Array.from(output.subarray(8 * i, 8 * i + 8)));
            return objective.loss!({ t: at, channels: 1, x0, epsilon, xt: noisy, output: answer })
              .loss;
          }),
        );
      const result = {
        learned: loss((own) => own),
        middle: loss((own) => own.map((value, k) => (k % 2 === 1 ? 0 : value))),
      };
      x.dispose();
      y.dispose();
      return result;
    };
    const before = await judged();
    expect(before.learned).toBe(before.middle);
    for await (const _ of train(session));
    const after = await judged();
    disposeSession(session);
    expect(after.learned).toBeLessThan(0.8 * before.learned);
    expect(after.learned).toBeLessThan(after.middle);
  });
});
