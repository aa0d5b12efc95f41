/** Exact denoisers at the whole times of a chain and between them, in closed form, and at the ends of a path. */
import { describe, expect, it } from 'vitest';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { chainPath } from '../../src/lib/math/process/chain.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import { channelAt } from '../../src/lib/math/process/process.ts';
import { D2, expectAbsolute, expectClose, expectRelative } from './helpers.ts';
import { all, cases, components, rows, schedule, slopes, weights } from './pathCases.ts';

describe('the chain', () => {
  it('of a schedule answers at whole times, as its path does there and between them', () => {
    const [own, path] = [{ schedule }, { path: chainPath(schedule) }].map((process) =>
      finiteDenoiser({ data: rows, weights, ...process }),
    );
    for (const t of [1, 9, 20]) {
      expect(path.posteriorMean([0.2, 0.1], t)).toEqual(own.posteriorMean([0.2, 0.1], t));
      expect(path.mmse(t)).toBe(own.mmse(t));
    }
    const [low, between, high] = [9, 9.5, 10].map(path.mmse);
    expect(between).toBeGreaterThan(low);
    expect(between).toBeLessThan(high);
    expect(() => own.mmse(9.5)).toThrow(/Time: expected an integer/);
    expect(() => path.mmse(20.5)).toThrow(/Time: expected a number from 0 to 20/);
  });

  it('two equal pixels: E[x_0|x_t] = tanh, the closed form on every path', () => {
    for (const [, path] of all) {
      const denoiser = finiteDenoiser({ data: D2, path });
      for (const { t } of cases(path)) {
        const { scale, noiseVariance } = channelAt(path.at(t));
        const x = [0.3, -0.2, 0.1, 0.4].map((value) => value * Math.hypot(scale, noiseVariance));
        const along = x[0] - x[1] - x[2] + x[3];
        const mean = Math.tanh((scale * along) / noiseVariance);
        expectClose(denoiser.posteriorMean(x, t), [mean, -mean, -mean, mean], 1e-13);
      }
    }
  });
});

describe('at the ends of a path', () => {
  const path = PATHS.straight;
  const finite = finiteDenoiser({ data: rows, weights, path });
  const mixture = mixtureDenoiser({ components, path });

  it('without noise x_0 is known; points have no score there, a smooth law has its own', () => {
    expect(finite.posteriorMean(rows[1], 0)).toEqual(Float64Array.from(rows[1]));
    expect(finite.mmse(0)).toBe(0);
    expect(() => finite.score(rows[1], 0)).toThrow(/Score: expected some noise/);
    expect(() => finite.jacobian('x0')(rows[1], 0)).toThrow(RangeError);
    expect(() => finite.posteriorMean([0, 0], 0)).toThrow(/a row that agrees/);
    expectClose(mixture.posteriorMean([0.3, 0.2], 0), [0.3, 0.2], 1e-15);
    expect(mixture.mmse(0)).toBe(0);
    const found = slopes((x) => mixture.logDensity(x, 0), [0.3, 0.2], 1e-5);
    expectClose(mixture.score([0.3, 0.2], 0), found, 1e-8);
    const flat = mixtureDenoiser({ components: [{ weight: 1, mean: [0], covariance: 0 }], path });
    expect(() => flat.score([0], 0)).toThrow(/Mixture: expected noise, or covariances of full/);
  });

  it('without signal nothing is known', () => {
    expectClose(finite.posteriorWeights([0.7, -0.3], 1), weights, 1e-15);
    const spread = rows.map((row) =>
      row.map((value, k) => value - finite.posteriorMean([0, 0], 1)[k]),
    );
    const variance = spread.reduce((sum, [a, b], i) => sum + weights[i] * (a * a + b * b), 0);
    const { value, standardError } = finite.mmseEstimate(1);
    expectAbsolute(value, variance, 5 * standardError + 1e-12);
    expectClose(mixture.predict('flowVelocity')([0, 0], 1), [0.02, -0.16], 1e-14);
    expect(() => finite.lossFloor(1, 'x0')).not.toThrow();
  });

  it('near the data the score of a smooth law keeps its digits', () => {
    const line = mixtureDenoiser({
      components: [{ weight: 1, mean: [0.5], covariance: 0.25 }],
      path: PATHS.variancePreserving,
    });
    for (const t of [1e-12, 1e-7]) {
      const { signal, noise } = PATHS.variancePreserving.at(t);
      const expected = (0.5 * signal - 0.8) / (0.25 * signal * signal + noise * noise);
      expectRelative(line.score([0.8], t)[0], expected, 1e-15);
    }
  });
});
