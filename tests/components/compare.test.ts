/** Comparing runs: what a link carries, what sets runs apart, what a kept file tells. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printDifferences } from '../../src/components/lab/compare/differences.ts';
import { readKept } from '../../src/components/lab/compare/keptRun.ts';
import {
  freeName,
  linkOf,
  MOST_COMPARED,
  type SharedRun,
  sharedRuns,
} from '../../src/components/lab/compare/sharedRuns.ts';
import { COMPARISON, comparisonLink } from '../../src/components/lab/presets.ts';
import { en } from '../../src/components/lab/words.ts';
import { runOf } from '../../src/components/trainer/runConfig.ts';
import { defaultSettings, parseSettings } from '../../src/components/trainer/settings.ts';
import { comparedCurves, spread } from '../../src/lib/plots/lab/compare.ts';
import { runKey } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { decodeRun } from '../../src/lib/worker/runFile.ts';
import { labelOf, shelfKey } from '../../src/lib/worker/shelf.ts';

const PAGE = new URL('http://book.invalid/lab/?dataset=two&theme=dark#x');
const one: SharedRun = {
  name: 'ε & more = “less”',
  settings: { ...defaultSettings('mnist'), prediction: 'epsilon', seed: 9, lr: 0.00123456789 },
  step: 1234,
  loss: 0.03215,
};
const other: SharedRun = {
  name: '',
  settings: { ...defaultSettings('drawn'), drawn: [[1, 0, -1, 1]] },
  step: 0,
  loss: Number.NaN,
};

describe('a link to compared runs', () => {
  it('brings back every run: its name, its settings, how far it was', () => {
    const link = linkOf([one, other], PAGE);
    expect(sharedRuns(link.searchParams)).toEqual({ runs: [one, other], problems: [] });
    expect(link.hash).toBe('#compare');
    // Nothing else of the page it was made on.
    expect([...new Set(link.searchParams.keys())]).toEqual(['run']);
  });

  it('names the same runs, from the same seeds', () => {
    const { runs } = sharedRuns(linkOf([one, other], PAGE).searchParams);
    expect(runs.map(({ settings }) => runKey(runOf(settings)))).toEqual(
      [one, other].map(({ settings }) => runKey(runOf(settings))),
    );
  });

  it('is no setting of the lab itself', () =>
    expect(parseSettings(linkOf([one], PAGE).searchParams).problems).toEqual([]));

  it('tells of nonsense in a run, and takes no more than can be compared', () => {
    const params = new URLSearchParams();
    for (let i = 0; i < 6; i++) params.append('run', 'dataset=cats&at=-5&loss=much&name=a');
    const { runs, problems } = sharedRuns(params);
    expect(runs).toHaveLength(MOST_COMPARED);
    expect(problems).toHaveLength(MOST_COMPARED);
    expect(problems[0]).toContain('dataset=cats');
    expect(runs[0]).toMatchObject({ name: 'a', step: 0, loss: Number.NaN });
  });

  it('is what the place to begin leads to', () => {
    const { runs } = sharedRuns(new URL(comparisonLink(), PAGE).searchParams);
    expect(runs).toEqual(COMPARISON);
    expect(
      printDifferences(
        runs.map(({ settings }) => settings),
        en.settings,
      ),
    ).toEqual([{ name: 'Prediction', values: ['ε', 'v'] }]);
  });
});

describe('what sets runs apart', () => {
  it('is nothing between a run and itself, whatever draws from it', () => {
    const settings = defaultSettings('points');
    expect(printDifferences([settings, { ...settings, sampleSteps: 3 }], en.settings)).toEqual([]);
  });

  it('leaves out what a network does not have', () => {
    const rows = printDifferences(
      [defaultSettings('points'), defaultSettings('mnist')],
      en.settings,
    );
    const levels = rows.find(({ name }) => name === 'Levels');
    expect(levels?.values).toEqual(['–', '1 · 2 · 2']);
  });
});

describe('a kept run', () => {
  const bytes = new Uint8Array(readFileSync('tests/fixtures/edition1/runs/all16.safetensors'));

  it('is read on the page as the worker reads it', () => {
    const run = readKept(bytes);
    const { config, state, history } = decodeRun(bytes);
    expect(run.config).toEqual(config);
    expect(runKey(runOf(run.settings))).toBe(runKey(run.config));
    expect(run.step).toBe(state.step);
    expect(run.loss).toBe(history.smoothed);
    expect(run.curve.at(-1)?.step).toBe(history.steps.at(-1));
  });

  it('has a name on the shelf, or none, as before there were names', () => {
    const label = { run: 'two:1', dataset: 'two', step: 9, date: '2026-01-01', bytes: 7 };
    const named = { ...label, why: 'saved', name: 'mine' } as const;
    expect(labelOf(shelfKey(named))).toMatchObject(named);
    const former = `shelf:${JSON.stringify({ ...label, why: 'saved' })}`;
    expect(labelOf(former)).toEqual({ id: former, ...label, why: 'saved' });
    // What has no name lies where it would have lain.
    expect(shelfKey({ ...label, why: 'saved' })).not.toContain('name');
  });
});

describe('names at the ends of lines', () => {
  it('keep their order and their distance', () => {
    expect(spread([3, 1, 1.01], 0.5)).toEqual([3, 1, 1.5]);
    const close = spread([0, 0, 0, 0], 1);
    expect([...close].sort()).toEqual([0, 1, 2, 3]);
  });

  it('lie inside the chart, as the lines do', () => {
    const points = [1, 2, 3].map((step) => ({ step, smoothed: 0.1 }));
    const curves = ['a', 'b', 'c', 'd'].map((name) => ({ name, points }));
    const [low, high] = comparedCurves(curves, { step: 's', loss: 'l' }).y.domain;
    expect(low).toBeLessThan(0.1);
    // Four names at one place: three of them stand above it.
    expect(high).toBeGreaterThan(0.104);
  });
});

describe('a name', () => {
  it('that another run has gets the first number that makes it its own', () => {
    expect(freeName('mine', [])).toBe('mine');
    expect(freeName('mine', ['mine', 'mine 2'])).toBe('mine 3');
    expect(freeName('x'.repeat(60), ['x'.repeat(60)]).length).toBeLessThanOrEqual(60);
  });
});
