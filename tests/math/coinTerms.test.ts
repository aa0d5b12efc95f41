/** Terms of the bound before they are averaged: against the exact denoiser, the exact bound, and plain drawing. */
import { describe, it } from 'vitest';
import { toyData } from '../../src/lib/data/toyData.ts';
import {
  coinErrorMoments,
  coinStepDensity,
  coinTerm,
  coinTermMoments,
} from '../../src/lib/math/bound/coinTerms.ts';
import { exactBound, gaussianTerm } from '../../src/lib/math/bound/elbo.ts';
import { bestVariance } from '../../src/lib/math/bound/learnedVariance.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { squaredDistance } from '../../src/lib/math/numerics/linalg.ts';
import { trapezoid } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { firstVariance } from '../../src/lib/math/process/firstVariance.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { D16, expectAbsolute, expectRelative } from './helpers.ts';

const D = 4;
const coins = toyData('all16');
const widthOf = (schedule: ReturnType<typeof makeSchedule>, name: 'beta' | 'betaTilde') => {
  const first = firstVariance(schedule, 'betaTilde2');
  const widths = name === 'beta' ? schedule.beta : schedule.posteriorVariance;
  return (t: number) => (t === 1 ? first : widths[t]);
};

describe('one draw of a term', () => {
  it('is the term of the sixteen images, with the squared error of that draw', () => {
    const schedule = makeSchedule('cosine', 30);
    const denoiser = finiteDenoiser({ schedule, data: D16 });
    const rng = createRng(4);
    for (const t of [2, 7, 15, 29]) {
      const x0 = D16[rng.int(16)];
      const epsilon = rng.fillNormal(new Float64Array(D));
      const xt = diffuse(x0, t, schedule, epsilon);
      const error = squaredDistance(x0, denoiser.posteriorMean(xt, t));
      // By symmetry a black pixel is a white one with its noise upside down.
      const noise = epsilon.map((e, k) => e * x0[k]);
      expectRelative(
        coinTerm(schedule, t, schedule.beta[t], noise),
        gaussianTerm(schedule, t, error, D, schedule.beta[t]),
        1e-9,
      );
    }
  });
});

describe('moments over draws', () => {
  it.each(['linear', 'cosine'] as const)(
    '%s: the second moment of the error is the mmse',
    (kind) => {
      for (const T of [2, 10, 100, 1000]) {
        const schedule = makeSchedule(kind, T);
        const denoiser = finiteDenoiser({ schedule, data: [[1], [-1]] });
        // Theirs leaves out noise of probability 1e-20, and errors are at most 2.
        for (const t of new Set([1, 2, Math.ceil(T / 7), Math.ceil(T / 2), T]))
          expectAbsolute(
            coinErrorMoments(schedule.snr[t])[0],
            denoiser.mmse(t),
            1e-9 * denoiser.mmse(t) + 4e-20,
          );
      }
    },
  );

  it('the means add up to the exact bound', () => {
    for (const kind of ['linear', 'cosine'] as const)
      for (const variance of ['beta', 'betaTilde'] as const) {
        const schedule = makeSchedule(kind, 20);
        const { mean } = coinTermMoments(schedule, widthOf(schedule, variance), D);
        const options = { schedule, ...coins, variance, decoder: 'discretized' } as const;
        const bound = exactBound({ ...options, firstVariance: 'betaTilde2' });
        expectRelative(
          mean.reduce((a, b) => a + b, bound.prior),
          bound.total,
          1e-9,
        );
      }
  });

  it('are those of draws, within five standard errors', () => {
    const schedule = makeSchedule('linear', 6);
    const width = widthOf(schedule, 'beta');
    const moments = coinTermMoments(schedule, width, D);
    const rng = createRng(11);
    const n = 20_000;
    // At t = 1 a wrong guess is rarer than one in 20,000.
    for (let t = 2; t <= schedule.T; t++) {
      const values = Array.from({ length: n }, () =>
        coinTerm(schedule, t, width(t), rng.fillNormal(new Float64Array(D))),
      );
      for (const [power, expected] of [
        [1, moments.mean[t - 1]],
        [2, moments.square[t - 1]],
      ]) {
        const raised = values.map((value) => value ** power);
        const mean = raised.reduce((a, b) => a + b) / n;
        const squares = raised.reduce((sum, v) => sum + (v - mean) ** 2, 0);
        expectAbsolute(mean, expected, (5 * Math.sqrt(squares)) / n);
      }
    }
  });
});

describe('where the true step ends', () => {
  it('has area 1, the same to either side, and the best variance', () => {
    for (const kind of ['linear', 'cosine'] as const) {
      const schedule = makeSchedule(kind, 40);
      for (const t of [3, 25]) {
        const density = coinStepDensity(schedule, t);
        const best = bestVariance(schedule, t, coinErrorMoments(schedule.snr[t])[0]);
        // β̃'s bells stand at most 2 x0Coefficient away.
        const reach = 2 + 10 * Math.sqrt(schedule.beta[t]);
        expectAbsolute(trapezoid(density, -reach, reach, 800), 1, 1e-9);
        const square = trapezoid((d) => d * d * density(d), -reach, reach, 800);
        expectRelative(square, best, 1e-9);
        expectRelative(density(-0.1), density(0.1), 1e-12);
      }
    }
  });
});
