import { describe, expect, it } from 'vitest';
import { conversion } from '../../src/lib/math/parameterization.ts';
import { posterior } from '../../src/lib/math/posterior.ts';
import { makeSchedule } from '../../src/lib/math/schedule.ts';
import { emaDecayAt, learningRateAt } from '../../src/lib/tensor/adam.ts';
import { WEIGHTINGS } from '../../src/lib/tensor/options.ts';
import { lossWeights } from '../../src/lib/tensor/weighting.ts';

const schedule = makeSchedule('linear', 50);

describe('loss weights', () => {
  it.each(WEIGHTINGS)('%s has mean 1 and is positive', (kind) => {
    for (const prediction of ['epsilon', 'x0', 'v'] as const) {
      const w = lossWeights(kind, schedule, prediction);
      expect(w.slice(1).reduce((a, b) => a + b, 0) / 50).toBeCloseTo(1, 9);
      expect(Math.min(...w.slice(1))).toBeGreaterThan(0);
    }
  });

  it('weigh the same error alike, whatever the network predicts', () => {
    // An error of 1 in x_0 is an error of 1/conversion in the prediction.
    for (const kind of ['epsilon', 'x0', 'minSnr', 'truncatedSnr', 'elbo'] as const) {
      const onX0 = (prediction: 'epsilon' | 'v' | 'x0') => {
        const w = lossWeights(kind, schedule, prediction);
        return [2, 20, 50].map(
          (t) => w[t] / conversion(prediction, 'x0', t, schedule).prediction ** 2,
        );
      };
      const [a, b] = [onX0('v'), onX0('epsilon')];
      for (const i of [1, 2]) expect(a[i] / a[0]).toBeCloseTo(b[i] / b[0], 9);
    }
  });

  it('elbo: the weight of the KL term, x0Coefficient² / 2β̃', () => {
    const w = lossWeights('elbo', schedule, 'x0');
    const exact = (t: number) =>
      posterior(schedule, t).x0Coefficient ** 2 / (2 * schedule.posteriorVariance[t]);
    for (const t of [3, 10, 49]) expect(w[t] / w[2]).toBeCloseTo(exact(t) / exact(2), 6);
  });
});

describe('rates', () => {
  it('rise, hold, and fall to a tenth at the target', () => {
    const at = (step: number, steps: number) =>
      learningRateAt(step, { learningRate: 1, warmup: 10, steps });
    expect(at(1, 0)).toBeCloseTo(0.1);
    expect(at(10, 0)).toBe(1);
    expect(at(1e6, 0)).toBe(1);
    expect(at(60, 100)).toBe(1);
    expect(at(80, 100)).toBeCloseTo(0.55);
    expect(at(100, 100)).toBeCloseTo(0.1);
  });

  it('average over a horizon that grows with the run', () => {
    expect(emaDecayAt(0.999, 1)).toBeCloseTo(2 / 11);
    expect(emaDecayAt(0.999, 1e6)).toBe(0.999);
  });
});
