import { describe, expect, it } from 'vitest';
import { OPENING, PRESET_NAMES, PRESETS, presetOf } from '../../src/components/lab/presets.ts';
import { exactSamples, patternsOf } from '../../src/components/trainer/exactMoment.ts';
import { addMoment, type Moment, pack, unpack } from '../../src/components/trainer/film.ts';
import { leastLoss, noMeasure } from '../../src/components/trainer/floor.ts';
import { goodLoss } from '../../src/components/trainer/goodLoss.ts';
import { createLossHistory } from '../../src/components/trainer/lossHistory.ts';
import { runOf, sampleRequestOf, settingsOf } from '../../src/components/trainer/runConfig.ts';
import {
  defaultSettings,
  type LabSettings,
  parseSettings,
  printSettings,
} from '../../src/components/trainer/settings.ts';
import { DATASET_NAMES, datasetOf } from '../../src/lib/data/records.ts';
import { two } from '../../src/lib/data/toy2x2.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { defaultTarget } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import { checkRunConfig } from '../../src/lib/tensor/recipes/diffusion/run.ts';

const parse = (query: string) => parseSettings(new URLSearchParams(query));
const print = (settings: LabSettings) =>
  printSettings(settings, new URL('http://lab.invalid/')).searchParams;

describe('settings in the address', () => {
  it('come back as they were written, for every dataset and every setting', () => {
    for (const dataset of DATASET_NAMES) {
      const odd: LabSettings = {
        ...defaultSettings(dataset),
        backend: 'webgl',
        kernels: 'stock',
        seed: 4294967295,
        steps: 0,
        base: 24,
        multipliers: [2, 3],
        prediction: 'x0',
        schedule: 'sigmoidAlphaBar',
        T: 37,
        lr: 0.00125,
        batch: 3,
        ema: 0.99,
        weighting: 'minSnr',
        drawn: [[-1, 0, 1, 1]],
        sampler: 'ddpm',
        variance: 'beta',
        eta: 0.35,
        firstStep: 'corrected',
        churn: 3,
        sampleSteps: 11,
        sampleSeed: 0,
        guidance: 2.5,
        label: 3,
        clip: false,
      };
      const { settings, problems } = parseSettings(print(odd));
      expect(problems).toEqual([]);
      expect(settings).toEqual(odd);
    }
  });

  it('are empty but for the dataset when nothing was changed', () => {
    for (const dataset of DATASET_NAMES)
      expect(print(defaultSettings(dataset)).toString()).toBe(`dataset=${dataset}`);
  });

  it('make a run that the worker accepts', () => {
    for (const dataset of DATASET_NAMES) {
      const run = runOf(defaultSettings(dataset));
      expect(checkRunConfig(run)).toMatchObject({ dataset, seed: run.seed });
    }
  });

  it.each([
    ['dataset=cats', 'dataset', 'all16'],
    ['seed=1.5', 'seed', 1],
    ['T=1', 'T', 100],
    ['lr=', 'lr', defaultSettings('all16').lr],
    ['base=0', 'base', defaultSettings('all16').base],
    ['drawn=0123', 'drawn', defaultSettings('all16').drawn],
    ['eta=NaN', 'eta', 0],
  ])('%s is told and replaced by the default', (query, name, value) => {
    const { settings, problems } = parse(query);
    expect(settings[name as keyof LabSettings]).toEqual(value);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(query);
  });

  it.each(['data=mnist', 'weight=toString', 'Schedule=cosine', 'toString=1'])(
    '%s names no setting: the names there are stand beside it',
    (query) => {
      const { settings, problems } = parse(query);
      expect(settings).toEqual(parse('').settings);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(query);
      expect(problems[0]).toContain('dataset, backend, kernels');
    },
  );

  it('of other parts of the page, and of those who pass links on, are nothing to be told of', () =>
    expect(parse('theme=dark&hide=tools&ledger.T=5&utm_source=x&autostart=0').problems).toEqual(
      [],
    ));

  it('ask for no class that the data do not have', () => {
    const { settings, problems } = parse('dataset=emoji&label=7');
    expect(settings).toMatchObject({ conditional: true, label: -1 });
    expect(problems).toHaveLength(1);
    const { count, labels, guidanceScale } = sampleRequestOf(settings);
    expect([count, guidanceScale]).toEqual([20, 2]);
    expect([...new Set(labels)]).toEqual([0, 1, 2, 3, 4]);
  });

  it('open on digits where an address asks for nothing, and mean what they meant where it names any', () => {
    const open = (query: string) => parseSettings(new URLSearchParams(query), OPENING).settings;
    expect(open('')).toMatchObject({ dataset: 'mnist', conditional: true });
    expect(open('theme=dark&utm_source=x').dataset).toBe('mnist');
    for (const query of ['backend=wasm', 'autostart=1', 'lr=0.01', 'dataset=cats', 'seed=x'])
      expect(open(query), query).toEqual(parse(query).settings);
    // What is written of it is read as it.
    expect(parse(print(OPENING).toString())).toMatchObject({ settings: OPENING, problems: [] });
  });

  it('of a place to begin are known by their run', () => {
    for (const name of PRESET_NAMES) expect(presetOf(PRESETS[name])).toBe(name);
    expect(presetOf({ ...PRESETS.moons, backend: 'cpu', sampleSteps: 5 })).toBe('moons');
    expect(presetOf({ ...PRESETS.moons, seed: 2 })).toBeUndefined();
  });

  it('are brought to agree with each other, and say so', () => {
    const { settings, problems } = parse(
      'dataset=two&multipliers=1,2,2&T=20&sampleSteps=40&conditional=1',
    );
    expect(settings).toMatchObject({ multipliers: [1, 2], sampleSteps: 20, conditional: false });
    expect(problems).toHaveLength(3);
  });
});

describe('a checkpoint', () => {
  it('sets the settings it knows of', () => {
    const settings = { ...defaultSettings('mnist'), conditional: true, base: 24, T: 500 };
    const { model, diffusion, dataset } = runOf(settings);
    const read = settingsOf({ model, diffusion, dataset }, defaultSettings('two'));
    expect(runOf(read)).toMatchObject({ model, diffusion, dataset });
  });
});

describe('sampling by class', () => {
  it('asks for every class in turn, or for one', () => {
    const all = sampleRequestOf({ ...defaultSettings('digits'), conditional: true });
    expect(all.labels).toHaveLength(all.count);
    expect(new Set(all.labels).size).toBe(10);
    const seven = sampleRequestOf({ ...defaultSettings('digits'), conditional: true, label: 7 });
    expect(new Set(seven.labels)).toEqual(new Set([7]));
    expect(sampleRequestOf(defaultSettings('digits')).labels).toBeUndefined();
  });
});

describe('the loss history', () => {
  it('thins to bins that cover every step, with a bias-corrected mean', () => {
    const history = createLossHistory();
    const steps = Array.from({ length: 5000 }, (_, i) => i + 1);
    history.append(
      steps,
      steps.map(() => 0.25),
    );
    const points = history.points(300);
    expect(points.length).toBeLessThanOrEqual(300);
    expect(points.at(-1)?.step).toBe(5000);
    for (const { loss, low, high, smoothed } of points)
      for (const value of [loss, low, high, smoothed]) expect(value).toBeCloseTo(0.25, 6);
  });

  it('replaces what a restored run repeats', () => {
    const history = createLossHistory();
    history.append([1, 2, 3, 4], [4, 3, 2, 1]);
    history.append([3, 4], [7, 8]);
    expect(history.points(100).map(({ step, loss }) => [step, loss])).toEqual([
      [1, 4],
      [2, 3],
      [3, 7],
      [4, 8],
    ]);
  });
});

describe('the film', () => {
  const moment = (step: number): Moment => ({
    step,
    frames: [],
    clean: [],
    times: [],
    count: 0,
    height: 2,
    width: 2,
    channels: 1,
  });

  it('stays bounded, in order, and keeps the first and the newest moment', () => {
    let film: Moment[] = [];
    for (let step = 1; step <= 1000; step++) film = addMoment(film, moment(step));
    expect(film.length).toBeLessThanOrEqual(32);
    expect(film[0].step).toBe(1);
    expect(film.at(-1)?.step).toBe(1000);
    const steps = film.map((m) => m.step);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
    // Geometric: as many moments in the first hundred steps as in any other stretch of that ratio.
    expect(steps.filter((step) => step <= 30).length).toBeGreaterThanOrEqual(12);
    steps.slice(1).forEach((step, i) => {
      expect((step + 1) / (steps[i] + 1), `${step}`).toBeLessThanOrEqual(1.6);
    });
  });

  it('keeps pixels to half a grey level and points exactly', () => {
    const values = Float32Array.of(-1, -0.3, 0, 0.77, 1);
    const back = unpack(pack(values, 1));
    for (const [i, v] of back.entries())
      expect(Math.abs(v - values[i])).toBeLessThanOrEqual(1 / 127.5);
    expect(unpack(pack(values, 2))).toEqual(values);
  });
});

describe('how good a loss is', () => {
  it('is told of every data set as it comes: by its exact floor, or by a recorded run', () => {
    for (const dataset of DATASET_NAMES) {
      const run = runOf(defaultSettings(dataset));
      expect(noMeasure(run), dataset).toBe('');
      const record = goodLoss(run);
      expect(record === undefined, dataset).toBe(datasetOf(dataset).exact !== undefined);
      // Recorded at the target that a run of these data has.
      if (record) expect(record.steps).toBe(defaultTarget(dataset));
    }
  });

  it('is not told of a loss that means something else', () => {
    const run = runOf({ ...defaultSettings('points'), schedule: 'linear' });
    expect(goodLoss(run)).toBeUndefined();
    expect(noMeasure(run)).toMatch(/2×2/);
  });
});

describe('without a network', () => {
  it('the exact sampler ends on pictures of the data, each as often as it should', () => {
    const { values, times } = exactSamples(
      two(),
      { schedule: 'cosine', T: 100 },
      {
        count: 400,
        steps: 100,
        sampler: 'ddpm',
        variance: 'betaTilde',
        eta: 0,
        seed: 1,
        clip: true,
      },
    );
    expect(times[0]).toBe(100);
    expect(times.at(-1)).toBe(0);
    const shares = patternsOf(values[values.length - 1]);
    expect([...shares.keys()].sort()).toEqual(['0110', '1001']);
    // 400 fair coins: 4 standard deviations are 0.1.
    expect(Math.abs((shares.get('1001') ?? 0) - 0.5)).toBeLessThan(0.1);
  });

  it('the floor of the loss is that of four independent coins', async () => {
    const diffusion = { schedule: 'cosine', T: 100, prediction: 'v' } as const;
    const floor = (await leastLoss({ dataset: 'all16', diffusion }))!.value;
    // One pixel ±1 seen through Gaussian noise: mmse = 1 − E tanh(γ + √γ z), by the trapezoid rule.
    const schedule = makeSchedule('cosine', 100);
    let sum = 0;
    for (let t = 1; t <= 100; t++) {
      const snr = schedule.snr[t];
      let kept = 0;
      for (let z = -10; z <= 10; z += 0.001)
        kept +=
          (0.001 * Math.exp((-z * z) / 2) * Math.tanh(snr + Math.sqrt(snr) * z)) /
          Math.sqrt(2 * Math.PI);
      sum += (1 - kept) / (1 - schedule.alphaBar[t]);
    }
    expect(floor).toBeCloseTo(sum / 100, 6);
    const lower = (await leastLoss({ dataset: 'two', diffusion }))!.value;
    expect(lower).toBeLessThan(floor ?? 0);
    expect(await leastLoss({ dataset: 'mnist', diffusion })).toBeNull();
  });
});
