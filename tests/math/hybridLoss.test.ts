/** The loss of two answers a pixel: its gradients against differences, and what the stop-gradient leaves out. */
import { describe, expect, it } from 'vitest';
import { evenLevels } from '../../src/lib/math/bound/decoder.ts';
import { bestFraction } from '../../src/lib/math/bound/learnedVariance.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { type HybridInput, hybridLoss } from '../../src/lib/math/objectives/hybridLoss.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { conversion, predictionTarget } from '../../src/lib/math/process/parameterization.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { expectAbsolute, expectRelative } from './helpers.ts';

const LEVELS = evenLevels(256);
const schedules = [
  makeSchedule('linear', 1000),
  makeSchedule('cosine', 20),
  scheduleFromBetas([0.02, 0.1, 0.3, 0.2, 0.6]),
];
const KINDS = ['epsilon', 'x0', 'v'] as const;

/** Black, two greys and white, and answers near the right ones. */
function caseOf(schedule: (typeof schedules)[number], t: number, kind: (typeof KINDS)[number]) {
  const rng = createRng(7).fork(t);
  const x0 = [LEVELS[0], LEVELS[40], LEVELS[200], LEVELS[255]];
  const epsilon = x0.map(() => rng.normal());
  const target = predictionTarget(kind, x0, epsilon, t, schedule);
  const prediction = [...target].map((value) => value + 0.3 * rng.normal());
  const v = x0.map(() => 2 * rng.uniform() - 1);
  return { kind, x0, epsilon, xt: diffuse(x0, t, schedule, epsilon), prediction, v };
}

/** d f/d (entry k of one field) by a central difference of fourth order. */
function slope(
  input: HybridInput,
  field: 'v' | 'prediction',
  k: number,
  f: (input: HybridInput) => number,
  h = 1e-3,
): number {
  const moved = (by: number) =>
    f({ ...input, [field]: Array.from(input[field], (x, i) => (i === k ? x + by : x)) });
  return (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
}

describe.each(KINDS)('hybrid loss, %s predicted', (kind) => {
  it('gradients are differences: in v of the whole, in the prediction of the squared error alone', () => {
    for (const schedule of schedules) {
      for (const t of [1, 2, 4, schedule.T]) {
        const input = caseOf(schedule, t, kind);
        const found = hybridLoss(schedule, t, input);
        const { predictionGradient, vGradient, natsSlope, bitsPerDim } = found;
        for (let k = 0; k < 4; k++) {
          const loss = (at: HybridInput) => hybridLoss(schedule, t, at).loss;
          // h⁴ of the fifth derivative, and roundings of the loss over h.
          const slack = 1e-7 * Math.abs(found.loss);
          expectAbsolute(vGradient[k], slope(input, 'v', k, loss), slack);
          const nats = (at: HybridInput) => hybridLoss(schedule, t, at).nats[k];
          expectAbsolute(natsSlope[k], slope(input, 'v', k, nats), 1e-7 * (1 + 10 * bitsPerDim));
          const squares = (at: HybridInput) => hybridLoss(schedule, t, at).squaredError;
          const expected = slope(input, 'prediction', k, squares);
          expectAbsolute(predictionGradient[k], expected, 1e-11);
        }
      }
    }
  });

  it('without the stop the bound would pull at the prediction', () => {
    const [, schedule] = schedules;
    const input = caseOf(schedule, 2, kind);
    const { predictionGradient } = hybridLoss(schedule, 2, input);
    const whole = slope(input, 'prediction', 0, (at) => hybridLoss(schedule, 2, at).loss);
    expect(Math.abs(whole - predictionGradient[0])).toBeGreaterThan(1e-3);
  });

  it('v rests where σ² is the best there is', () => {
    for (const schedule of schedules) {
      const t = 3;
      const input = caseOf(schedule, t, kind);
      const { xt: ofXt, prediction: ofAnswer } = conversion(kind, 'x0', t, schedule);
      const v = input.x0.map((x, k) => {
        const guess = ofXt * input.xt[k] + ofAnswer * input.prediction[k];
        return 2 * bestFraction(schedule, t, (x - guess) ** 2) - 1;
      });
      const { natsSlope } = hybridLoss(schedule, t, { ...input, v });
      for (const at of natsSlope) expectAbsolute(at, 0, 1e-12);
    }
  });
});

it('counts the bound by T/1000, in bits a pixel', () => {
  for (const schedule of schedules) {
    const { loss, squaredError, nats } = hybridLoss(schedule, 2, caseOf(schedule, 2, 'v'));
    const bits = nats.reduce((sum, value) => sum + value / Math.LN2 / 4, 0);
    expectRelative(loss, squaredError + (schedule.T / 1000) * bits, 1e-14);
  }
});

it('at t = 1 a pixel of no level is refused', () => {
  const input = { ...caseOf(schedules[0], 1, 'x0'), x0: [0.001, 1, 1, 1] };
  expect(() => hybridLoss(schedules[0], 1, input)).toThrow(/Grey level: expected one of 256/);
});
