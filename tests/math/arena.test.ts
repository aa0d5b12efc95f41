/** The arena of samplers on the line. */
import { describe, expect, it } from 'vitest';
import { lineCdf, lineQuantile } from '../../src/lib/math/exact/lineLaw.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { arenaCurve, arenaError, drawsError, orderOf } from '../../src/lib/math/samplers/arena.ts';
import { TIME_GRID_NAMES, TIME_GRIDS } from '../../src/lib/math/samplers/timeGrids.ts';

const law = [
  { weight: 0.35, mean: -1, variance: 0.04 },
  { weight: 0.65, mean: 0.7, variance: 0.02 },
];
const schedule = makeSchedule('linear', 1000);
const arena = { law, schedule, grid: 'logSnr', count: 48, seed: 1 } as const;

describe('a law on the line', () => {
  it('has places and shares that undo each other, at every t', () => {
    for (const t of [0, 1, 300, 1000])
      for (const share of [0.001, 0.35, 0.5, 0.99])
        expect(lineCdf(law, schedule, t, lineQuantile(law, schedule, t, share))).toBeCloseTo(
          share,
          12,
        );
  });

  it('is standard normal noise at the end', () => {
    // P(x ≤ 1.6448536269514722) = 0.95; ᾱ_T = 4e-5 is what is left of the data.
    expect(lineQuantile(law, schedule, 1000, 0.95)).toBeCloseTo(1.6448536269514722, 2);
  });
});

describe('grids of whole times', () => {
  it.each(TIME_GRID_NAMES)('%s: falls from T to 0 in as many steps as asked', (grid) => {
    for (const kind of ['linear', 'cosine'] as const)
      for (const steps of [1, 2, 7, 50, 1000]) {
        const times = TIME_GRIDS[grid].times(makeSchedule(kind, 1000), steps);
        expect(times).toHaveLength(steps + 1);
        expect([times[0], times.at(-1)]).toEqual([1000, 0]);
        for (let i = 1; i < times.length; i++) expect(times[i]).toBeLessThan(times[i - 1]);
      }
  });

  it('logSnr steps by equal factors of σ where times are dense', () => {
    const sigma = (t: number) => schedule.snr[t] ** -0.5;
    const times = TIME_GRIDS.logSnr.times(schedule, 9).slice(0, 5);
    const factors = times.slice(1).map((t, i) => sigma(times[i]) / sigma(t));
    // A whole time is off by at most half a step of the chain: 2 % of σ up to there.
    for (const factor of factors) expect(factor / factors[0]).toBeCloseTo(1, 1);
  });
});

describe('the error of a sampler', () => {
  it.each([
    ['ddim', 0.8, 1.5],
    ['heun', 1.7, 2.6],
    ['dpmSolver', 1.6, 2.6],
  ] as const)('%s falls with its order', (sampler, low, high) => {
    const curve = arenaCurve({ ...arena, choice: { sampler } }, [32, 64, 128]);
    expect(orderOf(curve)).toBeGreaterThan(low);
    expect(orderOf(curve)).toBeLessThan(high);
    for (const { evaluations } of curve) expect(evaluations).toBeLessThanOrEqual(128);
  });

  it('is 0 where the guess is always right', () => {
    // A single point: every step ends on it.
    const point = [{ weight: 1, mean: 0.4, variance: 0 }];
    expect(arenaError({ ...arena, law: point, choice: { sampler: 'ddim' } }, 3)).toBeLessThan(
      1e-12,
    );
  });

  it('of the reverse chain is that of draws, not of its steps', () => {
    const options = { ...arena, count: 512, choice: { sampler: 'ddpm' } } as const;
    // Two independent sets of 512 draws: either distance has this mean; 3 is beyond any chance (the seeds are fixed).
    expect(arenaError(options, 128) / drawsError(options)).toBeLessThan(3);
  });

  it('order: of a known power', () => {
    const points = [4, 8, 16].map((evaluations) => ({
      evaluations,
      error: 5 * evaluations ** -1.5,
    }));
    expect(orderOf(points)).toBeCloseTo(1.5, 12);
  });
});
