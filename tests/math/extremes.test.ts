import { describe, expect, it } from 'vitest';
import { exactBound } from '../../src/lib/math/bound/elbo.ts';
import { samplingProbabilities } from '../../src/lib/math/exact/ancestral.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { entropy } from '../../src/lib/math/exact/finiteData.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { information, klToBestGaussian, recovery } from '../../src/lib/math/exact/reverse.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { lossWeight, WEIGHTINGS } from '../../src/lib/math/objectives/weights.ts';
import { PREDICTION_KINDS } from '../../src/lib/math/process/parameterization.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { D2, D16, expectAbsolute, expectRelative } from './helpers.ts';

/** From no noise at all to nothing but noise: signal-to-noise ratios from 1e10 to 1e-10, and beyond. */
const corners: [string, Schedule][] = [
  ['SNR 1e10', scheduleFromBetas([1e-10, 1e-10])],
  ['SNR 1e-10', scheduleFromBetas([1 - 1e-5, 1 - 1e-5])],
  ['1e10 to 1e-10 in one step', scheduleFromBetas([1e-10, 1 - 1e-10])],
  ['all 0.999', scheduleFromBetas(new Array(400).fill(0.999))],
  ['tiny after large', scheduleFromBetas([0.999, 1e-10, 0.5, 1e-10])],
  ['one step, tiny', scheduleFromBetas([1e-12])],
  ['one step, huge', scheduleFromBetas([1 - 1e-12])],
  ...SCHEDULE_KINDS.map((kind): [string, Schedule] => [
    `${kind}, T = 1000`,
    makeSchedule(kind, 1000),
  ]),
  ...SCHEDULE_KINDS.map((kind): [string, Schedule] => [`${kind}, T = 1`, makeSchedule(kind, 1)]),
];
const sets: [number[][], number[] | undefined][] = [
  [D16, undefined],
  [D2, [0.7, 0.3]],
  [D2, [1 - 1e-12, 1e-12]],
  [
    [
      [1e-6, 0],
      [-1e-6, 0],
    ],
    undefined,
  ],
  [[[0.3, 0.3]], undefined],
  [
    [
      [1, 0],
      [0, 1],
      [-1, -1],
    ],
    [1, 2, 3],
  ],
];

const finite = (values: ArrayLike<number>): boolean => Array.from(values).every(Number.isFinite);

describe.each(corners)('%s', (_, schedule) => {
  it('every bound is finite, and at least the entropy', () => {
    for (const [data, weights] of sets) {
      for (const variance of [
        'exact',
        'bestGaussian',
        'bestIsotropic',
        'learned',
        'beta',
        'betaTilde',
      ] as const) {
        for (const decoder of ['exact', 'discretized'] as const) {
          const b = exactBound({ schedule, data, weights, variance, decoder, samples: 8 });
          const numbers = [
            b.prior,
            b.reconstruction,
            b.total,
            b.bitsPerDim,
            b.entropy,
            ...b.diffusion,
          ];
          expect(finite(numbers), `${variance}, ${decoder}: ${numbers.slice(0, 5)}`).toBe(true);
          expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
          if (b.method === 'quadrature') {
            expect(b.total).toBeGreaterThanOrEqual(b.entropy * (1 - 1e-9) - 1e-12);
          }
        }
      }
    }
  });

  it('denoisers, densities, weights and samplers are finite', () => {
    const times = [...new Set([1, Math.ceil(schedule.T / 2), schedule.T])];
    for (const [data, weights] of sets) {
      const components = data.map((mean) => ({ mean, covariance: 0.01, weight: 1 }));
      for (const denoiser of [
        finiteDenoiser({ data, weights, schedule, samples: 8 }),
        mixtureDenoiser({ components, schedule, samples: 8 }),
      ]) {
        for (const t of times) {
          for (const level of [0, 1, -3, 1e3]) {
            const xt = new Float64Array(data[0].length).fill(level);
            for (const kind of PREDICTION_KINDS)
              expect(finite(denoiser.predict(kind)(xt, t))).toBe(true);
            const q = denoiser.posteriorWeights(xt, t);
            expectRelative(
              q.reduce((a, b) => a + b, 0),
              1,
              1e-9,
            );
            expect(finite([denoiser.logDensity(xt, t), denoiser.mmse(t)])).toBe(true);
          }
        }
      }
    }
    for (const t of times) {
      for (const kind of PREDICTION_KINDS) {
        for (const w of WEIGHTINGS) expect(finite([lossWeight(w, kind, t, schedule)])).toBe(true);
      }
    }
    const denoiser = finiteDenoiser({ data: D2, schedule });
    const rng = createRng('corner');
    for (const options of [
      { sampler: 'ddim', eta: 0.5 },
      { sampler: 'ddpm', variance: 'beta' },
      { sampler: 'heun', firstStep: 'corrected', churn: 5 },
      { sampler: 'dpmSolver' },
      { sampler: 'eulerMaruyama' },
    ] as const) {
      const run = sample({
        ...options,
        schedule,
        denoiser: denoiser.posteriorMean,
        prediction: 'x0',
        xT: rng.fillNormal(new Float64Array(4)),
        rng,
        steps: Math.min(4, schedule.T),
      });
      for (const { x, x0 } of run) expect(finite(x) && finite(x0)).toBe(true);
    }
  });

  it('reverse kernels, information and sampling laws are finite and sum to 1', () => {
    for (const [data, weights] of sets.slice(0, 4)) {
      const problem = { schedule, data, weights };
      const t = schedule.T;
      const law = samplingProbabilities({ ...problem, variance: 'exact' });
      expectAbsolute(
        law.probabilities.reduce((a, b) => a + b, 0),
        1,
        1e-6,
      );
      const { mutual, conditionalEntropy } = information(problem, t);
      expect(finite([mutual, conditionalEntropy])).toBe(true);
      const back = recovery(problem, t)!;
      expect(back.sample).toBeGreaterThan(0);
      expect(back.map).toBeLessThanOrEqual(1 + 1e-9);
      expect(back.map).toBeGreaterThanOrEqual(back.sample - 1e-9);
      if (t > 1) {
        const kl = klToBestGaussian(problem, new Float64Array(data[0].length).fill(0.1), t)!;
        expect(Number.isFinite(kl) && kl > -1e-9).toBe(true);
      }
    }
  });
});

describe('limits', () => {
  it('no noise: nothing is lost; all noise: everything', () => {
    const clean = finiteDenoiser({ data: D16, schedule: scheduleFromBetas([1e-10]) });
    expect(clean.mmse(1)).toBe(0);
    const noisy = finiteDenoiser({ data: D16, schedule: scheduleFromBetas([1 - 1e-10]) });
    expectRelative(noisy.mmse(1), 4, 1e-9);
    const { mutual } = information({ schedule: scheduleFromBetas([1e-10]), data: D16 }, 1);
    expectRelative(mutual, entropy(new Float64Array(16).fill(1 / 16)), 1e-12);
  });

  it('a faint signal keeps its digits: the step’s information is ½ Δγ·E‖x_0 − E x_0‖²', () => {
    const schedule = scheduleFromBetas([1 - 1e-9, 0.5]);
    const bound = exactBound({ schedule, data: D16, variance: 'exact', decoder: 'exact' });
    const drop =
      (schedule.alphaBar[1] * 0.5) / (schedule.noiseVariance[1] * schedule.noiseVariance[2]);
    expectRelative(bound.diffusion[2], 0.5 * drop * 4, 1e-7);
  });
});
