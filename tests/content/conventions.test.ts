import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CORRECTION_ROWS } from '../../src/lib/math/mistakes/corrections.ts';
import { FIRST_VARIANCES, firstVariance } from '../../src/lib/math/process/firstVariance.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';
import { ddimStep } from '../../src/lib/math/samplers/ddim.ts';
import { ancestralStep } from '../../src/lib/math/samplers/ddpm.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';

const chapter = readFileSync('content/en/15-mistakes.mdx', 'utf8');
const schedule = makeSchedule('linear', 1000);

/** What the chapter of mistakes says of this book beside published code. */
describe('the conventions of the book', () => {
  it('a short run starts at T, and each step goes to the next time on the list', () => {
    const times = timesteps(1000, 30);
    expect([times[0], times.at(-1)]).toEqual([1000, 0]);
    // ⌊1000/30⌋ = 33 at each step would leave the list, and not arrive at 0.
    expect(new Set(times.slice(1).map((t, i) => times[i] - t))).toEqual(new Set([33, 34]));
    expect(1000 - 30 * 33).not.toBe(0);
  });
  it('no noise is added on arrival, at the end of a short run either', () => {
    for (const t of [1, 20, 100]) {
      for (const variance of ['beta', 'betaTilde'] as const)
        expect(ancestralStep(schedule, t, 0, variance).z).toBe(0);
      expect(ddimStep(schedule, t, 0, 1).z).toBe(0);
    }
  });
  it('σ_1² is β_1 or β̃_2, by name', () => {
    const betaTilde2 = (schedule.beta[2] * (1 - schedule.alphaBar[1])) / (1 - schedule.alphaBar[2]);
    expect(FIRST_VARIANCES.map((name) => firstVariance(schedule, name))).toEqual([
      1e-4,
      expect.closeTo(betaTilde2, 15),
    ]);
  });
  it('the waves of the time: sines first, frequencies 10000^(−k/half), t on a scale of 1000', () => {
    const [T, half] = [500, 32];
    const waves = timeFeatures([7], T, 2 * half);
    for (let k = 0; k < half; k++) {
      const angle = 1000 * (7 / T) * 10_000 ** (-k / half);
      expect(waves[k]).toBeCloseTo(Math.sin(angle), 6);
      expect(waves[half + k]).toBeCloseTo(Math.cos(angle), 6);
    }
    // DDPM's code divides by half − 1, so that its last frequency is 1/10000: not ours.
    expect(waves[half - 1]).not.toBeCloseTo(Math.sin((1000 * (7 / T)) / 10_000), 4);
  });
});

describe('the corrections', () => {
  const rows = [...chapter.matchAll(/<Correction row=\{(\d+)\}/g)].map(([, row]) => Number(row));
  it('are fifty-six, each of them once', () => {
    expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 56 }, (_, i) => i + 1));
    expect(chapter).toContain('Fifty-six');
  });
  it('show every number that is computed for them', () =>
    expect(CORRECTION_ROWS.filter((row) => !rows.includes(row))).toEqual([]));
  it('are in the order of the tutorial only if the chapter says so', () => {
    const ordered = rows.every((row, i) => i === 0 || row > rows[i - 1]);
    expect(/in its order|in the tutorial.s order/.test(chapter)).toBe(ordered);
  });
});
