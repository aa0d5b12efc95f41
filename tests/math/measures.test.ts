import { describe, expect, it } from 'vitest';
import { exactBound, gaussianTerm } from '../../src/lib/math/bound/elbo.ts';
import { optimiseBetas } from '../../src/lib/math/bound/optimiseBetas.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { fitGaussian, frechetDistance } from '../../src/lib/math/judge/frechet.ts';
import { frechetBias } from '../../src/lib/math/judge/frechetBias.ts';
import { inceptionScore } from '../../src/lib/math/judge/inceptionScore.ts';
import { cubicKernel, kernelDistance, mmd2 } from '../../src/lib/math/judge/kernel.ts';
import { mmd2FiniteToNormal } from '../../src/lib/math/judge/kernelLaws.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { vlbWeight } from '../../src/lib/math/objectives/bound.ts';
import { lossWeight, WEIGHTINGS } from '../../src/lib/math/objectives/weights.ts';
import { PREDICTION_KINDS } from '../../src/lib/math/process/parameterization.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { D2, D16, expectAbsolute, expectRelative } from './helpers.ts';

const normals = (n: number, d: number, seed: string) => {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => rng.fillNormal(new Float64Array(d)));
};

describe('loss weights', () => {
  const schedule = makeSchedule('cosine', 50);
  it('eq. 12 turns the squared error of ε into the bound’s term', () => {
    const mmse = finiteDenoiser({ schedule, data: D16 }).mmse(20);
    const sigma2 = schedule.posteriorVariance[20];
    const epsilonError = finiteDenoiser({ schedule, data: D16 }).lossFloor(20, 'epsilon');
    const term = gaussianTerm(schedule, 20, mmse, 4, sigma2);
    expectRelative(vlbWeight(schedule, 20, sigma2) * epsilonError, term, 1e-11);
    expectRelative(lossWeight('elbo', 'epsilon', 20, schedule) * epsilonError, term, 1e-11);
  });
  it('a weighting means the same loss, whatever is predicted', () => {
    const denoiser = finiteDenoiser({ schedule, data: D2 });
    for (const weighting of WEIGHTINGS.filter((w) => w !== 'simple')) {
      for (const t of [1, 25, 50]) {
        const losses = PREDICTION_KINDS.map(
          (kind) => lossWeight(weighting, kind, t, schedule) * denoiser.lossFloor(t, kind),
        );
        for (const loss of losses) expectAbsolute(loss, losses[0], 1e-12 * Math.abs(losses[0]));
      }
    }
  });
  it('min-SNR for ε and v are the published formulas', () => {
    for (const t of [3, 25, 48]) {
      const snr = schedule.snr[t];
      expectRelative(lossWeight('minSnr', 'epsilon', t, schedule), Math.min(snr, 5) / snr, 1e-12);
      expectRelative(lossWeight('minSnr', 'v', t, schedule), Math.min(snr, 5) / (snr + 1), 1e-12);
      expectRelative(lossWeight('p2', 'epsilon', t, schedule), 1 / (1 + snr), 1e-12);
      expect(lossWeight('epsilon', 'epsilon', t, schedule)).toBeCloseTo(1, 12);
      expect(lossWeight('velocity', 'v', t, schedule)).toBeCloseTo(1, 12);
    }
  });
  it('is finite at t = 1, where β̃ is 0', () => {
    for (const s of [schedule, scheduleFromBetas([0.3])]) {
      expect(Number.isFinite(lossWeight('elbo', 'epsilon', 1, s))).toBe(true);
    }
    expect(() => lossWeight('none' as 'simple', 'v', 1, schedule)).toThrow(/Weighting: expected/);
  });
});

describe('Fréchet distance', () => {
  it('of diagonal Gaussians is the sum of squared differences of means and deviations', () => {
    const fit = (mean: number[], sigma: number[]) => ({
      mean: Float64Array.from(mean),
      covariance: sigma.map((s, i) => Float64Array.from(sigma, (_, j) => (i === j ? s * s : 0))),
    });
    const distance = frechetDistance(fit([0, 1], [1, 2]), fit([3, 1], [0.5, 0]));
    expectRelative(distance, 9 + 0.25 + 4, 1e-12);
  });
  it('does not change when both are turned, and is symmetric', () => {
    const [a, b] = [
      normals(60, 3, 'a'),
      normals(50, 3, 'b').map((r) => Float64Array.of(2 * r[0], r[1] + r[0], r[2])),
    ];
    const turn = (r: Float64Array) =>
      Float64Array.of(0.6 * r[0] - 0.8 * r[1], 0.8 * r[0] + 0.6 * r[1], r[2]);
    const plain = frechetDistance(fitGaussian(a), fitGaussian(b));
    expectRelative(frechetDistance(fitGaussian(b), fitGaussian(a)), plain, 1e-10);
    expectRelative(
      frechetDistance(fitGaussian(a.map(turn)), fitGaussian(b.map(turn))),
      plain,
      1e-10,
    );
    expect(plain).toBeGreaterThan(0.1);
  });
  it('is biased for few samples, less for more', () => {
    const at = (n: number, repeats: number) => frechetBias(16, n, repeats, createRng('bias'));
    const [few, many] = [at(50, 200), at(200, 40)];
    // The table's 3.345 and 0.841 are simulations without a stated error; 4,000 repeats give 3.411 ± 0.007.
    expectAbsolute(few.value, 3.411, 5 * few.standardError);
    expectAbsolute(many.value, 0.846, 5 * many.standardError);
  });
  it('refuses a single row', () => expect(() => fitGaussian([[1]])).toThrow(/at least 2 rows/));
});

describe('kernel distance', () => {
  it('is unbiased: near 0 for equal laws, away from it for others', () => {
    const rng = createRng('kid');
    const same = kernelDistance(normals(400, 4, 'x'), normals(400, 4, 'y'), rng);
    expect(Math.abs(same.value)).toBeLessThan(0.15);
    const shifted = normals(400, 4, 'z').map((r) => r.map((v) => v + 1));
    expect(kernelDistance(normals(400, 4, 'x'), shifted, rng).value).toBeGreaterThan(1);
  });
  it('of two pairs by hand', () => {
    const [x, y] = [
      [[1], [2]],
      [[0], [3]],
    ];
    expectRelative(mmd2(x, y), 27 + 1 - (1 + 64 + 1 + 343) / 2, 1e-14);
    expect(cubicKernel([1, 1], [1, 1])).toBe(8);
    expect(() => mmd2([[1]], y)).toThrow(/at least 2 rows/);
  });
  it('of a law to N(0, I) is what large samples approach', () => {
    const rows = [
      [1, 0.5],
      [-1, 2],
    ];
    const rng = createRng('finite');
    const drawn = Array.from({ length: 1500 }, () => rows[rng.int(2)]);
    const simulated = mmd2(drawn, normals(1500, 2, 'n'));
    expectAbsolute(simulated, mmd2FiniteToNormal(rows), 0.5);
    expect(mmd2FiniteToNormal(rows)).toBeGreaterThan(1.5);
  });
});

describe('Inception Score', () => {
  it('counts the classes that are hit evenly', () => {
    expectRelative(
      inceptionScore([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
      3,
      1e-12,
    );
    expectRelative(
      inceptionScore([
        [0.2, 0.8],
        [0.2, 0.8],
      ]),
      1,
      1e-12,
    );
  });
});

describe('β by the bound', () => {
  it('falls at every step, and ends where no single β can better it', () => {
    const options = { data: D2, variance: 'beta', decoder: 'discretized' } as const;
    const { schedule, bound, history } = optimiseBetas(makeSchedule('linear', 2), options);
    for (let i = 1; i < history.length; i++) expect(history[i]).toBeLessThan(history[i - 1]);
    expect(bound.total).toBeGreaterThan(bound.entropy);
    expect(bound.total).toBeLessThan(history[0] / 3);
    for (const t of [1, 2]) {
      for (const factor of [0.99, 1.01]) {
        const moved = schedule.beta.slice(1);
        moved[t - 1] *= factor;
        const other = exactBound({ ...options, schedule: scheduleFromBetas(moved) }).total;
        expect(other).toBeGreaterThan(bound.total);
      }
    }
  });
});
