import { describe, it } from 'vitest';
import { type BoundOptions, exactBound } from '../../src/lib/math/bound/elbo.ts';
import { entropy } from '../../src/lib/math/exact/finiteData.ts';
import { klToBestGaussian } from '../../src/lib/math/exact/reverse.ts';
import {
  asMixture,
  klMixtures,
  logPdf,
  type Mixture1D,
  mixtureLogPdf,
} from '../../src/lib/math/numerics/gaussian.ts';
import { trapezoid } from '../../src/lib/math/numerics/quadrature.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import {
  makeSchedule,
  type Schedule,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { expectRelative } from './helpers.ts';

/** Uneven points on a line with uneven weights: nothing cancels by symmetry. */
const points = [-1, 0.25, 0.9];
const weights = [0.2, 0.5, 0.3];
const data = points.map((p) => [p]);
const schedules: [string, Schedule][] = [
  ['two steps', scheduleFromBetas([0.1, 0.2])],
  ['three uneven steps', scheduleFromBetas([0.3, 0.05, 0.6])],
  ['cosine, 12 steps', makeSchedule('cosine', 12)],
];

/** q(x_t): a mixture. */
function marginal(schedule: Schedule, t: number): Mixture1D {
  return {
    weights,
    means: points.map((p) => Math.sqrt(schedule.alphaBar[t]) * p),
    variances: points.map(() => schedule.noiseVariance[t]),
  };
}

/** q(x_{t−1} | x_t), with the posterior over points written out. */
function reverse(schedule: Schedule, t: number, x: number): Mixture1D & { mean0: number } {
  const joint = points.map(
    (p, i) =>
      weights[i] *
      Math.exp(
        logPdf(x, Math.sqrt(schedule.alphaBar[t]) * p, schedule.noiseVariance[t]) - logPdf(x, 0, 1),
      ),
  );
  const total = joint.reduce((a, b) => a + b, 0);
  const q = posterior(schedule, t);
  const posteriorWeights = joint.map((j) => j / total);
  return {
    weights: posteriorWeights,
    means: points.map((p) => q.x0Coefficient * p + q.xtCoefficient * x),
    variances: points.map(() => q.variance),
    mean0: points.reduce((s, p, i) => s + posteriorWeights[i] * p, 0),
  };
}

describe.each(schedules)('the bound is entropy plus divergence: %s', (_, schedule) => {
  const bound = (variance: BoundOptions['variance']) =>
    exactBound({ schedule, data, weights, variance, decoder: 'exact' });
  const priorGap = () => klMixtures(marginal(schedule, schedule.T), asMixture(0, 1));

  it('exact kernel: −E ELBO = H + KL(q(x_T) ‖ N(0, I))', () => {
    expectRelative(bound('exact').total, entropy(weights) + priorGap(), 1e-8);
  });

  it.each(['beta', 'betaTilde'] as const)(
    '%s: each step adds E KL(q(x_{t−1}|x_t) ‖ p), by quadrature',
    (variance) => {
      let expected = entropy(weights) + priorGap();
      for (let t = 2; t <= schedule.T; t++) {
        const q = posterior(schedule, t);
        const sigma2 = variance === 'beta' ? schedule.beta[t] : q.variance;
        const [law, sigma] = [marginal(schedule, t), Math.sqrt(q.variance)];
        const term = (x: number): number => {
          const kernel = reverse(schedule, t, x);
          const mean = q.x0Coefficient * kernel.mean0 + q.xtCoefficient * x;
          // Cross entropy with a Gaussian needs two moments only; the mixture's entropy is quadrature.
          const square = Array.from(kernel.means).reduce(
            (s, m, i) => s + kernel.weights[i] * (q.variance + (m - mean) ** 2),
            0,
          );
          const negativeEntropy = trapezoid(
            (y) => {
              const logDensity = mixtureLogPdf(y, kernel);
              return Math.exp(logDensity) * logDensity;
            },
            Math.min(...Array.from(kernel.means)) - 9 * sigma,
            Math.max(...Array.from(kernel.means)) + 9 * sigma,
            150,
          );
          const crossEntropy = 0.5 * Math.log(2 * Math.PI * sigma2) + square / (2 * sigma2);
          return Math.exp(mixtureLogPdf(x, law)) * (negativeEntropy + crossEntropy);
        };
        expected += trapezoid(term, -8.5, 8.5, 340);
      }
      expectRelative(bound(variance).total, expected, 1e-8);
    },
  );

  it('best Gaussian: the exact term plus E KL(q(x_{t−1}|x_t) ‖ its best Gaussian)', () => {
    const [best, exact] = [bound('bestGaussian'), bound('exact')];
    // At late t everything is smooth, and few nodes do.
    for (let t = Math.max(2, schedule.T - 1); t <= schedule.T; t++) {
      const law = marginal(schedule, t);
      const gap = trapezoid(
        (x) => {
          const kl = klToBestGaussian({ schedule, data, weights }, [x], t) ?? Number.NaN;
          return Math.exp(mixtureLogPdf(x, law)) * kl;
        },
        -5.5,
        5.5,
        60,
      );
      expectRelative(best.diffusion[t], exact.diffusion[t] + gap, 1e-5);
    }
  });
});
