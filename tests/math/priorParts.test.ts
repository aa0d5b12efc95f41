import { describe, expect, it } from 'vitest';
import { type BoundOptions, exactBound } from '../../src/lib/math/bound/elbo.ts';
import { boundByMarginals } from '../../src/lib/math/bound/marginalBound.ts';
import { priorParts } from '../../src/lib/math/bound/priorParts.ts';
import { information, reverseLines } from '../../src/lib/math/exact/reverse.ts';
import {
  asMixture,
  klMixtures,
  type Mixture1D,
  mixtureExpectation,
  momentMatch,
} from '../../src/lib/math/numerics/gaussian.ts';
import { normalCdf } from '../../src/lib/math/numerics/special.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { D2, D16, expectAbsolute, expectRelative } from './helpers.ts';

const example = scheduleFromBetas([0.1, 0.2]);
const pixel = [[1], [-1]];
const uneven = { data: [[-1], [0.25], [0.9]], weights: [0.2, 0.5, 0.3] };
const bars = [
  [1, 1, 1, 1],
  [-1, -1, -1, -1],
  [1, 1, -1, -1],
  [-1, -1, 1, 1],
  [1, -1, 1, -1],
  [-1, 1, -1, 1],
];
/** Weights a hair off a product: the same law to 1e-9, but no longer seen as independent pixels. */
const tilted = { data: D16, weights: D16.map((_, i) => 1 + (i === 0 ? 1e-9 : 0)) };

/** q(x_t) of data on a line. */
const marginal = (
  schedule: Schedule,
  t: number,
  data: number[][],
  weights?: number[],
): Mixture1D => ({
  weights: weights ?? data.map(() => 1 / data.length),
  means: data.map(([x]) => Math.sqrt(schedule.alphaBar[t]) * x),
  variances: data.map(() => schedule.noiseVariance[t]),
});

describe('L_T is what is left of the image, and the wrong start', () => {
  it('has the numbers of the sixteen images: 2.2220 + 0.3239 = 2.5459 nats; 0.4673 bits', () => {
    const {
      prior,
      information: left,
      mismatch,
      standardError,
    } = priorParts({
      schedule: example,
      data: D16,
    });
    expect(prior.toFixed(4)).toBe('2.5459');
    expect(left.toFixed(4)).toBe('2.2220');
    expect(mismatch.toFixed(4)).toBe('0.3239');
    expect((mismatch / Math.LN2).toFixed(4)).toBe('0.4673');
    expect(standardError).toBe(0);
    expectRelative(mismatch, 4 * klMixtures(marginal(example, 2, pixel), asMixture(0, 1)), 1e-9);
  });

  it('each part is what an independent integral says, for uneven points far from 0 too', () => {
    const far = { data: [[2.5], [4], [3.1]], weights: [0.6, 0.1, 0.3] };
    for (const { data, weights } of [uneven, far, { data: pixel, weights: [0.5, 0.5] }]) {
      for (const schedule of [example, scheduleFromBetas([0.02, 0.5]), makeSchedule('linear', 6)]) {
        const parts = priorParts({ schedule, data, weights });
        const { T } = schedule;
        const direct = klMixtures(marginal(schedule, T, data, weights), asMixture(0, 1));
        expectAbsolute(parts.mismatch, direct, 1e-9 * (1 + direct));
        const { mutual } = information({ schedule, data, weights }, T);
        expectAbsolute(parts.information, mutual, 1e-10);
      }
    }
  });

  it('keeps its digits where q(x_T) is nearly pure noise: ᾱ⁴/12 for a pixel of ±1', () => {
    // Mean 0 and variance 1 fit already; the fourth cumulant −2ᾱ² of q(x_T) leaves κ²/48 = ᾱ⁴/12, up to a factor 1 + O(ᾱ).
    for (const kind of ['linear', 'cosine', 'scaledLinear'] as const) {
      const schedule = makeSchedule(kind, 1000);
      const alphaBar = schedule.alphaBar[1000];
      const { mismatch } = priorParts({ schedule, data: pixel });
      expectRelative(mismatch, alphaBar ** 4 / 12, 10 * alphaBar + 1e-3);
    }
  });

  it('one image tells nothing: the whole of L_T is the wrong start', () => {
    for (const data of [[[1]], [[0.3, -0.2, 0.7]]]) {
      const { prior, information: left, mismatch } = priorParts({ schedule: example, data });
      expectRelative(mismatch, prior, 1e-14);
      expect(left).toBeLessThan(1e-14);
    }
  });

  it('data along a slanted line, off the origin, is what the same data along an axis is', () => {
    // Turned about the origin nothing changes, for N(0, I) looks alike from all sides.
    const flat = [
      [0.4, 1.2],
      [0.4, -0.3],
      [0.4, 0.5],
    ];
    const turned = flat.map(([x, y]) => [0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y]);
    const schedule = makeSchedule('cosine', 3);
    const [a, b] = [flat, turned].map((data) => priorParts({ schedule, data, weights: [1, 2, 3] }));
    expect(b.standardError).toBe(0);
    expectRelative(b.mismatch, a.mismatch, 1e-10);
    expectRelative(b.information, a.information, 1e-10);
  });

  it('by Monte Carlo agrees with quadrature (6 standard errors), never below 0, short and long chains', () => {
    for (const schedule of [
      example,
      scheduleFromBetas([1e-4, 1e-3]),
      makeSchedule('linear', 1000),
    ]) {
      const exact = priorParts({ schedule, data: D16 });
      const drawn = priorParts({ schedule, ...tilted, samples: 4000, seed: 3 });
      expect(drawn.standardError).toBeGreaterThan(0);
      // The long chain's r − 1 is a polynomial of degree 4, whose square has heavy tails.
      expect(drawn.standardError).toBeLessThan(0.4 * exact.mismatch);
      expectAbsolute(
        drawn.mismatch,
        exact.mismatch,
        6 * drawn.standardError + 1e-9 * exact.mismatch,
      );
      expect(drawn.mismatch).toBeGreaterThan(0);
      expectRelative(drawn.information + drawn.mismatch, drawn.prior, 1e-14);
    }
  });

  it('every bound carries both parts, and they add up to its L_T', () => {
    for (const kind of SCHEDULE_KINDS) {
      const schedule = makeSchedule(kind, 3);
      for (const data of [D16, D2, bars]) {
        const { prior, priorParts: parts } = exactBound({
          schedule,
          data,
          variance: 'beta',
          decoder: 'exact',
          samples: 50,
        });
        expectRelative(parts.information + parts.mismatch, prior, 1e-13);
        expect(Math.min(parts.information, parts.mismatch)).toBeGreaterThan(0);
      }
    }
  });
});

describe('DDPM eq. 16: the same bound, sorted by whose fault it is', () => {
  it('has the numbers of the sixteen images: 3.0965 = 0.3239 + 0 + 2.7726', () => {
    const { start, steps, entropy, total } = boundByMarginals({
      schedule: example,
      data: D16,
      variance: 'exact',
      decoder: 'exact',
    });
    expect([start, entropy, total].map((v) => v.toFixed(4))).toEqual([
      '0.3239',
      '2.7726',
      '3.0965',
    ]);
    for (const step of steps) expectAbsolute(step, 0, 1e-12);
  });

  it('its steps are the divergence of the model’s step from the true one, integrated directly', () => {
    const problem = { schedule: example, data: pixel };
    const q2 = marginal(example, 2, pixel);
    for (const variance of ['bestGaussian', 'beta', 'betaTilde'] as const) {
      const { steps } = boundByMarginals({
        schedule: example,
        data: D16,
        variance,
        decoder: 'exact',
      });
      const direct = mixtureExpectation(
        q2,
        (x) => {
          const truth = reverseLines(problem, [x], 2)![0];
          const { mean, variance: own } = momentMatch(truth);
          const width = { bestGaussian: own, beta: 0.2, betaTilde: 0.2 * (0.1 / 0.28) }[variance];
          return klMixtures(truth, asMixture(mean, width));
        },
        { absolute: 1e-10, relative: 1e-9 },
      );
      expectRelative(steps[2], 4 * direct, 1e-7);
    }
  });

  it('its last step is the decoder’s divergence from q(x_0 | x_1)', () => {
    const { steps } = boundByMarginals({
      schedule: example,
      data: D16,
      variance: 'beta',
      decoder: 'discretized',
    });
    const q1 = marginal(example, 1, pixel);
    const direct = mixtureExpectation(q1, (x) => {
      const truth = 1 / (1 + Math.exp((-2 * Math.sqrt(0.9) * x) / 0.1));
      // The bell about the best guess, cut at 0: DDPM's decoder for two levels.
      const guess = normalCdf((2 * truth - 1) / Math.sqrt(0.1));
      const term = (p: number, own: number) => (p > 0 ? p * Math.log(p / own) : 0);
      return term(truth, guess) + term(1 - truth, 1 - guess);
    });
    expectAbsolute(steps[1], 4 * direct, 1e-9);
  });

  it('both splits have one sum, for all widths, data and chains', () => {
    for (const schedule of [example, scheduleFromBetas([0.5]), makeSchedule('linear', 40)]) {
      for (const problem of [{ data: D16 }, { data: D2, weights: [0.7, 0.3] }, uneven]) {
        for (const variance of ['exact', 'bestIsotropic', 'beta', 'betaTilde'] as const) {
          for (const decoder of ['exact', 'discretized'] as const) {
            const found = boundByMarginals({ schedule, ...problem, variance, decoder });
            expectAbsolute(found.total, found.bound.total, 1e-9 * found.bound.total);
            // No step of a model is better than the true one.
            for (const step of found.steps) expect(step).toBeGreaterThan(-1e-9);
          }
        }
      }
    }
  });

  it('says so where the integrals cannot be done', () => {
    const options = { schedule: example, data: bars, variance: 'beta', decoder: 'exact' } as const;
    expect(() => boundByMarginals(options)).toThrow(/fall apart into lines/);
  });
});

describe('error bars of the exact bound', () => {
  it('are the spread of repeated experiments, for every term of the ledger', () => {
    const [runs, samples] = [300, 100];
    const schedule = scheduleFromBetas([0.1, 0.2, 0.4]);
    // A triangle in a plane: on no orthogonal axes, so every term is an average over draws.
    const data = [
      [1, 1, 1, 1],
      [1, 1, -1, -1],
      [1, -1, 1, -1],
    ];
    for (const variance of ['exact', 'bestGaussian', 'bestIsotropic', 'betaTilde'] as const) {
      const bounds = Array.from({ length: runs }, (_, seed) =>
        exactBound({
          schedule,
          data,
          variance,
          decoder: 'discretized',
          samples,
          seed,
        } satisfies BoundOptions),
      );
      const terms: [string, (b: (typeof bounds)[number]) => [number, number]][] = [
        ['L_1', (b) => [b.diffusion[2], b.standardError.diffusion[2]]],
        ['L_2', (b) => [b.diffusion[3], b.standardError.diffusion[3]]],
        ['L_0', (b) => [b.reconstruction, b.standardError.reconstruction]],
        ['KL(q(x_T)‖p)', (b) => [b.priorParts.mismatch, b.priorParts.standardError]],
        ['total', (b) => [b.total, b.standardError.total]],
      ];
      for (const [name, of] of terms) {
        const values = bounds.map((b) => of(b)[0]);
        const mean = values.reduce((a, b) => a + b, 0) / runs;
        const spread = values.reduce((s, v) => s + (v - mean) ** 2, 0) / (runs - 1);
        const claimed = bounds.reduce((s, b) => s + of(b)[1] ** 2, 0) / runs;
        // The draws are stratified over the images, so a bar may be cautious; the spread of 300 runs is known to 8 %.
        const ratio = claimed / spread;
        expect(ratio, `${name}, ${variance}`).toBeGreaterThan(0.75);
        expect(ratio, `${name}, ${variance}`).toBeLessThan(2.5);
      }
    }
  });
});
