import { describe, expect, it } from 'vitest';
import { toyData } from '../../src/lib/data/toyData.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { WEIGHTINGS } from '../../src/lib/math/objectives/weights.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { allGuesses, errors } from '../../src/lib/plots/bound-to-loss/converter.ts';
import {
  addColumn,
  bucketFloors,
  bucketRange,
  type HeatColumn,
  heatCells,
} from '../../src/lib/plots/bound-to-loss/lossHeat.ts';
import { lookOf, SHOWN, weightCurve } from '../../src/lib/plots/bound-to-loss/weightCurve.ts';

describe('one guess in four languages', () => {
  const schedule = makeSchedule('cosine', 1000);

  it('comes back from any language', () => {
    for (const t of [1, 300, 999]) {
      const first = allGuesses('x0', 0.4, -0.7, t, schedule);
      for (const kind of ['epsilon', 'v', 'score'] as const) {
        const again = allGuesses(kind, first[kind], -0.7, t, schedule);
        expect(again.x0).toBeCloseTo(0.4, 6);
      }
    }
  });

  it('lies on the line that x_t allows, with v along it', () => {
    const t = 420;
    const [c, s] = [Math.sqrt(schedule.alphaBar[t]), Math.sqrt(schedule.noiseVariance[t])];
    const guess = allGuesses('epsilon', 1.3, 0.2, t, schedule);
    expect(c * guess.x0 + s * guess.epsilon).toBeCloseTo(0.2, 12);
    expect(c * guess.epsilon - s * guess.x0).toBeCloseTo(guess.v, 12);
    expect(-guess.epsilon / s).toBeCloseTo(guess.score, 12);
  });

  it('stretches an error by √SNR in ε: 0.1 is 0.3 at ᾱ = 0.9', () => {
    const off = errors(0.1, 1, scheduleFromBetas([0.1, 0.2]));
    expect(off.epsilon).toBeCloseTo(0.3, 12);
    expect(off.v).toBeCloseTo(0.1 * Math.sqrt(10), 12);
    expect(off.score).toBeCloseTo(0.3 / Math.sqrt(0.1), 12);
    expect(off.x0).toBeCloseTo(0.1, 12);
  });
});

describe('weights over t', () => {
  const linear = makeSchedule('linear', 1000);
  const at = (points: { x: number; y: number }[], t: number) =>
    points.find(({ x }) => x === t)?.y ?? Number.NaN;

  it('show eq. 12 as the table has it', () => {
    const points = weightCurve('elboBeta', 'epsilon', linear, 'formula');
    expect(at(points, 1)).toBeCloseTo(0.500050005, 9);
    expect(at(points, 1000)).toBeCloseTo(0.0102044935, 9);
  });

  it('have mean 1 when scaled', () => {
    const short = makeSchedule('cosine', 200);
    const points = weightCurve('minSnr', 'v', short, 'meanOne');
    expect(points.reduce((sum, { y }) => sum + y, 0) / 200).toBeCloseTo(1, 10);
  });

  it('are shown for every objective of a chain but 1 on whatever is predicted, each with a look of its own', () => {
    const shown = SHOWN.map(({ value }) => value);
    expect([...shown, 'simple'].sort()).toEqual([...WEIGHTINGS].sort());
    expect(new Set(shown.map((value) => JSON.stringify(lookOf(value)))).size).toBe(shown.length);
  });

  it('are the same loss on whatever the error is measured', () => {
    const [onX0, onV] = (['x0', 'v'] as const).map((kind) =>
      weightCurve('epsilon', kind, linear, 'formula'),
    );
    onX0.forEach(({ x, y }, i) => {
      expect(onV[i].y / (y * linear.noiseVariance[x])).toBeCloseTo(1, 10);
    });
  });
});

describe('the heat map', () => {
  it('covers each t once, as the worker’s buckets do', () => {
    for (const T of [10, 100, 1000]) {
      const ranges = Array.from({ length: 10 }, (_, k) => bucketRange(k, 10, T));
      expect(ranges[0][0]).toBe(1);
      expect(ranges[9][1]).toBe(T);
      ranges.slice(1).forEach(([first], k) => {
        expect(first).toBe(ranges[k][1] + 1);
      });
    }
  });

  it('draws floors whose mean is the floor of the loss', () => {
    const schedule = makeSchedule('cosine', 20);
    const denoiser = finiteDenoiser({ ...toyData('all16'), schedule });
    const mmse = Array.from({ length: 21 }, (_, t) => (t === 0 ? 0 : denoiser.mmse(t)));
    for (const kind of ['epsilon', 'x0', 'v'] as const) {
      const floors = bucketFloors(mmse, kind, schedule, 4, 10);
      let sum = 0;
      for (let t = 1; t <= 20; t++) sum += denoiser.lossFloor(t, kind) / 4 / 20;
      expect(floors.reduce((a, b) => a + b) / 10).toBeCloseTo(sum, 12);
    }
  });

  it('keeps the whole run on the map, thinned', () => {
    let columns: HeatColumn[] = [];
    for (let step = 1; step <= 1000; step++)
      columns = addColumn(columns, { step, buckets: [step, Number.NaN] });
    expect(columns.length).toBeLessThanOrEqual(91);
    expect(columns[columns.length - 1].step).toBe(1000);
    const cells = heatCells(columns);
    expect(cells.length).toBe(columns.length);
    expect(cells[0].x1).toBe(0);
    cells.slice(1).forEach(({ x1 }, i) => {
      expect(x1).toBe(cells[i].x2);
    });
  });
});
