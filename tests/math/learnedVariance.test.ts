import { describe, expect, it } from 'vitest';
import { type BoundOptions, exactBound, gaussianTerm } from '../../src/lib/math/bound/elbo.ts';
import {
  interpolatedVariance,
  learnVariance,
  varianceGradient,
} from '../../src/lib/math/bound/learnedVariance.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { D2, D16, expectAbsolute, expectRelative } from './helpers.ts';

/** L_{t−1} = ½ D [log(σ²/β̃) + (β̃ + k²e/D)/σ² − 1] is least at σ² = β̃ + k²e/D; k = √ᾱ_{t−1} β_t/(1−ᾱ_t). */
function closedForm(schedule: Schedule, t: number, squaredError: number, dimension: number) {
  const { alphaBar, beta, posteriorVariance, noiseVariance } = schedule;
  const k = (Math.sqrt(alphaBar[t - 1]) * beta[t]) / noiseVariance[t];
  return posteriorVariance[t] + (k * k * squaredError) / dimension;
}
const errorsOf = (schedule: Schedule, data: number[][], weights?: number[]) => {
  const exact = finiteDenoiser({ schedule, data, weights });
  return Array.from({ length: schedule.T + 1 }, (_, t) => (t < 2 ? Number.NaN : exact.mmse(t)));
};
const times = (schedule: Schedule) => Array.from({ length: schedule.T - 1 }, (_, i) => i + 2);

describe('σ² between β̃ and β', () => {
  it('has its ends at v = 0 and v = 1, its geometric mean between', () => {
    for (const kind of SCHEDULE_KINDS) {
      const schedule = makeSchedule(kind, 50);
      for (const t of times(schedule)) {
        const [low, high] = [schedule.posteriorVariance[t], schedule.beta[t]];
        expectRelative(interpolatedVariance(schedule, t, 0), low, 1e-12);
        expectRelative(interpolatedVariance(schedule, t, 1), high, 1e-12);
        expectRelative(interpolatedVariance(schedule, t, 0.5), Math.sqrt(low * high), 1e-12);
      }
    }
    expect(() => interpolatedVariance(makeSchedule('linear', 5), 0, 0.5)).toThrow(/from 1 to 5/);
  });

  it('its gradient is the finite difference of the term', () => {
    const schedule = scheduleFromBetas([0.1, 0.2, 0.05, 0.4, 0.7, 0.9]);
    const loss = (t: number, error: number, v: number) =>
      gaussianTerm(schedule, t, error, 3, interpolatedVariance(schedule, t, v));
    for (const t of times(schedule)) {
      for (const error of [0, 0.01, 1, 40]) {
        for (const v of [0, 0.3, 1]) {
          const h = 1e-5;
          const slope = (loss(t, error, v + h) - loss(t, error, v - h)) / (2 * h);
          const gradient = varianceGradient(schedule, t, error, 3, v);
          expectAbsolute(gradient, slope, 1e-8 * (1 + Math.abs(slope)));
        }
      }
    }
  });
});

describe('the descent', () => {
  it('ends at the closed form, held within [β̃, β], from any start', () => {
    const rng = createRng(5);
    for (const schedule of [
      scheduleFromBetas([0.1, 0.2]),
      // β/β̃ from 10⁴ to 10¹⁰: a long way between the ends.
      scheduleFromBetas([1e-4, 0.9]),
      scheduleFromBetas([1e-10, 1 - 1e-6, 0.5]),
      makeSchedule('cosine', 40),
      makeSchedule('linear', 1000),
    ]) {
      // From far below to far above what an exact denoiser would leave.
      const errors = Float64Array.from({ length: schedule.T + 1 }, (_, t) =>
        Math.exp(4 * rng.normal() - Math.log(1 + (schedule.snr[t] || 0))),
      );
      let [low, inside, high] = [0, 0, 0];
      for (const start of [0, 0.5, 1]) {
        const { v, variance } = learnVariance(schedule, errors, 4, { start });
        for (const t of times(schedule)) {
          const best = closedForm(schedule, t, errors[t], 4);
          const [least, most] = [schedule.posteriorVariance[t], schedule.beta[t]];
          expectRelative(variance[t], Math.min(most, Math.max(least, best)), 1e-9);
          expect(v[t] >= 0 && v[t] <= 1).toBe(true);
          if (v[t] === 1) high++;
          else if (v[t] < 1e-3) low++;
          else inside++;
        }
      }
      // Not one of the three cases may be missing from a long chain.
      if (schedule.T > 100) expect(Math.min(low, inside, high)).toBeGreaterThan(20);
    }
  });

  it('never lets a term rise, nor end above β or β̃ with the same error', () => {
    const schedule = makeSchedule('linear', 10);
    for (const scale of [1e-4, 0.1, 3, 100]) {
      const errors = Array.from({ length: 11 }, (_, t) => scale / (1 + schedule.snr[t]));
      const term = (t: number, sigma2: number) => gaussianTerm(schedule, t, errors[t], 4, sigma2);
      let before = learnVariance(schedule, errors, 4, { iterations: 0 });
      expect([...before.v.slice(2)]).toEqual(Array(9).fill(0.5));
      for (let iterations = 1; iterations <= 40; iterations++) {
        const after = learnVariance(schedule, errors, 4, { iterations });
        for (const t of times(schedule)) {
          const [was, is] = [term(t, before.variance[t]), term(t, after.variance[t])];
          expect(is).toBeLessThanOrEqual(was + 1e-14 * Math.abs(was));
        }
        before = after;
      }
      const end = learnVariance(schedule, errors, 4);
      for (const t of times(schedule)) {
        const least = Math.min(
          term(t, schedule.beta[t]),
          term(t, schedule.posteriorVariance[t]),
          term(t, before.variance[t]),
        );
        expect(term(t, end.variance[t])).toBeLessThanOrEqual(least * (1 + 1e-12));
      }
    }
  });

  it('leaves alone what was not measured, and t = 1', () => {
    const schedule = makeSchedule('cosine', 30);
    const some = Array.from({ length: 31 }, (_, t) => (t === 7 || t === 1 ? 0.4 : Number.NaN));
    const all = Array.from({ length: 31 }, () => 0.4);
    const sparse = learnVariance(schedule, some, 4);
    expect(sparse.v[7]).toBe(learnVariance(schedule, all, 4).v[7]);
    expect(sparse.v.filter((v) => !Number.isNaN(v)).length).toBe(1);
    expect(sparse.variance.filter((v) => !Number.isNaN(v)).length).toBe(1);
  });
});

describe('with exact denoisers', () => {
  const uneven = [[-1], [0.25], [0.9]];
  const sets: [number[][], number[]?][] = [[D16], [D2], [uneven, [0.2, 0.5, 0.3]], [[[1]]]];

  it('the best variance lies within [β̃, β] when pixels lie within [−1, 1] …', () => {
    for (const kind of SCHEDULE_KINDS) {
      for (const T of [2, 12, 300]) {
        const schedule = makeSchedule(kind, T);
        for (const [data, weights] of sets) {
          const errors = errorsOf(schedule, data, weights);
          for (const t of times(schedule)) {
            const best = closedForm(schedule, t, errors[t], data[0].length);
            expect(best).toBeGreaterThanOrEqual(schedule.posteriorVariance[t]);
            expect(best).toBeLessThanOrEqual(schedule.beta[t] * (1 + 1e-12));
          }
        }
      }
    }
  });

  it('… and not always when they do not: above β, below β/α, and v stops at 1', () => {
    const schedule = makeSchedule('linear', 100);
    const errors = errorsOf(schedule, [[3], [-3]]);
    const { v, variance } = learnVariance(schedule, errors, 1);
    let above = 0;
    for (const t of times(schedule)) {
      const best = closedForm(schedule, t, errors[t], 1);
      const [beta, alpha] = [schedule.beta[t], 1 - schedule.beta[t]];
      expect(best).toBeLessThanOrEqual(beta / alpha);
      if (best <= beta * (1 + 1e-9)) continue;
      above++;
      expect(v[t]).toBe(1);
      expectRelative(variance[t], beta, 1e-12);
    }
    expect(above).toBeGreaterThan(10);
  });

  it('the bound is that of the closed form, and never above that of β or β̃', () => {
    for (const [data, weights] of [...sets, [[[3], [-3]]] as [number[][]]]) {
      for (const T of [2, 25]) {
        for (const kind of SCHEDULE_KINDS) {
          const bound = (variance: BoundOptions['variance']) =>
            exactBound({
              schedule: makeSchedule(kind, T),
              data,
              weights,
              variance,
              decoder: 'discretized',
            });
          const [learned, best] = [bound('learned'), bound('bestIsotropic')];
          const [beta, tilde] = [bound('beta'), bound('betaTilde')];
          const slack = 1e-12 * learned.total;
          expect(learned.total).toBeLessThanOrEqual(beta.total + slack);
          expect(learned.total).toBeLessThanOrEqual(tilde.total + slack);
          if (data[0][0] === 3) expect(learned.total).toBeGreaterThanOrEqual(best.total - slack);
          else expectRelative(learned.total, best.total, 1e-12);
          // The decoder and the prior are not the descent's business.
          expect([learned.prior, learned.reconstruction]).toEqual([
            beta.prior,
            beta.reconstruction,
          ]);
          expect(learned.learned?.v.length).toBe(T + 1);
          expect(beta.learned).toBeUndefined();
        }
      }
    }
  });

  it('of bars: the steps by quadrature, the end by the same draws as for the best', () => {
    const bars = [
      [1, 1, 1, 1],
      [-1, -1, -1, -1],
      [1, 1, -1, -1],
      [-1, -1, 1, 1],
      [1, -1, 1, -1],
      [-1, 1, -1, 1],
    ];
    const bound = (variance: BoundOptions['variance']) =>
      exactBound({ schedule: makeSchedule('cosine', 10), data: bars, variance, decoder: 'exact' });
    const [learned, best, beta] = [bound('learned'), bound('bestIsotropic'), bound('beta')];
    expect([learned.method, bound('exact').method]).toEqual(['mixed', 'monteCarlo']);
    expect(Math.max(...learned.standardError.diffusion)).toBe(0);
    expect(learned.standardError.reconstruction).toBeGreaterThan(0);
    expectRelative(learned.total, best.total, 1e-9);
    expectRelative(learned.standardError.total, best.standardError.total, 1e-6);
    expect(learned.total).toBeLessThan(beta.total);
  });
});
