/** What names a run, and that every run of the lab's menus can be written and read. */
import { describe, expect, it } from 'vitest';
import { hasLabels, levelMenu } from '../../src/components/trainer/dataShape.ts';
import { runOf, settingsOf } from '../../src/components/trainer/runConfig.ts';
import {
  BASES,
  defaultSettings,
  type LabSettings,
  parseSettings,
  printSettings,
  WIDTHS,
} from '../../src/components/trainer/settings.ts';
import { MOST_BYTES } from '../../src/lib/checkpoint/index.ts';
import { DATASET_NAMES } from '../../src/lib/data/records.ts';
import { createNetwork } from '../../src/lib/tensor/network.ts';
import { type FlatState, freshState } from '../../src/lib/tensor/optimizer.ts';
import { countParameters, initialParameters } from '../../src/lib/tensor/params.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import {
  checkRunConfig,
  formerKey,
  type RunConfig,
  runKey,
} from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { decodeRun, encodeExport, encodeRun, runBytes } from '../../src/lib/worker/runFile.ts';

const history = { steps: [], losses: [], curves: {}, smoothed: Number.NaN, seconds: 0 };

const alone = (state: FlatState) => ({ step: state.step, modules: { network: state } });

describe('the name of a run', () => {
  it('is the same for the page that shows it and the worker that takes up its exported weights', () => {
    for (const dataset of DATASET_NAMES) {
      const shown = runOf(defaultSettings(dataset));
      const weights = initialParameters(createNetwork(shown.model).specs, 1);
      const file = encodeExport(shown, alone(freshState(weights)), { steps: 20 });
      const taken = decodeRun(file).config as RunConfig;
      expect(runKey(taken), dataset).toBe(runKey(shown));
    }
  });

  it('survives the address, digit by digit', () => {
    const settings: LabSettings = {
      ...defaultSettings('digits'),
      lr: 0.0012345678912345,
      ema: 0.999991,
      seed: Number.MAX_SAFE_INTEGER,
      base: 20,
      multipliers: [1, 9],
      T: 9999,
    };
    const address = printSettings(settings, new URL('http://lab.invalid/')).searchParams;
    const read = parseSettings(address);
    expect(read.problems).toEqual([]);
    expect(runKey(runOf(read.settings))).toBe(runKey(runOf(settings)));
  });

  it('holds nothing that the lab cannot show: that comes back from the file', () => {
    const run = runOf(defaultSettings('bars'));
    const hidden = {
      warmup: 7,
      clipNorm: 3,
      labelDropout: 0.5,
      model: { ...run.model, groups: 4 },
    };
    expect(runKey({ ...run, ...hidden } as typeof run)).toBe(runKey(run));
    const weights = initialParameters(createNetwork(run.model).specs, 1);
    const config = { ...run, ...hidden } as typeof run;
    const file = encodeRun({ config, state: alone(freshState(weights)), history, date: '' });
    const back = decodeRun(file).config as RunConfig;
    expect(back).toMatchObject(hidden);
    expect(runKey(runOf(settingsOf(back, defaultSettings('mnist'), back)))).toBe(runKey(config));
  });

  it('never changes: browsers keep runs, and links name them, by it', () => {
    const names = {
      all16: '304a9c07e4e5b4dd',
      two: '522720f1dddd440b',
      bars: 'b611d2ec888302f3',
      drawn: '28317ab07bb5c9b7',
      points: '7444aa2ddfe169d2',
      digits: 'bf42c7637ec2e473',
      mnist: '7b29d1643c401736',
      fashion: 'd37ac2afce762e8d',
    };
    for (const [dataset, hash] of Object.entries(names))
      expect(runKey(runOf(defaultSettings(dataset as 'two')))).toBe(`${dataset}:${hash}`);
  });

  it('still finds what earlier versions of the lab kept', () => {
    // As that version named the lab's default runs.
    const kept = {
      two: '2d5c6ce3f4809a1a',
      drawn: '6a5918511fd87538',
      points: '919fc5fef0750579',
      mnist: '52971c206ea867',
    };
    for (const [dataset, hash] of Object.entries(kept))
      expect(formerKey(runOf(defaultSettings(dataset as 'two')))).toBe(`${dataset}-${hash}`);
  });
});

describe('the default run', () => {
  it('is the same for the page and for the worker', () => {
    for (const dataset of DATASET_NAMES) {
      const { steps: _page, weighting: _w, drawn: _d, ...page } = runOf(defaultSettings(dataset));
      const { steps: _worker, ...worker } = defaultRun(dataset);
      expect(page).toEqual(worker);
    }
  });
});

describe('a run of the menus', () => {
  const menu: LabSettings[] = DATASET_NAMES.filter((name) => name !== 'drawn').flatMap(
    (dataset): LabSettings[] =>
      dataset === 'points'
        ? WIDTHS.map((width) => ({ ...defaultSettings(dataset), width, layers: 6 }))
        : BASES.flatMap((base) =>
            levelMenu(dataset).map((multipliers) => ({
              ...defaultSettings(dataset),
              base,
              multipliers,
              conditional: hasLabels(dataset),
            })),
          ),
  );

  it('can be written and read, whatever its size', () => {
    for (const settings of menu) {
      const run = checkRunConfig(runOf(settings));
      const bytes = runBytes(countParameters(createNetwork(run.model).specs));
      expect(bytes, JSON.stringify(run.model)).toBeLessThanOrEqual(MOST_BYTES);
    }
  });

  it('comes back the same from its file, the largest of them too', () => {
    const size = (settings: LabSettings) =>
      countParameters(createNetwork(runOf(settings).model).specs);
    const largest = menu.reduce((a, b) => (size(b) > size(a) ? b : a));
    for (const settings of [defaultSettings('two'), largest]) {
      const config = checkRunConfig(runOf(settings));
      const weights = initialParameters(createNetwork(config.model).specs, 5);
      const state = alone({ ...freshState(weights), step: 12 });
      const file = encodeRun({ config, state, history, date: '2026' });
      expect(file.length).toBeLessThanOrEqual(runBytes(weights.length));
      const back = decodeRun(file);
      expect(back.config).toEqual(config);
      expect(back.state.step).toBe(12);
      expect(
        Buffer.compare(
          Buffer.from(back.state.modules.network.weights.buffer),
          Buffer.from(weights.buffer),
        ),
      ).toBe(0);
    }
  });
});
