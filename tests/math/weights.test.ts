/** One set of weights, drawn and trained: at every t of every schedule. */
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/lib/math/mistakes/bugs.ts';
import { lossWeight, lossWeights, WEIGHTINGS } from '../../src/lib/math/objectives/weights.ts';
import { conversion } from '../../src/lib/math/process/parameterization.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { weightCurve } from '../../src/lib/plots/bound-to-loss/weightCurve.ts';
import { type Session, sessionObjective } from '../../src/lib/tensor/recipes/diffusion/train.ts';
import { expectRelative } from './helpers.ts';

const PREDICTIONS = ['epsilon', 'x0', 'v'] as const;
const schedules: [string, Schedule][] = [
  ...SCHEDULE_KINDS.flatMap((kind) =>
    [1, 2, 7, 50, 1000].map((T): [string, Schedule] => [
      `${kind}, T = ${T}`,
      makeSchedule(kind, T),
    ]),
  ),
  ['own βs', scheduleFromBetas([0.1, 0.02, 0.5])],
];

const meanOf = (weights: Float64Array) => weights.reduce((a, b) => a + b, 0) / (weights.length - 1);

/** ½δ²/σ² of two bells of one width, their centres δ apart: what an error of 1 in x_0 costs, from the definitions alone. */
function costOnX0({ beta, alphaBar }: Schedule, t: number, width: 'betaTilde' | 'beta'): number {
  // 1 − ᾱ as a product of the β only, with no subtraction from a number near 1.
  const lost = (to: number) => {
    let sum = 0;
    for (let r = 1; r <= to; r++) sum = sum * (1 - beta[r]) + beta[r];
    return sum;
  };
  const tilde = (at: number) => (beta[at] * lost(at - 1)) / lost(at);
  if (t === 1) {
    const T = beta.length - 1;
    return 0.5 / (width === 'beta' || T === 1 ? beta[1] : tilde(2));
  }
  const centre = (Math.sqrt(alphaBar[t - 1]) * beta[t]) / lost(t);
  return (0.5 * centre ** 2) / (width === 'beta' ? beta[t] : tilde(t));
}

describe.each(schedules)('weights of the loss: %s', (_name, schedule) => {
  const every = Array.from({ length: schedule.T }, (_, i) => i + 1);

  it('the bound’s are the divergence of two bells of one width; at t = 1 a decoder’s of variance β̃_2 or β_1', () => {
    for (const prediction of PREDICTIONS) {
      for (const [weighting, width] of [
        ['elbo', 'betaTilde'],
        ['elboBeta', 'beta'],
      ] as const) {
        const weights = lossWeights(weighting, prediction, schedule, 'formula');
        for (const t of every) {
          const onX0 = conversion(prediction, 'x0', t, schedule).prediction ** 2;
          // The conversion and the weight each take about ten roundings of 1e-16; √ᾱ down to 1e-150 adds none.
          expectRelative(weights[t], costOnX0(schedule, t, width) * onX0, 1e-12);
        }
      }
    }
  });

  it('what is drawn is what is trained, at every t', () => {
    for (const weighting of WEIGHTINGS) {
      for (const prediction of PREDICTIONS) {
        const options = { weighting, diffusion: { prediction } };
        const session = {
          options,
          schedule: { ...schedule },
          parts: partsOf(),
        } as unknown as Session;
        const trained = sessionObjective(session).weights as Float64Array;
        expect(meanOf(trained)).toBeCloseTo(1, 9);
        for (const { x, y } of weightCurve(weighting, prediction, schedule, 'meanOne'))
          expect(y).toBe(trained[x]);
        for (const t of every) {
          const ratio = lossWeight(weighting, prediction, t, schedule) / trained[t];
          const first = lossWeight(weighting, prediction, 1, schedule) / trained[1];
          expectRelative(ratio, first, 1e-12);
        }
      }
    }
  });
});

it('an unknown weighting or scaling is an error that says what is possible', () => {
  const schedule = makeSchedule('cosine', 10);
  expect(() => lossWeights('vlb' as 'elbo', 'v', schedule)).toThrow(
    /Weighting: expected one of simple, .*elboBeta; found "vlb"/,
  );
  expect(() => lossWeights('elbo', 'v', schedule, 'max' as 'formula')).toThrow(
    /Scaling of the weights: expected one of formula, meanOne; found "max"/,
  );
});
