import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chainPath } from '../../src/lib/math/process/chain.ts';
import { edm } from '../../src/lib/math/process/edm.ts';
import { equationAt } from '../../src/lib/math/process/equations.ts';
import type { Path, PathPoint } from '../../src/lib/math/process/path.ts';
import { PATHS, type PathName } from '../../src/lib/math/process/paths.ts';
import { matchingTime, pointOf } from '../../src/lib/math/process/process.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { varianceExploding } from '../../src/lib/math/process/varianceExploding.ts';
import { variancePreserving } from '../../src/lib/math/process/variancePreserving.ts';
import { expectAbsolute, expectRelative } from './helpers.ts';

interface Reference extends Omit<PathPoint, 'varianceRate'> {
  path: PathName | 'chain';
  t: number;
  drift: number;
  diffusion: number;
}
/** Made by tests/fixtures/paths.py, to 60 digits. */
const { betas, points }: { betas: number[]; points: Reference[] } = JSON.parse(
  readFileSync('tests/fixtures/paths.json', 'utf8'),
);
const all: Record<string, Path> = { ...PATHS, chain: chainPath(scheduleFromBetas(betas)) };
/** A few dozen roundings. */
const EXACT = 5e-15;

describe('against 60 digits, near the data too', () => {
  it.each(points)('$path at $t', ({ path, t, drift, diffusion, ...reference }) => {
    const point = pointOf(all[path], t);
    for (const key of ['signal', 'noise', 'signalRate', 'noiseRate'] as const) {
      if (reference[key] === 0) expect(point[key]).toBe(0);
      else expectRelative(point[key], reference[key], EXACT);
    }
    expectRelative(point.varianceRate, 2 * reference.noise * reference.noiseRate, EXACT);
    const equation = equationAt(point);
    expectAbsolute(equation.drift, drift, EXACT * Math.abs(drift));
    expectRelative(equation.diffusion, diffusion, EXACT);
  });
});

describe('the laws of a path', () => {
  /** From near the data to the start, and not on the whole times of the chain, where rates jump. */
  const times = ({ range: [first], start }: Path) =>
    [0.003, 0.11, 0.42, 0.73, 0.99].map((u) => first + u * (start - first));

  it.each(Object.entries(all))('%s: rates are slopes', (_name, path) => {
    for (const t of times(path)) {
      const h = 1e-5 * t;
      const slope = (f: (point: PathPoint) => number) =>
        (f(path.at(t + h)) - f(path.at(t - h))) / (2 * h);
      const point = path.at(t);
      // The step's square, at most (7·5e-5)²/6, and 1e-16/h of rounding.
      const near = (found: number, expected: number) =>
        expectAbsolute(found, expected, 3e-8 * Math.abs(expected) + 1e-15 / h);
      near(
        slope((p) => p.signal),
        point.signalRate,
      );
      near(
        slope((p) => p.noise),
        point.noiseRate,
      );
      near(
        slope((p) => p.noise ** 2),
        point.varianceRate,
      );
    }
  });

  it.each(Object.entries(all))(
    '%s: noise/signal grows, and its time is found again',
    (_n, path) => {
      let before = 0;
      for (const t of times(path)) {
        const { signal, noise } = path.at(t);
        expect(noise / signal).toBeGreaterThan(before);
        before = noise / signal;
        expectRelative(path.time(noise / signal), t, 1e-13);
      }
    },
  );

  it.each(['variancePreserving', 'subVp', 'straight', 'edm'])(
    '%s: so it is near the data',
    (name) => {
      const path = all[name];
      for (const t of [1e-12, 1e-7, 1e-3]) {
        const { signal, noise } = path.at(t);
        expectRelative(path.time(noise / signal), t, EXACT);
      }
    },
  );

  it.each(Object.entries(all))('%s: at the start the noise is the prior', (_name, path) => {
    const { signal, noise } = path.at(path.start);
    expect(path.range[0]).toBeLessThan(path.start);
    expect(path.start).toBeLessThanOrEqual(path.range[1]);
    // Data of standard deviation 1: what is left of it is not seen beside the prior.
    expectRelative(Math.hypot(noise, signal), path.prior, 1e-3);
  });

  it.each(Object.entries(all))('%s: no time outside its own', (_name, path) => {
    for (const t of [-1e-9, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => pointOf(path, t)).toThrow(/Time: expected a number from 0 to/);
  });

  it.each(Object.entries(all))(
    '%s: two moments of its equation stay on the path (Fokker–Planck)',
    (_name, path) => {
      for (const t of times(path)) {
        const point = path.at(t);
        const { drift, diffusion } = equationAt(point);
        // dm/dt = drift·m and dV/dt = 2·drift·V + g²; of V the two sides differ by less than they add up from.
        expectAbsolute(drift * point.signal, point.signalRate, 4e-16 * Math.abs(point.signalRate));
        const pull = 2 * drift * point.noise ** 2;
        const size = Math.abs(pull) + diffusion ** 2;
        expectAbsolute(pull + diffusion ** 2, point.varianceRate, 1e-14 * size);
      }
    },
  );
});

describe('the chain is a path', () => {
  it.each(SCHEDULE_KINDS)('whole times are the schedule’s own: %s', (kind) => {
    for (const T of [1, 7, 1000]) {
      const schedule = makeSchedule(kind, T);
      const path = chainPath(schedule);
      for (let t = 0; t <= T; t++) {
        const { signal, noise } = path.at(t);
        expect([signal, noise]).toEqual([
          Math.sqrt(schedule.alphaBar[t]),
          Math.sqrt(schedule.noiseVariance[t]),
        ]);
      }
    }
  });

  it('between whole times it is continuous', () => {
    const path = all.chain;
    for (let t = 1; t < betas.length; t++) {
      const [before, at, after] = [-1e-9, 0, 1e-9].map((h) => path.at(t + h));
      expectAbsolute(before.noise, at.noise, 1e-7);
      expectAbsolute(after.noise, at.noise, 1e-7);
    }
  });

  it('as a schedule it has whole times only', () => {
    const schedule = scheduleFromBetas(betas);
    expect(pointOf(schedule, 3)).toEqual(all.chain.at(3));
    for (const t of [0, 2.5, betas.length + 1])
      expect(() => pointOf(schedule, t)).toThrow(/Time: expected an integer from 1/);
  });

  it('a long linear schedule follows the variance-preserving path with 1000 times its β', () => {
    const T = 10_000;
    const chain = chainPath(makeSchedule('linear', T));
    const path = variancePreserving({ betaMin: 0.1, betaMax: 20 });
    // The chain's β are as of the middle of each step but for half a step: of order 1/T.
    for (const u of [0.05, 0.3, 0.8]) {
      expectRelative(chain.at(u * T).signal, path.at(u).signal, 20 / T);
      expectRelative(chain.at(u * T).signalRate * T, path.at(u).signalRate, 40 / T);
    }
  });
});

describe('one noisy image on two paths', () => {
  it.each(Object.keys(all))('%s: there and back', (from) => {
    for (const to of Object.keys(all)) {
      for (const sigma of [0.02, 0.7, 20]) {
        const t = all[from].time(sigma);
        const there = matchingTime(all[from], t, all[to]);
        const [a, b] = [all[from].at(t), all[to].at(there.t)];
        expectRelative(there.scale * a.signal, b.signal, 1e-12);
        expectRelative(there.scale * a.noise, b.noise, 1e-12);
        const back = matchingTime(all[to], there.t, all[from]);
        expectRelative(back.t, t, 1e-12);
      }
    }
  });

  it('the ends of a path match, and what is beyond them is told', () => {
    expect(matchingTime(PATHS.straight, 0, PATHS.edm)).toEqual({ t: 0, scale: 1 });
    const chain = scheduleFromBetas(betas);
    expectRelative(matchingTime(chain, chain.T, chain).t, chain.T, 1e-15);
    expect(() => matchingTime(PATHS.straight, 1, PATHS.variancePreserving)).toThrow(
      /the path variance preserving reaches; found Infinity/,
    );
    expect(() => matchingTime(PATHS.straight, 0.001, PATHS.varianceExploding)).toThrow(RangeError);
  });
});

it('the equation of a variance-preserving path starts at the data, where its noise grows infinitely fast', () => {
  const { drift, diffusion } = equationAt(variancePreserving({ betaMin: 0.3, betaMax: 9 }).at(0));
  expectRelative(drift, -0.15, EXACT);
  expectRelative(diffusion ** 2, 0.3, EXACT);
});

it('numbers that make no path are told', () => {
  expect(() => variancePreserving({ betaMin: 0, betaMax: 1 })).toThrow(/0 < β_min ≤ β_max/);
  expect(() => variancePreserving({ betaMin: 2, betaMax: 1 })).toThrow(RangeError);
  expect(() => varianceExploding({ sigmaMin: 1, sigmaMax: 1 })).toThrow(/0 < σ_min < σ_max/);
  expect(() => edm({ sigmaMax: Number.NaN })).toThrow(/above 0/);
  expect(() => equationAt(PATHS.straight.at(1))).toThrow(/expected some signal/);
});
