/** Measures of whole laws, and what samples of them do: against sums over every case, quadrature and published values. */
import { describe, expect, it } from 'vitest';
import { channelScore, finiteChannel } from '../../src/lib/math/exact/finiteChannel.ts';
import { entropy } from '../../src/lib/math/exact/finiteData.ts';
import { mixturePosterior, prepareMixture } from '../../src/lib/math/exact/mixtureChannel.ts';
import { estimate } from '../../src/lib/math/exact/vectorChannel.ts';
import { bootstrapSummary, percentile, resample } from '../../src/lib/math/judge/bootstrap.ts';
import {
  fitGaussian,
  frechetAtInfinity,
  frechetDistance,
} from '../../src/lib/math/judge/frechet.ts';
import {
  frechetBias,
  frechetBiasLine,
  frechetBiasPlane,
} from '../../src/lib/math/judge/frechetBias.ts';
import {
  expectedInceptionScore,
  inceptionScore,
  splitInceptionScore,
} from '../../src/lib/math/judge/inceptionScore.ts';
import { mmd2Biased, mmd2Paired } from '../../src/lib/math/judge/kernel.ts';
import {
  mmd2Finite,
  mmd2FiniteToNormal,
  mmd2Gaussians,
} from '../../src/lib/math/judge/kernelLaws.ts';
import { gaussHermite } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { timeImportance } from '../../src/lib/math/objectives/timeImportance.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { expectAbsolute, expectRelative } from './helpers.ts';

describe('a Gaussian channel', () => {
  const rows = [
    [0.2, -1],
    [1, 0.5],
    [-0.7, 0.1],
  ];
  const weights = [0.5, 0.2, 0.3];
  const difference = (f: (x: number[]) => number, x: number[], i: number, h = 1e-5) => {
    const moved = (by: number) => f(x.map((v, k) => (k === i ? v + by : v)));
    return (moved(h) - moved(-h)) / (2 * h);
  };

  it('the score of finite data is the slope of the log density', () => {
    const channel = { scale: 0.8, noiseVariance: 0.3 };
    const data = finiteChannel(rows, weights);
    const x = [0.3, -0.4];
    const score = channelScore(x, data.mean(x, channel), channel);
    // A central difference of step 1e-5 has an error near 1e-10.
    for (const i of [0, 1])
      expectAbsolute(
        score[i],
        difference((y) => data.posterior(y, channel).logDensity, x, i),
        1e-8,
      );
  });

  it('the score of a mixture is the slope of the log density, and Tweedie’s formula', () => {
    const components = prepareMixture([
      {
        weight: 0.4,
        mean: [0, 1],
        covariance: [
          [0.5, 0.2],
          [0.2, 0.3],
        ],
      },
      { weight: 0.6, mean: [1, -1], covariance: 0.1 },
    ]);
    const channel = { scale: 0.9, noiseVariance: 0.2 };
    const x = [0.4, 0.1];
    const at = (y: number[]) => mixturePosterior(components, y, channel);
    const { score, mean } = at(x);
    const tweedie = channelScore(x, mean, channel);
    for (const i of [0, 1]) {
      expectAbsolute(
        score[i],
        difference((y) => at(y).logDensity, x, i),
        1e-8,
      );
      expectAbsolute(score[i], tweedie[i], 1e-13);
    }
  });

  it('without noise only what agrees is left, and nothing else is made up', () => {
    const known = finiteChannel([[1], [1], [0]], [0.2, 0.3, 0.5]);
    const exact = { scale: 1, noiseVariance: 0 };
    expect([...known.posterior([1], exact).weights]).toEqual([
      expect.closeTo(0.4, 12),
      expect.closeTo(0.6, 12),
      0,
    ]);
    expect(() => known.posterior([0.5], exact)).toThrow(/a row that agrees/);
    expect(() => known.posterior([1], { scale: 1, noiseVariance: -1 })).toThrow(/at least 0/);
  });
});

it('a sampler visits the times that it is given', () => {
  const schedule = makeSchedule('cosine', 20);
  const zero = () => [0];
  const run = sample({
    schedule,
    denoiser: zero,
    prediction: 'x0',
    xT: [1],
    rng: createRng(1),
    times: [20, 7, 3, 0],
  });
  expect([...run].map(({ t, s }) => [t, s])).toEqual([
    [20, 7],
    [7, 3],
    [3, 0],
  ]);
});

describe('kernel distances of whole laws', () => {
  const a = {
    rows: [
      [0.5, -1],
      [1, 2],
    ],
    weights: [0.3, 0.7],
  };
  const b = {
    rows: [
      [0, 1],
      [-1, 0.5],
      [2, 2],
    ],
  };

  it('two finite laws: the V-statistic of their lists', () => {
    // 0.3 and 0.7 as three and seven rows.
    const list = [...Array(3).fill(a.rows[0]), ...Array(7).fill(a.rows[1])];
    expectRelative(mmd2Finite(a, b), mmd2Biased(list, b.rows), 1e-12);
  });

  it('two Gaussians: the V-statistic of Gauss–Hermite nodes, exact for a cubic kernel', () => {
    const rule = gaussHermite(4);
    const grid = (mean: number[], root: number[][]) => {
      const rows: number[][] = [];
      const weights: number[] = [];
      rule.nodes.forEach((p, i) => {
        rule.nodes.forEach((q, j) => {
          rows.push(mean.map((m, k) => m + root[k][0] * p + root[k][1] * q));
          weights.push(rule.weights[i] * rule.weights[j]);
        });
      });
      return { rows, weights };
    };
    const square = (r: number[][]) => r.map((u) => r.map((v) => u[0] * v[0] + u[1] * v[1]));
    const [m, n] = [
      [0.5, -1],
      [0.2, 0.3],
    ];
    const [r, s] = [
      [
        [1, 0.3],
        [0, 0.5],
      ],
      [
        [0.7, 0],
        [-0.4, 1.1],
      ],
    ];
    const gaussians = mmd2Gaussians(
      { mean: m, covariance: square(r) },
      { mean: n, covariance: square(s) },
    );
    expectRelative(gaussians, mmd2Finite(grid(m, r), grid(n, s)), 1e-11);
    const identity = [
      [1, 0],
      [0, 1],
    ];
    expectRelative(
      mmd2FiniteToNormal(a.rows, a.weights),
      mmd2Finite(a, grid([0, 0], identity)),
      1e-11,
    );
  });

  it('the U-statistic in pairs averages to MMD² over all samples', () => {
    let mean = 0;
    const uniform = { rows: a.rows };
    for (const x of [0, 1, 2, 3]) {
      for (let y = 0; y < 9; y++) {
        const own = [a.rows[x & 1], a.rows[x >> 1]];
        const other = [b.rows[y % 3], b.rows[Math.floor(y / 3)]];
        mean += mmd2Paired(own, other) / 36;
      }
    }
    expectRelative(mean, mmd2Finite(uniform, b), 1e-12);
    expect(() => mmd2Paired(a.rows, b.rows)).toThrow(/two sets of one size/);
  });
});

it('the Fréchet distance of fewer rows than features: shrunk and shifted samples', () => {
  for (const [rows, features] of [
    [4, 20],
    [8, 12],
  ]) {
    const rng = createRng(`few ${rows}`);
    const x = Array.from({ length: rows }, () => rng.fillNormal(new Float64Array(features)));
    const y = x.map((row) => row.map((v) => 0.9 * v + 0.01));
    const [a, b] = [fitGaussian(x), fitGaussian(y)];
    // The covariances commute: ‖Δm‖² + (1 − 0.9)² tr C.
    let exact = 0;
    for (let i = 0; i < features; i++)
      exact += (a.mean[i] - b.mean[i]) ** 2 + 0.01 * a.covariance[i][i];
    expectRelative(frechetDistance(a, b), exact, 1e-10);
  }
});

describe('the bias of the Fréchet distance', () => {
  it('in one and two dimensions is what simulations show, within five standard errors', () => {
    for (const [d, exact] of [
      [1, frechetBiasLine(5, 'law')],
      [2, frechetBiasPlane(5)],
      [2, frechetBiasPlane(2)],
    ]) {
      const n = exact === frechetBiasPlane(2) ? 2 : 5;
      const found = frechetBias(d, n, 4000, createRng(`bias ${d} ${n}`), 'law');
      expectAbsolute(found.value, exact, 5 * found.standardError);
    }
  });

  it('in the plane for three rows: the integral is (2/3)(2√2 − 1), the radius 2·Γ(2.5)·√2/… by hand', () => {
    // E χ_4 = √2 Γ(5/2)/Γ(2) = (3/4)√(2π).
    const trace = (0.75 * Math.sqrt(2 * Math.PI) * ((2 * (2 ** 1.5 - 1)) / 3)) / Math.SQRT2;
    expectRelative(frechetBiasPlane(3), 2 / 3 + 4 - 2 * trace, 1e-11);
  });

  it('falls on a line in 1/n, whose end is at infinitely many samples', () => {
    const sizes = [100, 200, 400];
    const { intercept, slope } = frechetAtInfinity(
      sizes,
      sizes.map((n) => 3 + 20 / n),
    );
    expectRelative(intercept, 3, 1e-12);
    expectRelative(slope, 20, 1e-12);
    expect(() => frechetAtInfinity([5, 5], [1, 2])).toThrow(/at least two sizes/);
  });
});

describe('the Inception Score of few samples', () => {
  it('averages over every list of labels to what is expected', () => {
    const law = [0.2, 0.5, 0.3];
    let mean = 0;
    for (let list = 0; list < 3 ** 4; list++) {
      const labels = Array.from({ length: 4 }, (_, i) => Math.floor(list / 3 ** i) % 3);
      const rows = labels.map((label) => law.map((_, c) => Number(c === label)));
      mean += labels.reduce((p, label) => p * law[label], 1) * inceptionScore(rows);
    }
    expectRelative(expectedInceptionScore(law, 4), mean, 1e-12);
    expect(mean).toBeLessThan(Math.exp(entropy(law)));
    expectRelative(expectedInceptionScore([1, 0], 3), 1, 1e-12);
  });

  it('of ten classes and forty certain samples, where nobody can go through all counts: as in simulation', () => {
    const law = Array.from({ length: 10 }, (_, c) => (c + 1) / 55);
    const rng = createRng('ten classes');
    const draw = (): number => {
      let left = rng.uniform();
      return law.findIndex((p, c) => {
        left -= p;
        return left < 0 || c === 9;
      });
    };
    const { value, standardError } = estimate(
      Array.from({ length: 4000 }, () => {
        const counts = new Float64Array(10);
        for (let i = 0; i < 40; i++) counts[draw()] += 1 / 40;
        return Math.exp(entropy(counts));
      }),
    );
    const exact = expectedInceptionScore(law, 40);
    expectAbsolute(exact, value, 4 * standardError);
    // The simulation is sharp enough to tell it from the score of the law itself.
    expect(Math.exp(entropy(law)) - exact).toBeGreaterThan(20 * standardError);
  });

  it('by parts: consecutive, none empty', () => {
    const [one, two] = [
      [1, 0],
      [0, 1],
    ];
    const { scores, mean, standardDeviation } = splitInceptionScore([one, one, one, two, two], 2);
    expect(scores[0]).toBeCloseTo(1, 12);
    expect(scores[1]).toBeCloseTo(inceptionScore([one, two, two]), 12);
    expect(mean).toBeCloseTo((scores[0] + scores[1]) / 2, 12);
    expect(standardDeviation).toBeCloseTo((scores[1] - scores[0]) / 2, 12);
    expect(() => splitInceptionScore([one], 2)).toThrow(/from 1 to 1/);
  });
});

it('bootstrap: percentiles between order statistics, spread with n − 1', () => {
  expect(percentile([4, 1, 2], 50)).toBe(2);
  expect(percentile([1, 2], 25)).toBe(1.25);
  const { standardError, mean, bias, interval95 } = bootstrapSummary(2, [1, 2, 3]);
  expect([standardError, mean, bias]).toEqual([1, 2, 0]);
  expect(interval95[0]).toBeCloseTo(1.05, 12);
  expect(() => bootstrapSummary(1, [1])).toThrow(/at least 2 replicates/);
  expect(resample(5, createRng(1)).every((i) => i >= 0 && i < 5)).toBe(true);
});

it('times drawn by importance: the weighted mean loss is that of times drawn alike', () => {
  const losses = [
    [9, 1, 1],
    [9, 3, 4],
    [9, 2, 2],
  ];
  const { probabilities, lossWeights } = timeImportance(losses, { kept: 2, uniform: 0.1 });
  const roots = [1, Math.sqrt(12.5), 2];
  const total = roots.reduce((a, b) => a + b);
  roots.forEach((root, i) => {
    expectRelative(probabilities[i], (0.9 * root) / total + 0.1 / 3, 1e-12);
    expectRelative(probabilities[i] * lossWeights[i], 1 / 3, 1e-12);
  });
  expect(() => timeImportance([[1], []])).toThrow(/none at t = 2/);
});
