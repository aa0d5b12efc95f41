/** Every objective against the law it stands for: of the times, of the weights, of the variance of what is seen and asked. */
import { describe, expect, it } from 'vitest';
import { gaussianTerm } from '../../src/lib/math/bound/elbo.ts';
import { integrate, trapezoid } from '../../src/lib/math/numerics/quadrature.ts';
import { normalCdf } from '../../src/lib/math/numerics/special.ts';
import type { Objective } from '../../src/lib/math/objectives/objective.ts';
import {
  OBJECTIVE_NAMES,
  type ObjectiveName,
  objectiveOf,
} from '../../src/lib/math/objectives/record.ts';
import { lossWeight } from '../../src/lib/math/objectives/weights.ts';
import {
  convertPrediction,
  predictionTarget,
  targetRow,
} from '../../src/lib/math/process/parameterization.ts';
import { pointOf } from '../../src/lib/math/process/process.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { logitNormalDensity } from '../../src/lib/math/process/timeLaws.ts';
import { expectAbsolute, expectRelative } from './helpers.ts';

const schedule = makeSchedule('cosine', 40);
const setting = { schedule, prediction: 'v', sigmaData: 0.7 } as const;
const named = (name: ObjectiveName) => objectiveOf(name, setting);
const TIMES = [0.001, 0.2, 0.5, 0.8, 0.999];

/** E f(t) under the objective's own law. On z with p = Φ(z) every integrand here falls off as a Gaussian. */
const expectation = ({ timeAt }: Objective, f: (t: number) => number) =>
  trapezoid(
    (z) => (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)) * f(timeAt(normalCdf(z))),
    -8,
    8,
    400,
  );

describe.each(OBJECTIVE_NAMES)('%s', (name) => {
  const objective = named(name);

  it('weighs 1 on average over its law of t', () => {
    const { weights, weight, timeAt } = objective;
    if (!weights) return expectAbsolute(expectation(objective, weight), 1, 1e-12);
    // A chain's law gives each t the same part of [0, 1).
    const times = Array.from({ length: schedule.T }, (_, i) => timeAt((i + 0.999) / schedule.T));
    expect(times).toEqual(Array.from({ length: schedule.T }, (_, i) => i + 1));
    expectAbsolute(times.reduce((sum, t) => sum + weight(t), 0) / schedule.T, 1, 1e-12);
  });

  it('gives each part of its law a later time, inside the process, and one to be told', () => {
    const count = 64;
    let before = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      // 0 is what a generator of uniform numbers may give; the largest is 1 − 2⁻⁵³.
      for (const u of [0, 1 - 2 ** -53]) {
        const t = objective.timeAt(i + u, count);
        expect(t).toBeGreaterThanOrEqual(before);
        before = t;
        expect(Number.isFinite(objective.told(t) * objective.input(t))).toBe(true);
        expect(pointOf(objective.process, t).noise).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

it('laws of t: uniform, logit-normal, log-normal', () => {
  for (const p of TIMES) {
    expect(named('flow').timeAt(p)).toBe(p);
    const t = named('flowLogitNormal').timeAt(p);
    expectAbsolute(integrate(logitNormalDensity, [0, t / 2, t]), p, 1e-12);
    expectAbsolute(normalCdf((Math.log(named('edm').timeAt(p)) + 1.2) / 1.2), p, 1e-13);
  }
});

it('flow matching asks for ε − x₀, whatever t', () => {
  for (const name of ['flow', 'flowLogitNormal'] as const) {
    const { process, target } = named(name);
    for (const t of TIMES) {
      const xt = [(1 - t) * 0.3 + t * -1.2];
      expectAbsolute(predictionTarget(target, [0.3], [-1.2], t, process)[0], -1.5, 1e-15);
      expectAbsolute(convertPrediction([-1.5], xt, target, 'x0', t, process)[0], 0.3, 1e-14);
    }
  }
});

describe('EDM', () => {
  const { sigmaData } = setting;
  const objective = named('edm');
  const { process, target, targetOptions } = objective;

  it('at every noise: input and target have variance 1, and no correlation', () => {
    for (const sigma of [1e-3, 0.1, 1, 7, 300]) {
      const [a, b] = targetRow(target, pointOf(process, sigma), targetOptions);
      const scale = objective.input(sigma);
      expectRelative(scale ** 2 * (sigmaData ** 2 + sigma ** 2), 1, 1e-14);
      expectRelative((a * sigmaData) ** 2 + b ** 2, 1, 1e-14);
      expectAbsolute(scale * (a * sigmaData ** 2 + b * sigma), 0, 1e-14);
      expectAbsolute(objective.told(sigma), Math.log(sigma) / 4, 1e-15);
    }
  });

  it('weighs x̂₀ by (σ²+σ_data²)/(σσ_data)², which is 1/σ_data² + exp(−2·mean + 2·std²) on average', () => {
    const onX0 = (sigma: number) => {
      const [one, none] = [1, 0].map(
        (F) => convertPrediction([F], [0], target, 'x0', sigma, process, targetOptions)[0],
      );
      return objective.weight(sigma) / (one - none) ** 2;
    };
    for (const sigma of [0.01, 0.5, 40])
      expectRelative(onX0(sigma), (sigma ** 2 + sigmaData ** 2) / (sigma * sigmaData) ** 2, 1e-14);
    const mean = 1 / sigmaData ** 2 + Math.exp(2.4 + 2 * 1.44);
    // 1/σ² moves the bell of z to −2.4: what lies below −8 is Φ(−5.6) = 1.1e-8 of it.
    expectRelative(expectation(objective, onX0), mean, 1.1e-8);
  });
});

it('the bound’s weights are those of its own gradient in what is predicted', () => {
  for (const prediction of ['epsilon', 'x0', 'v', 'score'] as const) {
    for (const t of [2, 9, 33]) {
      const [x0, noise] = [[0.4], [-0.9]];
      const { signal, noise: width } = pointOf(schedule, t);
      const xt = [signal * x0[0] + width * noise[0]];
      const [wanted] = predictionTarget(prediction, x0, noise, t, schedule);
      for (const [name, sigma2] of [
        ['elbo', schedule.posteriorVariance[t]],
        ['elboBeta', schedule.beta[t]],
      ] as const) {
        const term = (answer: number) => {
          const [guess] = convertPrediction([answer], xt, prediction, 'x0', t, schedule);
          return gaussianTerm(schedule, t, (x0[0] - guess) ** 2, 1, sigma2);
        };
        // A parabola: a central difference of any width is its slope.
        const answer = wanted + 0.5;
        const slope = (term(answer + 0.25) - term(answer - 0.25)) / 0.5;
        const weight = lossWeight(name, prediction, t, schedule);
        expectRelative(slope, 2 * weight * (answer - wanted), 1e-10);
      }
    }
  }
});

it('an unknown objective is an error that says what is possible', () => {
  expect(() => objectiveOf('gan' as 'edm', setting)).toThrow(
    `Objective: expected one of ${OBJECTIVE_NAMES.join(', ')}; found "gan"`,
  );
});
