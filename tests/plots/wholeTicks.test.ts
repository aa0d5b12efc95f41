import type { PlotOptions, ScaleOptions } from '@observablehq/plot';
import { describe, expect, it } from 'vitest';
import { scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { noiseBudget } from '../../src/lib/plots/any-step/budget.ts';
import { widthPlot } from '../../src/lib/plots/bound/learnedWidthPlot.ts';
import { termsPlot } from '../../src/lib/plots/bound/ledgerPlot.ts';
import { heatPlot } from '../../src/lib/plots/bound-to-loss/lossHeatPlot.ts';
import { weightPlot } from '../../src/lib/plots/bound-to-loss/weightCurve.ts';
import { countedOver, wholeTicks } from '../../src/lib/plots/common/wholeTicks.ts';
import { lossOverT } from '../../src/lib/plots/four-pixels/slice.ts';
import { shares, sharesPlot } from '../../src/lib/plots/going-back/posteriorLine.ts';
import { lossCurve } from '../../src/lib/plots/lab/loss.ts';
import { momentPlot } from '../../src/lib/plots/markov-chain/chain.ts';
import { twoLosses } from '../../src/lib/plots/mistakes/bugLab.ts';
import { embeddingMap, likenessPlot } from '../../src/lib/plots/network/embedding.ts';
import { paths } from '../../src/lib/plots/sampling/paths.ts';

describe('ticks of what counts', () => {
  it('are whole, within the ends, and about as many as asked for', () => {
    for (const [from, to] of [
      [0, 1],
      [1, 2],
      [2, 2],
      [0, 3],
      [1, 7],
      [2, 100],
      [0, 999],
      [1000, 0],
      [0, 100_000],
      [0.5, 2.5],
    ]) {
      const ticks = wholeTicks(from, to, 6);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(7);
      for (const tick of ticks) {
        expect(Number.isInteger(tick)).toBe(true);
        expect(tick >= Math.min(from, to) && tick <= Math.max(from, to)).toBe(true);
      }
    }
    expect(wholeTicks(1, 2)).toEqual([1, 2]);
    expect(wholeTicks(0, 100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(countedOver([]).ticks).toEqual([]);
  });
});

describe('plots over the steps of a chain, or of a training, have whole ticks even with two or three of them', () => {
  const schedule = scheduleFromBetas([0.1, 0.2]);
  const over = [1, 2].map((x) => ({ x, y: x }));
  const states = Array.from({ length: 3 }, () => new Float64Array(4));
  const bins = [1, 2, 3].map((step) => ({ step, loss: 1, low: 1, high: 1, smoothed: 1 }));
  // What is written there decides no tick.
  const said = {
    ...{ step: '', loss: '', share: '', value: '', mean: '', moments: '' },
    ...{ component: '', likeness: '', floor: '', empty: '', ofClean: '', ofNoisy: '' },
    ...{ variance: '', should: '', right: '', broken: '', chosen: '', exact: '', network: '' },
  };
  const plots: [string, PlotOptions][] = [
    ['the ledger’s terms', termsPlot([{ x: 2, y: 1 }], [], 'nats', said)],
    ['the learned width', widthPlot([{ x: 2, y: 1 }], [], 2)],
    ['the posterior’s shares (chapter 7)', sharesPlot(shares(schedule), 1, said)],
    ['the noise budget', noiseBudget(schedule, 2, said)],
    [
      'the moments of a chain',
      momentPlot({ states, schedule, mistake: false, t: 1, axes: said, names: said }),
    ],
    [
      'the loss over t',
      lossOverT(
        over.map(({ x }) => ({ t: x, floor: 1, mean: 1, standardError: 0 })),
        said,
        said,
      ),
    ],
    ['paths', paths([], 2, said)],
    ['weights', weightPlot([{ weighting: 'elbo', points: over }], 1, 'ε', false)],
    ['the embedding', embeddingMap(2, 64, 1, said)],
    [
      'its likeness',
      likenessPlot(
        [1, 2].map((t) => ({ t, cosine: 1 })),
        1,
        said,
      ),
    ],
    ['the loss of a run', lossCurve(bins)],
    ['the heat map of a run', heatPlot([], [1], 2, 2, said)],
    ['two runs', twoLosses([{ step: 1, loss: 1 }], [{ step: 2, loss: 2 }], said, said)],
  ];
  it.each(plots)('%s', (_, options) => {
    const { ticks, tickFormat } = options.x as ScaleOptions;
    expect(Array.isArray(ticks), String(ticks)).toBe(true);
    expect((ticks as number[]).length).toBeGreaterThan(0);
    const format = tickFormat as (tick: number) => string;
    for (const tick of ticks as number[]) {
      expect(Number.isInteger(tick), String(tick)).toBe(true);
      expect(format(tick)).toBe(String(tick));
    }
  });
});
