import { describe, expect, it } from 'vitest';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import {
  information,
  klToBestGaussian,
  recovery,
  reverseKernel,
  reverseLines,
} from '../../src/lib/math/exact/reverse.ts';
import { asMixture, klMixtures, momentMatch } from '../../src/lib/math/numerics/gaussian.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { D2, D16, expectAbsolute, expectClose, expectDigits, expectRelative } from './helpers.ts';

const schedule = scheduleFromBetas([0.1, 0.2]);

describe('reverse kernel', () => {
  it('mixes to the moments of the posterior mean', () => {
    const problem = {
      schedule: makeSchedule('linear', 20),
      data: [
        [1, 0.2],
        [-0.3, 1],
        [0, -1],
      ],
      weights: [1, 2, 3],
    };
    const xt = [0.4, -0.2];
    for (const [t, s] of [
      [1, 0],
      [7, 6],
      [20, 4],
    ]) {
      const kernel = reverseKernel(problem, xt, t, s);
      const q = posterior(problem.schedule, t, s);
      const x0 = finiteDenoiser(problem).posteriorMean(xt, t);
      expectClose(
        kernel.mean,
        x0.map((v, k) => q.x0Coefficient * v + q.xtCoefficient * xt[k]),
        1e-13,
      );
      expectRelative(
        kernel.weights.reduce((a, b) => a + b),
        1,
        1e-14,
      );
      expect(kernel.covariance[0][0]).toBeGreaterThanOrEqual(q.variance);
    }
  });

  it('has bells at ±0.677631 for T = 2 and one bump for a small step', () => {
    const kernel = reverseKernel({ schedule, data: [[1], [-1]] }, [0], 2);
    expectDigits(kernel.means[0][0], '0.677631');
    expectDigits(Math.sqrt(kernel.variance), '0.267261');
    const at = (T: number) =>
      klToBestGaussian({ schedule: makeSchedule('linear', T), data: [[1], [-1]] }, [0], T / 2)!;
    expect(at(10)).toBeGreaterThan(at(100));
    expect(at(100)).toBeGreaterThan(at(1000));
    expect(at(1000)).toBeLessThan(1e-5);
  });

  it('has no KL to a bell in the step to 0, which ends in points, and none at an image of other pixels', () => {
    const problem = { schedule, data: [[1], [-1]] };
    expect(() => klToBestGaussian(problem, [0.3], 1)).toThrow(/Time: expected an integer from 1/);
    expect(() => klToBestGaussian(problem, [0.3, 1], 2)).toThrow(/expected 1 pixels/);
  });

  it('its KL adds up over independent pixels, and along a line it is the mixture’s', () => {
    const pixel = klToBestGaussian({ schedule, data: [[1], [-1]] }, [0.3], 2)!;
    expectRelative(
      klToBestGaussian({ schedule, data: D16 }, [0.3, 0.3, 0.3, 0.3], 2)!,
      4 * pixel,
      1e-10,
    );
    const [line] = reverseLines({ schedule, data: D2, weights: [0.7, 0.3] }, [0.1, 0, 0, 0.2], 2)!;
    const { mean, variance } = momentMatch(line);
    expectRelative(
      klToBestGaussian({ schedule, data: D2, weights: [0.7, 0.3] }, [0.1, 0, 0, 0.2], 2)!,
      klMixtures(line, asMixture(mean, variance)),
      1e-12,
    );
    expect(
      klToBestGaussian(
        {
          schedule,
          data: [
            [0, 0],
            [1, 0],
            [0, 1],
          ],
        },
        [0, 0],
        2,
      ),
    ).toBeNull();
  });
});

describe('information', () => {
  it('chains: H(x_0) − I(x_0; x_t) = H(x_0|x_t), and step by step', () => {
    const problem = {
      schedule: makeSchedule('cosine', 8),
      data: [[0], [1], [1.5]],
      weights: [3, 1, 1],
    };
    for (let t = 2; t <= 8; t++) {
      const [now, before] = [information(problem, t), information(problem, t - 1)];
      expectAbsolute(now.givenNoisier, before.mutual - now.mutual, 1e-11);
      expect(now.mutual).toBeLessThan(before.mutual);
    }
    const whole = information(problem, 8, 0);
    expectRelative(whole.givenNoisier, whole.conditionalEntropy, 1e-15);
  });
});

describe('recovery', () => {
  it('is what a simulation finds, uneven weights included (40,000 draws, 5 standard errors)', () => {
    const problem = { schedule, data: [[-1], [0.2], [0.6]], weights: [0.5, 0.2, 0.3] };
    const exact = recovery(problem, 2)!;
    const denoiser = finiteDenoiser(problem);
    const rng = createRng('recovery');
    const n = 40_000;
    let [map, sampled] = [0, 0];
    for (let k = 0; k < n; k++) {
      const u = rng.uniform();
      const i = u < 0.5 ? 0 : u < 0.7 ? 1 : 2;
      const xt = Math.sqrt(0.72) * problem.data[i][0] + Math.sqrt(0.28) * rng.normal();
      const q = denoiser.posteriorWeights([xt], 2);
      if (q.indexOf(Math.max(...q)) === i) map++;
      sampled += q[i];
    }
    expectAbsolute(map / n, exact.map, 5 * Math.sqrt(0.25 / n));
    expectAbsolute(sampled / n, exact.sample, 5 * Math.sqrt(0.25 / n));
    expect(
      recovery(
        {
          schedule,
          data: [
            [0, 0],
            [1, 0],
            [0, 1],
          ],
        },
        2,
      ),
    ).toBeNull();
  });
});
