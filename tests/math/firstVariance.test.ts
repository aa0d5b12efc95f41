import { describe, expect, it } from 'vitest';
import { discretizedLogProbability, evenLevels } from '../../src/lib/math/decoder.ts';
import { finiteDenoiser } from '../../src/lib/math/denoisers/finite.ts';
import { type Decoder, exactBound, gaussianTerm } from '../../src/lib/math/elbo.ts';
import {
  FIRST_VARIANCES,
  type FirstVariance,
  firstVariance,
} from '../../src/lib/math/firstVariance.ts';
import {
  bestFraction,
  bestVariance,
  interpolatedJumpVariance,
  interpolatedVariance,
  varianceGradient,
} from '../../src/lib/math/learnedVariance.ts';
import { convertPrediction } from '../../src/lib/math/parameterization.ts';
import { posterior } from '../../src/lib/math/posterior.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/schedule.ts';
import vectors from '../fixtures/learned-variance.json' with { type: 'json' };
import { D16, expectAbsolute, expectRelative } from './helpers.ts';

const example = scheduleFromBetas([0.1, 0.2]);

describe('σ_1² is a choice with names', () => {
  it('β_1 of the paper, β̃_2 of the published code', () => {
    expect(FIRST_VARIANCES).toEqual(['beta1', 'betaTilde2']);
    expect(firstVariance(example, 'beta1')).toBe(0.1);
    expectRelative(firstVariance(example, 'betaTilde2'), (0.2 * 0.1) / 0.28, 1e-14);
    for (const name of FIRST_VARIANCES)
      expect(firstVariance(scheduleFromBetas([0.3]), name)).toBe(0.3);
  });

  it('an unknown name is an error that says what is possible', () => {
    const wrong = 'beta2' as FirstVariance;
    expect(() => firstVariance(example, wrong)).toThrow(/beta1, betaTilde2; found "beta2"/);
    const bound = () =>
      exactBound({
        schedule: example,
        data: D16,
        variance: 'beta',
        decoder: 'discretized',
        firstVariance: wrong,
      });
    expect(bound).toThrow(/beta1, betaTilde2; found "beta2"/);
    expect(() => interpolatedVariance(example, 1, 0.5, wrong)).toThrow(/found "beta2"/);
    // Nor is an unknown decoder taken for DDPM's bins.
    const decoder = 'bins' as Decoder;
    expect(() => exactBound({ schedule: example, data: D16, variance: 'beta', decoder })).toThrow(
      /exact, discretized; found "bins"/,
    );
  });

  it('moves L_0 of the sixteen images from 0.023436 to 0.025167 nats, and nothing else', () => {
    const bound = (name?: FirstVariance) =>
      exactBound({
        schedule: example,
        data: D16,
        variance: 'beta',
        decoder: 'discretized',
        firstVariance: name,
      });
    const [paper, code] = FIRST_VARIANCES.map(bound);
    expect(paper.reconstruction.toFixed(6)).toBe('0.023436');
    expect(code.reconstruction.toFixed(6)).toBe('0.025167');
    expect(bound().reconstruction).toBe(paper.reconstruction);
    expect([code.prior, ...code.diffusion]).toEqual([paper.prior, ...paper.diffusion]);
  });

  it('prices a pixel at the end of 256 grey levels, guessed without error', () => {
    const bits = (kind: 'linear' | 'cosine', name: FirstVariance) =>
      -discretizedLogProbability(
        -1,
        -1,
        firstVariance(makeSchedule(kind, 1000), name),
        evenLevels(256),
      ) / Math.LN2;
    expect(bits('linear', 'beta1').toFixed(3)).toBe('0.616');
    expect(bits('linear', 'betaTilde2').toFixed(3)).toBe('0.510');
    expect(bits('cosine', 'beta1').toFixed(3)).toBe('0.456');
    expect(bits('cosine', 'betaTilde2').toFixed(3)).toBe('0.323');
  });

  it('decides the learned width at t = 1: β_1 whatever v is, or from β̃_2 to β_1', () => {
    for (const v of [-0.2, 0, 0.5, 1, 1.3]) expect(interpolatedVariance(example, 1, v)).toBe(0.1);
    const [low, high] = [firstVariance(example, 'betaTilde2'), 0.1];
    expectRelative(interpolatedVariance(example, 1, 0, 'betaTilde2'), low, 1e-14);
    expectRelative(interpolatedVariance(example, 1, 1, 'betaTilde2'), high, 1e-14);
    const middle = interpolatedVariance(example, 1, 0.5, 'betaTilde2');
    expectRelative(middle, Math.sqrt(low * high), 1e-14);
  });
});

describe('learned variances agree with improved-diffusion (reference vectors, relative 1e-9)', () => {
  const schedules = Object.fromEntries(
    Object.entries(vectors.schedules).map(([name, given]) => [
      name,
      'betas' in given
        ? scheduleFromBetas(given.betas)
        : makeSchedule(given.kind as 'linear', given.T),
    ]),
  );
  /** An output of the network, nominally in [−1, 1], as the fraction between β̃ and β. */
  const fraction = (output: number) => (output + 1) / 2;

  it('σ², the mean, the term and its slope; at t = 1 the published convention', () => {
    const levels = evenLevels(256);
    const times = new Set<number>();
    for (const c of vectors.terms) {
      const schedule = schedules[c.schedule];
      const { t } = c;
      times.add(t);
      const q = posterior(schedule, t);
      const guess =
        c.predicts === 'x0'
          ? c.output
          : convertPrediction(c.output, c.xt, 'epsilon', 'x0', t, schedule);
      c.v.forEach((output, i) => {
        const v = fraction(output);
        const sigma2 = interpolatedVariance(schedule, t, v, 'betaTilde2');
        expectRelative(Math.log(sigma2), c.log_variance[i], 1e-9);
        const mean = q.x0Coefficient * guess[i] + q.xtCoefficient * c.xt[i];
        expectAbsolute(mean, c.mean[i], 1e-9);
        const error = (c.x0[i] - guess[i]) ** 2;
        const nats =
          t === 1
            ? -discretizedLogProbability(c.x0[i], mean, sigma2, levels)
            : gaussianTerm(schedule, t, error, 1, sigma2);
        expectAbsolute(nats, c.term_nats[i], 1e-9 * Math.max(...c.term_nats, 1e-3));
        if (!c.d_term_nats_d_v) return;
        // d fraction / d output = ½.
        const slope = varianceGradient(schedule, t, error, 1, v) / 2;
        const scale = Math.max(...c.d_term_nats_d_v.map(Math.abs), 1e-3);
        expectAbsolute(slope, c.d_term_nats_d_v[i], 1e-9 * scale);
      });
    }
    expect(times.has(1) && times.size > 2).toBe(true);
  });

  it('the best σ², its term, and the fraction that gives it', () => {
    for (const b of vectors.best) {
      const schedule = schedules[b.schedule];
      const best = bestVariance(schedule, b.t, b.squared_error_per_pixel);
      expectRelative(best, b.best_variance, 1e-9);
      const term = gaussianTerm(schedule, b.t, b.squared_error_per_pixel, 1, best);
      expectRelative(term, b.best_term_nats_per_pixel, 1e-9);
      const v = bestFraction(schedule, b.t, b.squared_error_per_pixel);
      expectRelative(v, b.best_fraction_unclipped, 1e-9);
      expectRelative(interpolatedVariance(schedule, b.t, v), best, 1e-12);
    }
  });

  it('a whole run with the width of each jump', () => {
    for (const run of vectors.sampling) {
      const schedule = schedules[run.schedule];
      const exact = finiteDenoiser({
        schedule,
        data: vectors.data.rows,
        weights: vectors.data.weights,
      });
      let x = run.xT;
      run.states.forEach((expected, i) => {
        const [t, s] = [run.grid[i], run.grid[i + 1]];
        const guess = exact.posteriorMean(x, t);
        const q = posterior(schedule, t, s);
        x = x.map((value, k) => {
          const mean = q.x0Coefficient * guess[k] + q.xtCoefficient * value;
          if (s === 0) return mean;
          const sigma2 = interpolatedJumpVariance(schedule, t, s, fraction(run.v[i][k]));
          return mean + Math.sqrt(sigma2) * run.z[i][k];
        });
        x.forEach((value, k) => {
          expectAbsolute(value, expected[k], 1e-9);
        });
      });
    }
  });
});
