import { describe, expect, it } from 'vitest';
import { heat, heatKernel, neighbourCorrelation } from '../../src/lib/math/mistakes/heat.ts';
import {
  noiseVarianceWithoutRoot,
  varianceWithoutContraction,
} from '../../src/lib/math/mistakes/mistakes.ts';
import { moments } from '../../src/lib/math/numerics/curves.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { scheduleFromLogSnr } from '../../src/lib/math/process/logSnrSchedule.ts';
import { noiseShares } from '../../src/lib/math/process/noiseBudget.ts';
import {
  logSnr,
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { followed, unitVariance } from '../../src/lib/plots/from-noise/ink.ts';
import { expectedBars, runChain } from '../../src/lib/plots/markov-chain/chain.ts';

const linear = makeSchedule('linear', 1000);

describe('right and wrong chains', () => {
  it('have unit variance with the shrinking factor, and 11.05 without', () => {
    for (const kind of SCHEDULE_KINDS)
      for (const v of unitVariance(makeSchedule(kind, 50), true)) expect(v).toBeCloseTo(1, 12);
    expect(unitVariance(linear, false)[1000]).toBeCloseTo(11.05, 10);
    expect(unitVariance(makeSchedule('linear', 200), false)[200]).toBeCloseTo(11.05, 10);
    expect(unitVariance(linear, false)[1000]).toBe(varianceWithoutContraction(linear));
  });

  it('are what the simulated chains do', () => {
    const schedule = makeSchedule('linear', 20);
    const rng = createRng(5);
    const n = 40_000;
    const noises = Array.from({ length: 20 }, () => rng.fillNormal(new Float64Array(n)));
    const zeros = new Float64Array(n);
    const spread = 4 * Math.sqrt(2 / n);
    for (const [mode, theory] of [
      ['right', (s: Schedule) => s.noiseVariance],
      ['betaAsDeviation', noiseVarianceWithoutRoot],
      ['noShrinking', (s: Schedule) => unitVariance(s, false).map((v) => v - 1)],
    ] as const) {
      const states = runChain(zeros, schedule, noises, mode);
      for (const t of [1, 7, 20]) {
        const expected = theory(schedule)[t];
        expect(Math.abs(moments(states[t]).variance / expected - 1)).toBeLessThan(spread);
      }
    }
  });
});

describe('noise budget', () => {
  it('gives the two-step example 0.72 + 0.08 + 0.2', () => {
    const shares = noiseShares(scheduleFromBetas([0.1, 0.2]), 2);
    expect(Array.from(shares, (s) => s.toFixed(12))).toEqual(
      [0.72, 0.08, 0.2].map((s) => s.toFixed(12)),
    );
  });

  it('adds up to 1 and starts with ᾱ, for every kind and time', () => {
    for (const kind of SCHEDULE_KINDS) {
      const schedule = makeSchedule(kind, 100);
      for (const t of [0, 1, 37, 100]) {
        const shares = noiseShares(schedule, t);
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        expect(shares[0]).toBeCloseTo(schedule.alphaBar[t], 12);
      }
    }
  });
});

describe('histogram that theory expects', () => {
  it('agrees with 200,000 draws of the closed form', () => {
    const schedule = scheduleFromBetas([0.1, 0.2]);
    const rng = createRng(3);
    const x0 = Float64Array.from({ length: 200_000 }, (_, i) => (i % 4 === 0 ? 1 : -1));
    const xt = diffuse(x0, 2, schedule, rng.fillNormal(new Float64Array(x0.length)));
    const bars = expectedBars(x0, Math.sqrt(0.72), 0.28, [-4, 4], 40);
    expect(bars.reduce((sum, b) => sum + b.y * 0.2, 0)).toBeCloseTo(1, 6);
    for (const { x, y } of bars) {
      const share = xt.filter((v) => v >= x - 0.1 && v < x + 0.1).length / xt.length;
      const deviation = Math.sqrt((0.2 * y * (1 - 0.2 * y)) / xt.length);
      expect(Math.abs(share - 0.2 * y)).toBeLessThan(5 * deviation + 1e-5);
    }
  });
});

describe('pixels to follow', () => {
  it('are half ink and half paper, all of them in a tiny image', () => {
    expect(followed([1, -1, -1, 1])).toEqual([0, 3, 1, 2]);
    const image = Float64Array.from({ length: 100 }, (_, i) => (i < 30 ? 1 : -1));
    const picked = followed(image);
    expect(picked.filter((i) => i < 30)).toHaveLength(4);
    expect(new Set(picked).size).toBe(8);
    expect(followed([-1, -1, -1, -1])).toHaveLength(2);
  });
});

describe('heat, for contrast', () => {
  it('keeps the ink and its place in a doubly stochastic kernel', () => {
    const kernel = heatKernel(7, 0.8);
    for (let i = 0; i < 7; i++) {
      let [row, column] = [0, 0];
      for (let j = 0; j < 7; j++) {
        row += kernel[7 * i + j];
        column += kernel[7 * j + i];
        expect(kernel[7 * i + j]).toBeGreaterThan(0);
      }
      expect(row).toBeCloseTo(1, 12);
      expect(column).toBeCloseTo(1, 12);
    }
  });

  it('solves the heat equation: two half times make one time, and small steps agree', () => {
    const image = createRng(2).fillNormal(new Float64Array(25));
    const whole = heat(image, 5, 1);
    const halves = heat(heat(image, 5, 0.5), 5, 0.5);
    whole.forEach((v, i) => {
      expect(halves[i]).toBeCloseTo(v, 12);
    });
    const euler = Float64Array.from(image);
    for (let step = 0; step < 20_000; step++) {
      const old = euler.slice();
      for (let y = 0; y < 5; y++)
        for (let x = 0; x < 5; x++)
          for (const [dx, dy] of [
            [1, 0],
            [-1, 0],
            [0, 1],
            [0, -1],
          ]) {
            const [u, v] = [x + dx, y + dy];
            if (u < 0 || v < 0 || u > 4 || v > 4) continue;
            euler[5 * y + x] += (old[5 * v + u] - old[5 * y + x]) / 20_000;
          }
    }
    whole.forEach((v, i) => {
      expect(euler[i]).toBeCloseTo(v, 3);
    });
  });

  it('ends in uniform grey of the same mean', () => {
    const image = createRng(2).fillNormal(new Float64Array(9));
    for (const v of heat(image, 3, 1e3)) expect(v).toBeCloseTo(moments(image).mean, 12);
  });

  it('measures neighbours', () => {
    expect(neighbourCorrelation([1, -1, -1, 1], 2)).toBeCloseTo(-1, 12);
    expect(neighbourCorrelation([2, 2, 2, 2], 2)).toBeNaN();
    const noise = createRng(9).fillNormal(new Float64Array(10_000));
    expect(Math.abs(neighbourCorrelation(noise, 100))).toBeLessThan(0.03);
  });
});

describe('a schedule drawn by hand', () => {
  it('passes through its knots and never rises', () => {
    const knots = [8, 5, 4.9, 0, -3, -9.5, -10];
    const schedule = scheduleFromLogSnr(knots, 600);
    const lambda = logSnr(schedule);
    for (let k = 1; k < knots.length; k++) expect(lambda[100 * k]).toBeCloseTo(knots[k], 6);
    for (let t = 2; t <= 600; t++) expect(lambda[t]).toBeLessThan(lambda[t - 1]);
  });

  it('survives the steepest and the flattest curves a slider can make', () => {
    for (const knots of [
      [12, -16, -16.05, -16.1],
      [12, 11.95, 11.9, -16],
    ])
      for (const T of [10, 1000]) {
        const { beta, snr } = scheduleFromLogSnr(knots, T);
        expect(beta.slice(1).every((b) => b > 0 && b < 1)).toBe(true);
        expect(snr.slice(1).every((s) => s > 0 && Number.isFinite(s))).toBe(true);
      }
  });

  it('refuses knots that rise', () => {
    expect(() => scheduleFromLogSnr([1, 2], 10)).toThrow(/falling knots/);
  });
});
