import { describe, expect, it } from 'vitest';
import { samplingProbabilities } from '../../src/lib/math/exact/ancestral.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { chiSquareTest } from '../../src/lib/math/judge/chiSquare.ts';
import { gaussianGrid, spread } from '../../src/lib/math/numerics/grid.ts';
import { bisect, integrate } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { normalCdf } from '../../src/lib/math/numerics/special.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { replacementProbabilities } from '../../src/lib/math/samplers/inpaint.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { D2, D16, expectAbsolute, expectClose, expectDigits, expectRelative } from './helpers.ts';

const two = scheduleFromBetas([0.1, 0.2]);
const weights = [0.7, 0.3];

describe('sampling law', () => {
  it('w = 0.7 comes out as 0.5276 at T = 2 and 0.69999 at linear T = 100', () => {
    const at = (schedule: typeof two) =>
      samplingProbabilities({ schedule, data: D2, weights, variance: 'exact' }).probabilities[0];
    expectDigits(at(two), '0.5276');
    expectDigits(at(makeSchedule('linear', 100)), '0.69999');
  });

  it.each(['beta', 'betaTilde'] as const)(
    'T = 2, %s: the grid is the double integral',
    (variance) => {
      const law = samplingProbabilities({ schedule: two, data: D2, weights, variance });
      const denoiser = finiteDenoiser({ schedule: two, data: [[2], [-2]], weights });
      const q = posterior(two, 2);
      const sigma = Math.sqrt(variance === 'beta' ? 0.2 : q.variance);
      const cut = bisect((y) => denoiser.posteriorMean([y], 1)[0], -10, 10);
      const above = integrate(
        (y) => {
          const mean = q.x0Coefficient * denoiser.posteriorMean([y], 2)[0] + q.xtCoefficient * y;
          return (
            (Math.exp((-y * y) / 2) / Math.sqrt(2 * Math.PI)) * normalCdf((mean - cut) / sigma)
          );
        },
        [-10, -3, -1, -0.3, 0, 0.3, 1, 3, 10],
      );
      expectRelative(law.probabilities[0], above, 1e-8);
    },
  );

  it('D16 with uneven pixels is the product, and sums to 1', () => {
    const p = [0.3, 0.9, 0.5, 0.6];
    const w = D16.map((x) => x.reduce((a: number, v, k) => a * (v > 0 ? p[k] : 1 - p[k]), 1));
    const schedule = makeSchedule('cosine', 10);
    for (const variance of ['exact', 'betaTilde', 'beta', 'bestGaussian'] as const) {
      const law = samplingProbabilities({ schedule, data: D16, weights: w, variance });
      expect(law.method).toBe('quadrature');
      expectAbsolute(
        law.probabilities.reduce((a, b) => a + b),
        1,
        1e-9,
      );
      const pixel = p.map(
        (share) =>
          samplingProbabilities({
            schedule,
            data: [[1], [-1]],
            weights: [share, 1 - share],
            variance,
          }).probabilities[0],
      );
      const product = D16.map((x) =>
        x.reduce((a: number, v, k) => a * (v > 0 ? pixel[k] : 1 - pixel[k]), 1),
      );
      expectClose(law.probabilities, product, 1e-9);
    }
  });

  it.each([
    ['betaTilde', 12],
    ['beta', 12],
    ['betaTilde', 4],
  ] as const)(
    'is what the sampler does: %s in %i steps (chi-square over 4,000 runs)',
    (variance, steps) => {
      const schedule = makeSchedule('linear', 12);
      const data = [
        [-1.2, 0],
        [0.1, 0],
        [1.3, 0],
      ];
      const w = [0.5, 0.2, 0.3];
      const law = samplingProbabilities({ schedule, data, weights: w, variance, steps });
      const denoiser = finiteDenoiser({ schedule, data, weights: w });
      const rng = createRng(`law ${variance} ${steps}`);
      const counts = [0, 0, 0];
      for (let n = 0; n < 4000; n++) {
        const xT = rng.fillNormal(new Float64Array(2));
        const run = sample({
          schedule,
          denoiser: denoiser.posteriorMean,
          prediction: 'x0',
          xT,
          rng,
          variance,
          steps,
        });
        let end = xT;
        for (const { x } of run) end = x as typeof xT;
        const distance = data.map((row) => Math.abs(row[0] - end[0]));
        counts[distance.indexOf(Math.min(...distance))]++;
      }
      const test = chiSquareTest(counts, law.probabilities);
      expect(test.pValue).toBeGreaterThan(1e-3);
      expect(chiSquareTest(counts, [1, 1, 1]).pValue).toBeLessThan(1e-3);
    },
  );

  it('off a line it simulates, with standard errors', () => {
    const triangle = [
      [0, 0],
      [2, 0],
      [0, 2],
    ];
    const law = samplingProbabilities({
      schedule: makeSchedule('linear', 30),
      data: triangle,
      weights: [2, 1, 1],
      variance: 'exact',
    });
    expect(law.method).toBe('monteCarlo');
    law.probabilities.forEach((p, i) => {
      expect(law.standardErrors[i]).toBeGreaterThan(0);
      expectAbsolute(p, [0.5, 0.25, 0.25][i], 5 * law.standardErrors[i] + 0.002);
    });
  });

  it('shares the probability between equal images', () => {
    const law = samplingProbabilities({ schedule: two, data: [[1], [1], [-1]], variance: 'exact' });
    expectRelative(law.probabilities[0], law.probabilities[1], 1e-15);
    expectAbsolute(
      law.probabilities.reduce((a, b) => a + b),
      1,
      1e-10,
    );
  });
});

describe('grid', () => {
  it('keeps mass, mean and variance to rounding', () => {
    const grid = spread(
      [
        { mass: 0.25, mean: -1, sigma: 0.1 },
        { mass: 0.75, mean: 2, sigma: 0.5 },
      ],
      0.04,
    );
    const moment = (k: number) =>
      grid.masses.reduce((s, m, i) => s + m * (grid.from + i * grid.step) ** k, 0);
    expectRelative(moment(0), 1, 1e-12);
    expectRelative(moment(1), 1.25, 1e-12);
    expectRelative(moment(2), 0.25 * 1.01 + 0.75 * 4.25, 1e-12);
    expectRelative(
      gaussianGrid(0, 1, 0.4).masses.reduce((a, b) => a + b),
      1,
      1e-13,
    );
  });
});

describe('inpainting by replacement', () => {
  const known = new Map([[0, 1]]);
  it.each(['exact', 'betaTilde', 'beta'] as const)(
    '%s: is what a simulation finds (40,000 runs, 5 standard errors)',
    (variance) => {
      const schedule = scheduleFromBetas([0.1, 0.2, 0.3]);
      // Most of the line's direction is in the known pixel, so that its noise weighs heavily.
      const data = [
        [0.7, 0.3],
        [-0.7, -0.3],
      ];
      const first = new Map([[0, 0.2]]);
      const law = replacementProbabilities({ schedule, data, weights, variance, known: first });
      const denoiser = finiteDenoiser({ schedule, data, weights });
      const rng = createRng(`replace ${variance}`);
      const n = 40_000;
      let hits = 0;
      for (let k = 0; k < n; k++) {
        let x = rng.fillNormal(new Float64Array(2));
        for (let t = 3; t >= 1; t--) {
          x[0] =
            0.2 * Math.sqrt(schedule.alphaBar[t]) +
            Math.sqrt(schedule.noiseVariance[t]) * rng.normal();
          const p = denoiser.posteriorWeights(x, t)[0];
          const mean = variance === 'exact' ? (rng.uniform() < p ? 1 : -1) : 2 * p - 1;
          if (t === 1) hits += mean > 0 ? 1 : 0;
          const q = posterior(schedule, t);
          const sigma = Math.sqrt(variance === 'beta' ? schedule.beta[t] : q.variance);
          x = x.map(
            (v, i) =>
              q.x0Coefficient * mean * data[0][i] + q.xtCoefficient * v + sigma * rng.normal(),
          );
        }
      }
      expectAbsolute(hits / n, law[0], 5 * Math.sqrt(0.25 / n));
      expectAbsolute(law[0] + law[1], 1, 1e-9);
    },
  );

  it('says what it cannot do', () => {
    const options = { schedule: two, variance: 'exact' as const };
    expect(() => replacementProbabilities({ ...options, data: D16, known })).toThrow(/on one line/);
    const all = new Map([0, 1, 2, 3].map((k) => [k, 1]));
    expect(() => replacementProbabilities({ ...options, data: D2, known: all })).toThrow(
      /unknown pixel/,
    );
  });
});

describe('chi-square', () => {
  it('by hand', () => {
    const { statistic, degrees, leastExpected } = chiSquareTest([8, 12, 10], [1, 1, 1]);
    expectRelative(statistic, 0.8, 1e-14);
    expect([degrees, leastExpected]).toEqual([2, 10]);
    expectRelative(chiSquareTest([8, 12, 10], [1, 1, 1]).pValue, Math.exp(-0.4), 1e-12);
  });
  it('an impossible class settles it', () => {
    expect(chiSquareTest([5, 1], [1, 0]).pValue).toBe(0);
    expect(() => chiSquareTest([1], [1])).toThrow(/at least 2/);
  });
});
