import { describe, expect, it } from 'vitest';
import { en } from '../../src/components/widgets/bound/words.ts';
import { type ToyName, toyData } from '../../src/lib/data/toyData.ts';
import { gaussianTerm } from '../../src/lib/math/bound/elbo.ts';
import { information } from '../../src/lib/math/exact/reverse.ts';
import { asMixture, klMixtures } from '../../src/lib/math/numerics/gaussian.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import {
  bestForward,
  bestReverse,
  bothWays,
  noisyPixel,
  payments,
  pixelFits,
} from '../../src/lib/plots/bound/klFitter.ts';
import { widthPoints, widthSummary } from '../../src/lib/plots/bound/learnedWidth.ts';
import { diffusionSum, perNat, segments, termsOverTime } from '../../src/lib/plots/bound/ledger.ts';
import {
  accountFrom,
  accountSegments,
  strata,
  timesOf,
  withWidth,
} from '../../src/lib/plots/bound/modelLedger.ts';
import { computeBound, computeMmse } from '../../src/lib/worker/exact/compute.ts';
import { BOUND_VARIANCES, type BoundRequest } from '../../src/lib/worker/exact/protocol.ts';

const EXAMPLE = { betas: [0.1, 0.2] };
const bound = (name: ToyName, rest: Partial<BoundRequest> = {}) =>
  computeBound({
    schedule: EXAMPLE,
    ...toyData(name),
    variance: 'exact',
    decoder: 'exact',
    ...rest,
  });

describe('the fitter', () => {
  const example = scheduleFromBetas([0.1, 0.2]);
  const truth = noisyPixel(example, 1);

  it('shows the four numbers of the two bells', () => {
    const { wide, mode } = pixelFits(example, 1);
    expect(wide.forward).toBeCloseTo(0.461995, 6);
    expect(mode.forward).toBeCloseTo(8.310702, 6);
    expect(wide.reverse).toBeCloseTo(0.93798, 6);
    expect(mode.reverse).toBeCloseTo(0.689298, 6);
    expect(bothWays(truth, { mean: 0, variance: 1 }).forward).toBeCloseTo(wide.forward, 9);
  });

  it('finds no better bell beside the best ones', () => {
    const forward = bestForward(truth);
    const reverse = bestReverse(truth, { mean: 0.4, variance: 0.25 });
    for (const [dm, ds] of [
      [0.02, 1],
      [-0.02, 1],
      [0, 1.03],
      [0, 0.97],
    ]) {
      const near = (b: { mean: number; variance: number }) => ({
        mean: b.mean + dm,
        variance: b.variance * ds,
      });
      expect(bothWays(truth, near(forward)).forward).toBeGreaterThan(
        bothWays(truth, forward).forward,
      );
      expect(bothWays(truth, near(reverse)).reverse).toBeGreaterThan(
        bothWays(truth, reverse).reverse,
      );
    }
    expect(forward.mean).toBeCloseTo(0, 12);
    expect(reverse.mean).toBeGreaterThan(0.9);
  });

  it('draws integrands whose areas are the divergences', () => {
    const bell = { mean: 0.2, variance: 0.4 };
    const area = (points: { x: number; y: number }[]) =>
      points.reduce((sum, { y }) => sum + y, 0) * (points[1].x - points[0].x);
    const { forward, reverse } = payments(truth, bell, [-9, 9]);
    expect(area(forward)).toBeCloseTo(klMixtures(truth, asMixture(0.2, 0.4)), 8);
    expect(area(reverse)).toBeCloseTo(klMixtures(asMixture(0.2, 0.4), truth), 8);
  });
});

describe('the ledger', () => {
  it('has the table’s terms at T = 2', () => {
    const [sixteen, pair] = [bound('all16'), bound('two')];
    expect(sixteen.prior).toBeCloseTo(2.545931352, 8);
    expect(sixteen.diffusion[2]).toBeCloseTo(0.535185684, 8);
    expect(sixteen.reconstruction).toBeCloseTo(0.01539699, 8);
    expect(sixteen.total).toBeCloseTo(3.096514, 6);
    expect(-(sixteen.total - sixteen.prior)).toBeCloseTo(-0.550583, 6);
    expect(-sixteen.entropy).toBeCloseTo(-2.772589, 6);
    expect(pair.bitsPerDim).toBeCloseTo(0.918946, 6);
    const data = { schedule: scheduleFromBetas([0.1, 0.2]), ...toyData('all16') };
    expect(information(data, 2).givenNoisier).toBeCloseTo(0.535186, 6);
  });

  it('has the table’s totals for longer chains', () => {
    const linear100 = { kind: 'linear', T: 100 } as const;
    expect(bound('all16', { schedule: linear100 }).bitsPerDim).toBeCloseTo(1, 6);
    expect(bound('all16', { schedule: linear100, variance: 'betaTilde' }).bitsPerDim).toBeCloseTo(
      1.073707,
      6,
    );
    const published = { variance: 'beta', decoder: 'discretized' } as const;
    expect(bound('all16', { schedule: linear100, ...published }).bitsPerDim).toBeCloseTo(
      2.009643,
      6,
    );
    expect(
      bound('two', { schedule: { kind: 'linear', T: 1000 }, ...published }).bitsPerDim,
    ).toBeCloseTo(0.737121, 6);
  });

  it('orders the widths: nothing beats the exact kernel, and no bound undercuts the entropy', () => {
    for (const name of ['all16', 'two'] as const) {
      const all = BOUND_VARIANCES.map((variance) =>
        bound(name, { variance, schedule: { kind: 'cosine', T: 20 } }),
      );
      for (const each of all) {
        expect(each.total).toBeGreaterThanOrEqual(all[0].total - 1e-12);
        expect(each.total).toBeGreaterThanOrEqual(each.entropy);
      }
    }
  });

  it.each([2, 5, 100])('lays segments end to end, T = %i', (T) => {
    const found = bound('all16', { schedule: { kind: 'linear', T }, variance: 'beta' });
    const factor = perNat('bitsPerDim', 4);
    const laid = segments('row', found, factor, en.pieces);
    expect(laid[0].from).toBe(0);
    laid.slice(1).forEach(({ from }, i) => {
      expect(from).toBe(laid[i].to);
    });
    expect(laid[laid.length - 1].to).toBeCloseTo(found.bitsPerDim, 10);
    expect(laid.length).toBeLessThanOrEqual(15);
    expect(laid[0].name).toBe('L₀');
    expect(laid[1].name.startsWith('L₁')).toBe(true);
    // Both parts of the prior, and together no more than the prior.
    const [left, start] = laid.slice(-2);
    expect([left.part, start.part]).toEqual(['information', 'mismatch']);
    expect(left.to - left.from).toBeCloseTo(found.priorParts.information * factor, 12);
    expect(start.to - left.from).toBeCloseTo(found.prior * factor, 10);
  });

  it('thins the terms without losing any of their sum', () => {
    const found = bound('two', { schedule: { kind: 'linear', T: 1000 }, variance: 'betaTilde' });
    const points = termsOverTime(found, 1, 100);
    expect(points.length).toBeLessThanOrEqual(100);
    const size = Math.ceil(999 / 100);
    const sum = points.reduce(
      (total, { y }, i) => total + y * (i === points.length - 1 ? 999 - size * i : size),
      0,
    );
    expect(sum).toBeCloseTo(diffusionSum(found), 10);
  });

  it('weighs images as it is told', () => {
    const bent = bound('two', toyData('two', 0.7));
    expect(bent.entropy).toBeCloseTo(-(0.7 * Math.log(0.7) + 0.3 * Math.log(0.3)), 12);
    expect(toyData('bars', 0.5).weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('answers mmse as the table has it', () => {
    const mmse = computeMmse({ schedule: EXAMPLE, ...toyData('all16') });
    expect(mmse[0]).toBe(0);
    expect(mmse[1]).toBeCloseTo(0.016604319, 8);
    expect(mmse[2]).toBeCloseTo(0.646026664, 8);
  });
});

describe('a network’s account', () => {
  it('covers 2 … T once', () => {
    for (const T of [2, 100, 101, 1000]) {
      const all = strata(T, 3);
      expect(all[0].first).toBe(2);
      expect(all[all.length - 1].last).toBe(T);
      all.slice(1).forEach(({ first }, i) => {
        expect(first).toBe(all[i].last + 1);
      });
      for (const { first, last, times } of all) {
        expect(new Set(times).size).toBe(times.length);
        for (const t of times) expect(t >= first && t <= last).toBe(true);
      }
      expect(timesOf(all)[0]).toBe(1);
    }
  });

  it('adds up to the exact bound when the terms are exact and all t are measured', () => {
    const schedule = { kind: 'cosine', T: 100 } as const;
    const found = bound('two', { schedule, variance: 'betaTilde' });
    const all = strata(100, 1);
    const terms = [0, 1, ...all.map(({ first }) => first)].map((t) => ({
      t,
      mean: t === 0 ? found.prior : t === 1 ? found.reconstruction : found.diffusion[t],
      standardError: 0,
    }));
    const account = accountFrom(all, terms);
    expect(account?.total).toBeCloseTo(found.total, 10);
    expect(account?.standardError).toBe(0);
    expect(accountFrom(all, terms.slice(0, 50))).toBeNull();
  });

  it('is unbiased over the choice of t, and honest about its spread', () => {
    const schedule = { kind: 'cosine', T: 1000 } as const;
    const found = bound('two', { schedule, variance: 'betaTilde' });
    const totals: number[] = [];
    let claimed = 0;
    const runs = 400;
    for (let seed = 0; seed < runs; seed++) {
      const all = strata(1000, seed);
      const terms = [0, ...timesOf(all)].map((t) => ({
        t,
        mean: t === 0 ? found.prior : t === 1 ? found.reconstruction : found.diffusion[t],
        standardError: 0,
      }));
      const account = accountFrom(all, terms);
      totals.push(account?.total ?? Number.NaN);
      claimed += (account?.standardError ?? Number.NaN) ** 2 / runs;
    }
    const mean = totals.reduce((a, b) => a + b) / runs;
    const variance = totals.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (runs - 1);
    expect(Math.abs(mean - found.total)).toBeLessThan(4 * Math.sqrt(variance / runs));
    expect(claimed / variance).toBeGreaterThan(0.7);
    expect(claimed / variance).toBeLessThan(1.4);
  });
});

describe('a network’s account with other widths', () => {
  const named = { kind: 'cosine', T: 100 } as const;
  const subject = { schedule: makeSchedule('cosine', 100), dimension: 4 };
  const nat = perNat('bitsPerDim', 4);
  const mmse = computeMmse({ schedule: named, ...toyData('two') });
  const tilde = bound('two', { schedule: named, variance: 'betaTilde' });
  /** As a worker would send them, if the network were the exact denoiser and the draws without number. */
  const terms = Array.from({ length: 101 }, (_, t) => ({
    t,
    mean: nat * (t === 0 ? tilde.prior : t === 1 ? tilde.reconstruction : tilde.diffusion[t]),
    standardError: 0,
    ...(t < 2
      ? {}
      : {
          squaredError: {
            mean: mmse[t],
            standardError: 0,
            halves: [mmse[t], mmse[t]] as const,
          },
        }),
  }));

  it.each(['betaTilde', 'beta', 'learned'] as const)('is the exact bound: %s', (width) => {
    const found = bound('two', { schedule: named, variance: width });
    const changed = withWidth(terms, width, subject);
    expect(accountFrom(strata(100, 1), changed.terms)?.total).toBeCloseTo(found.bitsPerDim, 10);
    if (width !== 'learned') expect(changed.v).toBeUndefined();
    else
      for (let t = 2; t <= 100; t++)
        expect(changed.v?.[t]).toBeCloseTo(found.learned?.v[t] ?? Number.NaN, 9);
  });

  it('judges a learned width by draws it has not seen: no luck on average, and an honest error', () => {
    // Errors of 2·χ² with one degree of freedom: their mean is 2, which eight draws know only roughly.
    const [t, draws, runs] = [30, 8, 4000];
    const { schedule, dimension } = subject;
    const truth = 2;
    const k2 = (schedule.alphaBar[t - 1] * schedule.beta[t] ** 2) / schedule.noiseVariance[t] ** 2;
    const best = schedule.posteriorVariance[t] + (k2 * truth) / dimension;
    const least = nat * gaussianTerm(schedule, t, truth, dimension, best);
    const rng = createRng(11);
    const found = Array.from({ length: runs }, () => {
      const values = Array.from({ length: draws }, () => truth * rng.normal() ** 2);
      const mean = (own: number[]) => own.reduce((a, b) => a + b, 0) / own.length;
      const all = mean(values);
      const spread = values.reduce((sum, v) => sum + (v - all) ** 2, 0) / (draws - 1);
      const squaredError = {
        mean: all,
        standardError: Math.sqrt(spread / draws),
        halves: [mean(values.slice(0, draws / 2)), mean(values.slice(draws / 2))] as const,
      };
      const term = { t, mean: 0, standardError: 0, squaredError };
      return withWidth([term], 'learned', subject).terms[0];
    });
    const mean = found.reduce((sum, f) => sum + f.mean, 0) / runs;
    const variance = found.reduce((sum, f) => sum + (f.mean - mean) ** 2, 0) / (runs - 1);
    const claimed = found.reduce((sum, f) => sum + f.standardError ** 2, 0) / runs;
    expect(mean).toBeGreaterThan(least - 4 * Math.sqrt(variance / runs));
    expect(claimed / variance).toBeGreaterThan(0.6);
    expect(claimed / variance).toBeLessThan(1.7);
  });

  it('splits its prior where the law of the images is known, and not where it is not', () => {
    const account = accountFrom(strata(100, 1), terms)!;
    const parts = { information: 0.75 * account.prior, mismatch: 0.25 * account.prior };
    const split = accountSegments('row', account, 100, en.pieces, parts);
    expect(split.map(({ part }) => part)).toEqual([
      'reconstruction',
      'diffusion',
      'information',
      'mismatch',
    ]);
    expect(split[3].name).toBe('L₁₀₀, the wrong start');
    const whole = accountSegments('row', account, 100, en.pieces);
    expect(whole.map(({ part }) => part)).toEqual(['reconstruction', 'diffusion', 'prior']);
    for (const laid of [split, whole]) expect(laid.at(-1)?.to).toBeCloseTo(account.total, 12);
  });

  it('takes the decoder’s named σ₁² from the same draws', () => {
    const decoders = {
      beta1: { mean: 0.5, standardError: 0.01 },
      betaTilde2: { mean: 0.4, standardError: 0.02 },
    };
    const measured = terms.map((term) =>
      term.t === 1 ? { ...term, ...decoders.beta1, decoders } : term,
    );
    for (const width of ['betaTilde', 'beta', 'learned'] as const) {
      for (const name of ['beta1', 'betaTilde2'] as const) {
        const account = accountFrom(
          strata(100, 1),
          withWidth(measured, width, subject, name).terms,
        );
        expect(account?.reconstruction).toBe(decoders[name].mean);
      }
    }
  });

  it('draws v where there is one, and says where it is', () => {
    const { v } = withWidth(terms.slice(0, 40), 'learned', subject);
    const points = widthPoints(v ?? []);
    expect(points.map(({ x }) => x)).toEqual(Array.from({ length: 38 }, (_, i) => i + 2));
    expect(widthSummary([{ x: 2, y: 0 }], en.width)).toBe('v is 0 at t = 2.');
    const rising = [0, 0.2, 0.7, 1].map((y, i) => ({ x: 2 + i, y }));
    expect(widthSummary(rising, en.width)).toBe(
      'v is 0 at t = 2 and 1 at t = 5; past ½ from t = 4.',
    );
    expect(widthPoints([])).toEqual([]);
  });
});
