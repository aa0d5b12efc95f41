import { describe, expect, it } from 'vitest';
import { discretizedLogProbability, evenLevels } from '../../src/lib/math/bound/decoder.ts';
import { type Decoder, exactBound } from '../../src/lib/math/bound/elbo.ts';
import {
  bestFraction,
  bestVariance,
  interpolatedVariance,
} from '../../src/lib/math/bound/learnedVariance.ts';
import {
  FIRST_VARIANCES,
  type FirstVariance,
  firstVariance,
} from '../../src/lib/math/process/firstVariance.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { D16, expectRelative } from './helpers.ts';

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

it('the v of the best σ² gives the best σ², and is 0 where there is no error', () => {
  for (const schedule of [example, makeSchedule('linear', 1000), makeSchedule('cosine', 20)])
    for (const t of [2, Math.ceil(schedule.T / 2), schedule.T].filter((t) => t > 1))
      for (const error of [0, 0.003, 0.4]) {
        const v = bestFraction(schedule, t, error);
        expectRelative(
          interpolatedVariance(schedule, t, v),
          bestVariance(schedule, t, error),
          1e-12,
        );
        if (error === 0) expect(v).toBe(0);
      }
});
