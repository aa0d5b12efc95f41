import { describe, expect, it } from 'vitest';
import { normalDensity } from '../../src/lib/math/numerics/curves.ts';
import {
  asMixture,
  klMixtures,
  mixtureLogPdf,
  mixtureModes,
} from '../../src/lib/math/numerics/gaussian.ts';
import { quickKl } from '../../src/lib/math/numerics/quickKl.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { shares } from '../../src/lib/plots/going-back/posteriorLine.ts';
import {
  averageKl,
  pixelReverse,
  reverseView,
  sameNoise,
  sampleError,
  splitExample,
} from '../../src/lib/plots/going-back/reverseKernel.ts';

describe('one step back for one pixel', () => {
  const example = splitExample(2);

  it('shows the numbers of the T = 2 example', () => {
    const view = reverseView(example, 2, 0);
    expect(Array.from(view.mixture.means)[0]).toBeCloseTo(0.677631, 6);
    expect(Array.from(view.mixture.means)[1]).toBeCloseTo(-0.677631, 6);
    expect(Math.sqrt(view.mixture.variances[0])).toBeCloseTo(0.267261, 6);
    expect(view.kl).toBeCloseTo(0.325114, 6);
    expect(view.modes.length).toBe(2);
    const q = posterior(example, 2);
    expect([q.x0Coefficient, q.xtCoefficient, q.variance]).toEqual([
      expect.closeTo(0.6776309, 7),
      expect.closeTo(0.3194383, 7),
      expect.closeTo(0.07142857, 8),
    ]);
  });

  it('is Bayes’ rule: forward density × marginal / marginal, at every point', () => {
    for (const xt of [-0.8, 0, 0.3, 1.7]) {
      const mixture = pixelReverse(example, 2, xt);
      const marginal = (x: number, t: number) => {
        const [m, v] = [Math.sqrt(example.alphaBar[t]), example.noiseVariance[t]];
        return 0.5 * normalDensity(x, m, v) + 0.5 * normalDensity(x, -m, v);
      };
      for (const x of [-1.2, -0.1, 0.6, 1]) {
        const bayes =
          (normalDensity(xt, Math.sqrt(0.8) * x, 0.2) * marginal(x, 1)) / marginal(xt, 2);
        expect(Math.exp(mixtureLogPdf(x, mixture))).toBeCloseTo(bayes, 10);
      }
    }
  });

  it('has two peaks at x_t = 0 exactly when the step destroys more than 1 of SNR', () => {
    for (const T of [2, 4, 6, 8, 20, 200]) {
      const view = reverseView(splitExample(T), T, 0);
      expect(view.modes.length).toBe(view.drop > 1 ? 2 : 1);
    }
    expect(mixtureModes({ weights: [0.5, 0.5], means: [1, -1], variances: [4, 4] }).length).toBe(1);
  });

  it('keeps the noise of the example however fine it is cut', () => {
    for (const T of [2, 4, 10, 1000]) {
      const schedule = splitExample(T);
      expect(schedule.T).toBe(T);
      expect(schedule.alphaBar[T]).toBeCloseTo(0.72, 12);
      expect(schedule.alphaBar[T / 2]).toBeCloseTo(0.9, 12);
    }
  });

  it('finds the step of the same noise in another chain', () => {
    for (const T of [10, 100, 1000]) {
      const schedule = makeSchedule('cosine', T);
      const t = sameNoise(schedule, 0.72);
      const gap = (s: number) => Math.abs(Math.log(schedule.snr[s]) - Math.log(0.72 / 0.28));
      for (let s = 2; s <= T; s++) expect(gap(t)).toBeLessThanOrEqual(gap(s));
    }
  });

  it('averages the divergence over x_t as a brute-force integral does', () => {
    const [m, v] = [Math.sqrt(example.alphaBar[2]), example.noiseVariance[2]];
    let sum = 0;
    const step = 0.02;
    for (let x = -5; x <= 5; x += step) {
      const density = 0.5 * normalDensity(x, m, v) + 0.5 * normalDensity(x, -m, v);
      sum += step * density * reverseView(example, 2, x).kl;
    }
    expect(averageKl(example, 2)).toBeCloseTo(sum, 6);
  });

  it('melts like the cube of the step', () => {
    const ratio = averageKl(splitExample(100), 100) / averageKl(splitExample(200), 200);
    expect(ratio).toBeGreaterThan(7.5);
    expect(ratio).toBeLessThan(8.5);
  });

  it('makes a posterior sample exactly twice as wrong as the best guess', () => {
    expect(sampleError(example, 2, 4)).toBeCloseTo(1.292053, 6);
    expect(sampleError(example, 2, 4) / 2).toBeCloseTo(0.646026664, 8);
  });
});

describe('quick divergences', () => {
  const mixture = { weights: [0.3, 0.7], means: [-0.9, 1.1], variances: [0.1, 0.3] };
  it('agree with adaptive quadrature both ways', () => {
    for (const [mean, variance] of [
      [0, 1],
      [1.1, 0.3],
      [-2, 0.02],
    ]) {
      const bell = asMixture(mean, variance);
      expect(quickKl(mixture, bell)).toBeCloseTo(klMixtures(mixture, bell), 9);
      expect(quickKl(bell, mixture)).toBeCloseTo(klMixtures(bell, mixture), 9);
    }
  });
  it('vanish for equal laws', () => expect(quickKl(mixture, mixture)).toBe(0));
});

describe('the shares of x_0 and x_t', () => {
  it('are the posterior’s at every drawn t', () => {
    const schedule = makeSchedule('linear', 20);
    const drawn = shares(schedule);
    expect(drawn.map(({ x }) => x)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (const { x, x0, xt, variance } of drawn) {
      const q = posterior(schedule, x);
      expect([x0, xt, variance]).toEqual([q.x0Coefficient, q.xtCoefficient, q.variance]);
    }
    expect(drawn[0]).toEqual({ x: 1, x0: 1, xt: 0, variance: 0 });
  });
});
