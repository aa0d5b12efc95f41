import { describe, expect, it } from 'vitest';
import { discretizedLogProbability, evenLevels } from '../../src/lib/math/bound/decoder.ts';
import { type BoundOptions, exactBound, gaussianTerm } from '../../src/lib/math/bound/elbo.ts';
import { priorTerm } from '../../src/lib/math/bound/prior.ts';
import { samplingProbabilities } from '../../src/lib/math/exact/ancestral.ts';
import { conditionalEntropy, integrateMmse, scalarMmse } from '../../src/lib/math/exact/channel.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { entropy } from '../../src/lib/math/exact/finiteData.ts';
import {
  klGaussian,
  type Mixture1D,
  mixtureExpectation,
} from '../../src/lib/math/numerics/gaussian.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { D2, D16, expectAbsolute, expectRelative } from './helpers.ts';

/** Uneven points on a line with uneven weights: nothing cancels by symmetry. */
const points = [-1, 0.25, 0.9];
const weights = [0.2, 0.5, 0.3];
const data = points.map((p) => [p]);
/** q(x_t): a mixture. */
function marginal(schedule: Schedule, t: number): Mixture1D {
  return {
    weights,
    means: points.map((p) => Math.sqrt(schedule.alphaBar[t]) * p),
    variances: points.map(() => schedule.noiseVariance[t]),
  };
}

describe('bounds', () => {
  it('are bounds: the order of the kernels, and none below the entropy', () => {
    for (const kind of SCHEDULE_KINDS) {
      const schedule = makeSchedule(kind, 15);
      const total = (variance: BoundOptions['variance']) =>
        exactBound({ schedule, data, weights, variance, decoder: 'exact' }).total;
      expect(total('exact')).toBeGreaterThan(entropy(weights));
      expect(total('bestGaussian')).toBeGreaterThan(total('exact'));
      expect(total('bestIsotropic')).toBeGreaterThan(total('bestGaussian'));
      expect(total('betaTilde')).toBeGreaterThan(total('bestIsotropic'));
      expect(total('beta')).toBeGreaterThan(total('bestIsotropic'));
    }
  });

  it('ELBO ≤ log p of the model, with the exact kernel', () => {
    const schedule = scheduleFromBetas([0.1, 0.2]);
    const w = [0.7, 0.3];
    const p = samplingProbabilities({
      schedule,
      data: D2,
      weights: w,
      variance: 'exact',
    }).probabilities;
    const logP = w.reduce((s, v, i) => s + v * Math.log(p[i]), 0);
    const elbo = -exactBound({
      schedule,
      data: D2,
      weights: w,
      variance: 'exact',
      decoder: 'exact',
    }).total;
    expect(elbo).toBeLessThan(logP);
    expect(logP).toBeLessThan(-entropy(w));
  });

  it('equality with the exact prior too: without L_T, and with I(x_0; x_T), it is H', () => {
    const schedule = scheduleFromBetas([0.2, 0.3, 0.1]);
    const bound = exactBound({ schedule, data, weights, variance: 'exact', decoder: 'exact' });
    const source = { points: Float64Array.from(points), weights: Float64Array.from(weights) };
    const information = entropy(weights) - conditionalEntropy(source, schedule.snr[3]);
    expectRelative(bound.total - bound.prior + information, entropy(weights), 1e-10);
  });

  it('the sum of the terms is the whole', () => {
    for (const decoder of ['exact', 'discretized'] as const) {
      const b = exactBound({
        schedule: makeSchedule('linear', 50),
        data: D16,
        variance: 'beta',
        decoder,
      });
      expect([b.diffusion.length, b.diffusion[0], b.diffusion[1]]).toEqual([51, 0, 0]);
      const sum = b.prior + b.diffusion.reduce((x, y) => x + y, 0) + b.reconstruction;
      expectRelative(b.total, sum, 1e-14);
      expectRelative(b.bitsPerDim, b.total / (4 * Math.log(2)), 1e-14);
      expect(b.method).toBe('quadrature');
      expect(b.standardError.total).toBe(0);
    }
  });

  it('one step: prior and decoder only', () => {
    const b = exactBound({
      schedule: scheduleFromBetas([0.5]),
      data: D2,
      variance: 'beta',
      decoder: 'exact',
    });
    expect([...b.diffusion]).toEqual([0, 0]);
    expectRelative(b.total, b.prior + b.reconstruction, 1e-15);
  });

  it('does not care how the data lies: turned, shifted in pixels, listed twice', () => {
    const schedule = makeSchedule('cosine', 20);
    const terms = (rows: number[][], w?: number[]) => {
      const b = exactBound({
        schedule,
        data: rows,
        weights: w,
        variance: 'betaTilde',
        decoder: 'exact',
      });
      return b.total - b.prior;
    };
    const turned = points.map((p) => [0.6 * p + 0.1, -0.8 * p]);
    // A constant direction across the line costs nothing with the exact mean and σ² = β̃.
    expectRelative(terms(turned, weights), terms(data, weights), 1e-10);
    expectRelative(terms([...D2, ...D2]), terms(D2), 1e-12);
  });

  it('a σ² for each t, and errors that say what is wrong', () => {
    const schedule = scheduleFromBetas([0.1, 0.2, 0.3]);
    const options = { schedule, data, weights, decoder: 'exact' as const };
    const own = exactBound({ ...options, variance: schedule.beta }).total;
    expectRelative(own, exactBound({ ...options, variance: 'beta' }).total, 1e-15);
    expect(() => exactBound({ ...options, variance: [0, 0, 1] })).toThrow(/positive σ_t²/);
    expect(() => exactBound({ ...options, variance: 'best' as 'beta' })).toThrow(/found "best"/);
  });
});

describe('Monte Carlo', () => {
  it('agrees with quadrature where both work (6 standard errors)', () => {
    // Weights a hair off a product: the same law to 1e-9, but no longer seen as factors.
    const tilted = D16.map((_, i) => 1 + (i === 0 ? 1e-9 : 0));
    for (const variance of ['exact', 'bestGaussian', 'beta', 'bestIsotropic'] as const) {
      for (const decoder of ['exact', 'discretized'] as const) {
        const options = {
          schedule: scheduleFromBetas([0.3, 0.4, 0.5]),
          data: D16,
          variance,
          decoder,
        };
        const exact = exactBound(options);
        const simulated = exactBound({
          ...options,
          weights: tilted,
          samples: 4000,
          seed: variance,
        });
        expect([exact.method, simulated.method]).toEqual(['quadrature', 'monteCarlo']);
        expect(simulated.standardError.total).toBeGreaterThan(0);
        expect(simulated.standardError.total).toBeLessThan(0.05);
        expectAbsolute(simulated.total, exact.total, 6 * simulated.standardError.total);
        for (const t of [2, 3]) {
          expectAbsolute(
            simulated.diffusion[t],
            exact.diffusion[t],
            6 * simulated.standardError.diffusion[t] + 1e-12,
          );
        }
      }
    }
  });

  it('is the same for the same seed', () => {
    const bars = [
      [1, 1, 1, 1],
      [1, 1, -1, -1],
      [1, -1, 1, -1],
      [-1, -1, -1, -1],
    ];
    const run = (seed: number) =>
      exactBound({
        schedule: makeSchedule('linear', 5),
        data: bars,
        variance: 'exact',
        decoder: 'exact',
        samples: 50,
        seed,
      }).total;
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
  });
});

describe('parts', () => {
  it('L_T is the closed form of KL, pixel by pixel', () => {
    const schedule = makeSchedule('scaledLinear', 1000);
    const x0 = [0.3, -1, 0.9];
    const expected = x0.reduce(
      (s, x) =>
        s + klGaussian(Math.sqrt(schedule.alphaBar[1000]) * x, schedule.noiseVariance[1000], 0, 1),
      0,
    );
    expectRelative(priorTerm(schedule, x0), expected, 1e-12);
  });

  it('gaussianTerm is the closed form of KL between two Gaussians', () => {
    const schedule = makeSchedule('linear', 30);
    const q = posterior(schedule, 11);
    const expected =
      klGaussian(q.x0Coefficient * 0.4, q.variance, 0, 0.02) + klGaussian(0, q.variance, 0, 0.02);
    expectRelative(gaussianTerm(schedule, 11, 0.16, 2, 0.02), expected, 1e-13);
    expect(() => gaussianTerm(schedule, 1, 1, 1, 1)).toThrow(RangeError);
  });

  it('information is the integral of mmse', () => {
    const source = { points: Float64Array.from(points), weights: Float64Array.from(weights) };
    for (const [low, high] of [
      [1e-6, 1e-3],
      [0.1, 0.101],
      [0.5, 40],
    ]) {
      const difference = conditionalEntropy(source, low) - conditionalEntropy(source, high);
      expectRelative(
        integrateMmse((g) => scalarMmse(source, g), low, high - low),
        difference,
        1e-9,
      );
    }
  });

  it('mmse by quadrature is the finite denoiser’s own error, integrated over x_t', () => {
    const schedule = makeSchedule('cosine', 20);
    const denoiser = finiteDenoiser({ data, weights, schedule });
    for (const t of [4, 10, 17]) {
      const expected = mixtureExpectation(marginal(schedule, t), (x) => {
        const mean = denoiser.posteriorMean([x], t)[0];
        const q = denoiser.posteriorWeights([x], t);
        return points.reduce((s, p, i) => s + q[i] * (p - mean) ** 2, 0);
      });
      expectRelative(denoiser.mmse(t), expected, 1e-9);
    }
  });

  it('the decoder’s bins cover the line, for any mean', () => {
    for (const levels of [evenLevels(2), evenLevels(256), [-1, 0.2, 0.3]]) {
      for (const mean of [-0.97, 0, 0.31]) {
        const sum = levels.reduce(
          (s, v) => s + Math.exp(discretizedLogProbability(v, mean, 0.01, levels)),
          0,
        );
        expectRelative(sum, 1, 1e-12);
      }
    }
    expect(() => discretizedLogProbability(0.1, 0, 1, [-1, 1])).toThrow(/Grey level/);
    expect(() => evenLevels(1)).toThrow(RangeError);
  });
});
