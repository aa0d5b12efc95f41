/** An unknown name, wherever it comes from, is an error that says what is possible. */

import { describe, expect, it } from 'vitest';
import { parseSettings, SETTING_NAMES } from '../../src/components/trainer/settings.ts';
import { DATASET_NAMES, loadDataset } from '../../src/lib/data/index.ts';
import { samplingProbabilities } from '../../src/lib/math/exact/ancestral.ts';
import { finiteDenoiser, floorFactor } from '../../src/lib/math/exact/finite.ts';
import { BUG_NAMES } from '../../src/lib/math/mistakes/bugs.ts';
import { expectedOneOf, oneOf } from '../../src/lib/math/numerics/oneOf.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule, SCHEDULE_KINDS } from '../../src/lib/math/process/schedule.ts';
import { replacementProbabilities } from '../../src/lib/math/samplers/inpaint.ts';
import { SAMPLER_NAMES, samplerMoves } from '../../src/lib/math/samplers/record.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { BACKEND_CHOICES } from '../../src/lib/tensor/options.ts';
import { parseConfig } from '../../src/lib/tensor/recipes/diffusion/config.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import type { SampleRequest } from '../../src/lib/tensor/recipes/diffusion/questions.ts';
import {
  checkEvaluation,
  checkSampleRequest,
} from '../../src/lib/tensor/recipes/diffusion/questions.ts';
import { checkRunConfig } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { checkMeasuredData } from '../../src/lib/worker/prepare.ts';
import { saidOf } from '../said.ts';

const schedule = makeSchedule('cosine', 10);
const data = [
  [1, -1],
  [-1, 1],
];
// biome-ignore lint/suspicious/noExplicitAny: names that the types rule out
const wrong = 'euler' as any;
const unknownSampler = new RegExp(
  `Sampler: expected one of ${SAMPLER_NAMES.join(', ')}; found "euler"`,
);

it('the helper lists what is possible and shows what was found', () => {
  expect(oneOf('Sampler', 'b', ['a', 'b'])).toBe('b');
  expect(() => oneOf('Sampler', wrong, ['a', 'b'])).toThrow(
    new RangeError('Sampler: expected one of a, b; found "euler". Choose one of them.'),
  );
  for (const found of [undefined, null, 3, ['a'], { a: 1 }, 'toString', ''])
    expect(() => oneOf('Sampler', found, ['a', 'b'])).toThrow(/expected one of a, b; found /);
  expect(() => oneOf('Sampler', 'x'.repeat(9999), ['a'])).toThrow(/^.{0,120}$/);
  expect(expectedOneOf(['only'])).toBe('only');
});

describe('on floor 0', () => {
  const possible: [string, () => unknown, RegExp][] = [
    ['sampler', () => samplerMoves(schedule, [5, 4, 0], { sampler: wrong }), unknownSampler],
    [
      'sampler of a run',
      () => {
        const denoiser = finiteDenoiser({ data, schedule });
        return sample({
          schedule,
          denoiser: denoiser.predict('x0'),
          prediction: 'x0',
          xT: [0, 0],
          rng: createRng(1),
          sampler: wrong,
        }).next();
      },
      unknownSampler,
    ],
    [
      'variance',
      () => samplerMoves(schedule, [5, 4, 0], { sampler: 'ddpm', variance: wrong }),
      /Variance σ²: expected one of betaTilde, beta; found "euler"/,
    ],
    [
      'law of sampling',
      () => samplingProbabilities({ schedule, data, variance: wrong }),
      /Variance: expected one of exact, bestGaussian, beta, betaTilde/,
    ],
    [
      'law of replacement',
      () => replacementProbabilities({ schedule, data, variance: wrong, known: new Map([[0, 1]]) }),
      /Variance: expected one of exact, beta, betaTilde/,
    ],
    ['schedule', () => makeSchedule(wrong, 10), /Schedule kind: expected one of linear, /],
    [
      'prediction',
      () => floorFactor(wrong, 1, schedule),
      /Prediction: expected one of epsilon, x0/,
    ],
  ];
  it.each(possible)('%s', (_what, use, message) => {
    expect(use).toThrow(message);
    expect(use).toThrow(RangeError);
  });
});

it('a data set', async () => {
  await expect(loadDataset(wrong)).rejects.toThrow(
    `one of ${DATASET_NAMES.join(', ')}; found "euler"`,
  );
  await expect(loadDataset('points', { split: wrong })).rejects.toThrow('one of train, test');
});

describe('in a request', () => {
  const request: SampleRequest = {
    count: 2,
    steps: 5,
    sampler: 'ddim',
    variance: 'beta',
    eta: 0.5,
    seed: 1,
    clip: true,
    weights: 'ema',
  };
  const check = (changes: object, classes = 0) =>
    checkSampleRequest({ kind: 'mlp', inputs: 2, width: 8, layers: 1, classes }, 10, {
      ...request,
      ...changes,
    });

  it('what is possible is let through', () => {
    check({});
    check(
      { sampler: 'ddpm', variance: 'betaTilde', weights: 'raw', labels: [0, 3], guidanceScale: 2 },
      3,
    );
  });

  it.each([
    [{ sampler: wrong }, unknownSampler],
    [{ sampler: undefined }, /Sampler: expected one of .*; found undefined/],
    [{ variance: wrong }, /Variance σ²: expected one of betaTilde, beta; found/],
    [{ weights: wrong }, /Weights: expected one of ema, raw/],
    [{ eta: 2 }, /η: expected a number from 0 to 1; found 2/],
    [{ eta: Number.NaN }, /η: expected .* found NaN/],
    [{ clip: 'yes' }, /Clipping: expected true or false; found "yes"/],
    [{ count: 0 }, /number of samples should be a whole number from 1 to 4096/],
    [{ steps: 11 }, /number of steps should be a whole number from 1 to 10/],
    [{ guidanceScale: 'much' }, /guidance scale should be a number/],
    [{ labels: [1] }, /one label for each of the 2 samples, but there are 1/],
  ])('%j', (changes, message) => expect(() => check(changes)).toThrow(message));

  it('labels of classes that there are', () => {
    expect(() => check({ labels: [0, 4] }, 3)).toThrow(
      /label should be a whole number from 0 to 3/,
    );
  });

  it('evaluations', () => {
    const ask = (changes: object) => () =>
      checkEvaluation({ kind: 'bits', samplesPerT: 1, seed: 1, weights: 'ema', ...changes });
    expect(ask({})).not.toThrow();
    expect(ask({ kind: wrong })).toThrow(/Kind of evaluation: expected one of lossPerT, bits/);
    expect(ask({ weights: wrong })).toThrow(/Weights: expected one of ema, raw/);
    expect(() => checkMeasuredData(wrong, 'two')).toThrow(/Split: expected one of train, test/);
    expect(() => checkMeasuredData('test', wrong)).toThrow(/Data set: expected one of all16, /);
  });
});

describe('in a file', () => {
  const run = defaultRun('two');
  it.each([
    [{ dataset: wrong }, `one of ${DATASET_NAMES.join(', ')}`],
    [{ diffusion: { ...run.diffusion, schedule: wrong } }, `one of ${SCHEDULE_KINDS.join(', ')}`],
    [{ diffusion: { ...run.diffusion, prediction: wrong } }, 'one of epsilon, x0, v'],
    [{ model: { ...run.model, kind: wrong } }, 'one of unet, mlp'],
  ])('of a network: %j', (changes, message) => {
    expect(saidOf(() => parseConfig({ ...run, ...changes }))).toContain(message);
  });
  it.each([
    [{ backend: wrong }, `one of ${BACKEND_CHOICES.join(', ')}`],
    [{ kernels: wrong }, 'one of ours, stock'],
    [{ weighting: wrong }, 'one of simple, '],
    [{ bug: wrong }, `one of ${BUG_NAMES.join(', ')}`],
  ])('of a run: %j', (changes, message) => {
    const says = saidOf(() => checkRunConfig({ ...run, ...changes }));
    expect(says).toContain(message);
    expect(says).toContain('euler');
  });
  it('of a run: an objective on whose path the book does not draw', () => {
    expect(saidOf(() => checkRunConfig({ ...run, weighting: 'edm' }))).toMatch(
      /flowLogitNormal, but is "edm"/,
    );
  });
  it('of a run: a flow says on which path it was trained, a chain on none', () => {
    expect(checkRunConfig({ ...run, weighting: 'flow' }).diffusion.path).toBe('straight');
    const wrong = { ...run.diffusion, path: 'straight' };
    expect(checkRunConfig({ ...run, weighting: 'simple', diffusion: wrong }).diffusion.path).toBe(
      undefined,
    );
    // Weights from a file say no objective; theirs is a flow.
    expect(checkRunConfig({ ...run, weighting: undefined, diffusion: wrong }).weighting).toBe(
      'flow',
    );
  });
});

it('in an address of the lab: each setting says what is possible, and what is used instead', () => {
  for (const name of SETTING_NAMES) {
    const { problems } = parseSettings(new URLSearchParams(`${name}=euler`));
    expect(problems, name).toEqual([
      expect.stringMatching(
        new RegExp(`^The address says ${name}=euler; expected .{4,}\\. .+ is used instead\\.$`),
      ),
    ]);
  }
});
