import { describe, expect, it } from 'vitest';
import { correctionValues } from '../../src/lib/math/mistakes/corrections.ts';
import {
  type Mixture1D,
  mixtureLogPdf,
  mixtureModes,
} from '../../src/lib/math/numerics/gaussian.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import { splitExample } from '../../src/lib/plots/going-back/reverseKernel.ts';
import { expectAbsolute, expectDigits } from './helpers.ts';

describe('the modes of a mixture of bells', () => {
  it('are not the means of the bells: for two equal ones at ±a, m = a·tanh(a m / v)', () => {
    const { x0Coefficient: a, variance } = posterior(splitExample(2), 2);
    let m = a;
    for (let k = 0; k < 200; k++) m = a * Math.tanh((a * m) / variance);
    const [lower, upper] = mixtureModes({
      weights: [0.5, 0.5],
      means: [a, -a],
      variances: [variance, variance],
    });
    expectAbsolute(upper, m, 1e-13);
    expectAbsolute(lower, -m, 1e-13);
    expectDigits(m, '0.6776274');
    expectDigits(a, '0.6776309');
  });

  it('are what row 15 prints, beside the mean of the bell', () => {
    const [upper, lower, mean] = correctionValues(15).map(({ value }) => value as number);
    expectDigits(upper, '0.6776274');
    expectDigits(lower, '-0.6776274');
    expectDigits(mean, '0.6776309');
  });

  it('are the maxima on a fine grid, for mixtures of all shapes', () => {
    const rng = createRng(8);
    for (let trial = 0; trial < 40; trial++) {
      const n = 1 + Math.floor(4 * rng.uniform());
      const draw = (f: () => number) => Array.from({ length: n }, f);
      const weights = draw(() => 0.1 + rng.uniform());
      const total = weights.reduce((a, b) => a + b, 0);
      const mixture: Mixture1D = {
        weights: weights.map((w) => w / total),
        means: draw(() => 4 * rng.uniform() - 2),
        variances: draw(() => 0.02 + rng.uniform()),
      };
      const step = 1e-3;
      const height = (x: number) => mixtureLogPdf(x, mixture);
      const seen: number[] = [];
      for (let x = -3; x < 3; x += step)
        if (height(x) > height(x - step) && height(x) >= height(x + step)) seen.push(x);
      const modes = mixtureModes(mixture);
      expect(modes.length, JSON.stringify(mixture)).toBe(seen.length);
      modes.forEach((mode, k) => {
        expectAbsolute(mode, seen[k], 1.5 * step);
      });
    }
  });
});
