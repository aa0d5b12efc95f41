import { describe, expect, it } from 'vitest';
import {
  jump,
  logSnr,
  makeSchedule,
  SCHEDULE_KINDS,
  type ScheduleKind,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { expectRelative } from './helpers.ts';

describe.each(SCHEDULE_KINDS)('%s', (kind) => {
  it.each([1, 2, 10, 100, 1000, 4000])('obeys its laws for T = %i', (T) => {
    const s = makeSchedule(kind, T);
    expect([s.T, s.beta.length, s.alphaBar.length]).toEqual([T, T + 1, T + 1]);
    expect([s.beta[0], s.alphaBar[0], s.snr[0], s.posteriorVariance[0]]).toEqual([
      0,
      1,
      Number.POSITIVE_INFINITY,
      0,
    ]);
    expect(s.posteriorVariance[1]).toBe(0);
    for (let t = 1; t <= T; t++) {
      expect(s.beta[t]).toBeGreaterThan(0);
      expect(s.beta[t]).toBeLessThanOrEqual(0.999);
      expectRelative(s.alphaBar[t], s.alphaBar[t - 1] * (1 - s.beta[t]), 1e-15);
      expectRelative(s.noiseVariance[t] + s.alphaBar[t], 1, 1e-12);
      expect(s.snr[t]).toBeLessThan(s.snr[t - 1]);
      expect(s.posteriorVariance[t]).toBeLessThan(s.beta[t]);
      if (t > 1) expect(s.posteriorVariance[t]).toBeGreaterThan(0);
    }
  });

  it('ends near pure noise, short or long', () => {
    // Stable Diffusion's own schedule is known for stopping short (Lin et al. 2305.08891).
    const limit = kind === 'scaledLinear' ? 0.0075 : 0.0015;
    for (const T of [20, 50, 100, 1000]) {
      expect(makeSchedule(kind, T).alphaBar[T]).toBeLessThan(limit);
    }
  });
});

describe('definitions', () => {
  it('cosine is cos² until the clip (iDDPM eq. 17)', () => {
    const T = 50;
    const s = makeSchedule('cosine', T);
    const f = (t: number) => Math.cos((((t / T + 0.008) / 1.008) * Math.PI) / 2) ** 2;
    for (let t = 1; t < T; t++) expectRelative(s.alphaBar[t], f(t) / f(0), 1e-12);
    expect(s.beta[T]).toBe(0.999);
  });

  it('sigmoidAlphaBar is the normalised sigmoid until the clip', () => {
    const T = 40;
    const s = makeSchedule('sigmoidAlphaBar', T);
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    const f = (u: number) => (sigmoid(3) - sigmoid(6 * u - 3)) / (sigmoid(3) - sigmoid(-3));
    for (let t = 1; t < T; t++) expectRelative(s.alphaBar[t], f(t / T), 1e-12);
    expect(s.beta[T]).toBe(0.999);
  });

  it.each([
    ['linear', 1e-4, 0.02],
    ['quadratic', 1e-4, 0.02],
    ['scaledLinear', 0.00085, 0.012],
  ] as const)('%s runs from %f to %f, times 1000/T', (kind, from, to) => {
    for (const T of [1000, 100]) {
      const { beta } = makeSchedule(kind, T);
      expectRelative(beta[1], (from * 1000) / T, 1e-12);
      expectRelative(beta[T], (to * 1000) / T, 1e-12);
    }
  });

  it('a schedule from its own β is the same schedule', () => {
    const s = makeSchedule('sigmoidBeta', 30);
    expect(scheduleFromBetas(s.beta.slice(1))).toEqual({ ...s, kind: 'custom' });
  });
});

describe('precision', () => {
  it('keeps the digits of a tiny noise', () => {
    const s = scheduleFromBetas([1e-12, 1e-12]);
    expectRelative(s.noiseVariance[2], 2e-12, 1e-11);
    expectRelative(s.snr[1], 1e12, 1e-11);
  });

  it('never divides by zero at the far end', () => {
    const s = scheduleFromBetas(new Array(1000).fill(0.999));
    for (const array of [s.alphaBar, s.snr, s.posteriorVariance, logSnr(s).slice(1)]) {
      expect(array.every((v, t) => Number.isFinite(v) || t === 0)).toBe(true);
    }
    expect(s.alphaBar[1000]).toBeGreaterThan(0);
  });

  it('jumps compose', () => {
    const s = makeSchedule('cosine', 60);
    const [a, b, whole] = [jump(s, 5, 20), jump(s, 20, 41), jump(s, 5, 41)];
    expectRelative(a.alpha * b.alpha, whole.alpha, 1e-13);
    expectRelative(a.beta * b.alpha + b.beta, whole.beta, 1e-13);
    expectRelative(whole.alpha, s.alphaBar[41] / s.alphaBar[5], 1e-13);
  });
});

describe('bad input', () => {
  it.each([0, -3, 2.5, Number.NaN, 100_001, Number.POSITIVE_INFINITY])('T = %s', (T) => {
    expect(() => makeSchedule('linear', T)).toThrow(/expected an integer from 1 to 100000; found/);
  });
  it.each([[[0.1, 0]], [[0.1, 1]], [[-0.1]], [[Number.NaN]]])('β = %j', (betas) => {
    expect(() => scheduleFromBetas(betas)).toThrow(/strictly between 0 and 1; found/);
  });
  it('no steps', () => expect(() => scheduleFromBetas([])).toThrow(RangeError));
  it('unknown kind', () => {
    expect(() => makeSchedule('square' as ScheduleKind, 5)).toThrow(/expected one of linear/);
  });
  it('a time outside the chain', () => {
    const s = makeSchedule('linear', 5);
    expect(() => jump(s, 3, 3)).toThrow(RangeError);
    expect(() => jump(s, 0, 6)).toThrow(/found 6/);
  });
});
