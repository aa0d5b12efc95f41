/** The hybrid objective on images of several channels: which answer of a pixel is which, and its slopes by differences. */
import { expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { hybridLoss } from '../../src/lib/math/objectives/hybridLoss.ts';
import { objectiveOf } from '../../src/lib/math/objectives/record.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { expectAbsolute } from './helpers.ts';

const schedule = makeSchedule('cosine', 20);
const kind = 'v';
const LEVELS = [-1, 0, 1];
const objective = objectiveOf('hybrid', { schedule, prediction: kind, levels: () => LEVELS });

it.each([1, 2, 3])('reads %i channels: the predictions of a pixel, then its widths', (channels) => {
  const count = 2 * channels;
  const rng = createRng(channels);
  const x0 = Array.from({ length: count }, () => LEVELS[rng.int(3)]);
  const epsilon = Array.from({ length: count }, () => rng.normal());
  const output = Array.from({ length: 2 * count }, () => rng.uniform());
  const loss = objective.loss!;
  for (const t of [1, 2, schedule.T]) {
    const xt = diffuse(x0, t, schedule, epsilon);
    const at = (answer: ArrayLike<number>) =>
      loss({ t, channels, x0, epsilon, xt, output: answer });
    const found = at(output);
    const pixel = (first: number) =>
      [0, 1].flatMap((p) =>
        output.slice(2 * p * channels + first, 2 * p * channels + first + channels),
      );
    const [prediction, v] = [pixel(0), pixel(channels)];
    const expected = hybridLoss(schedule, t, { kind, x0, epsilon, xt, prediction, v }, LEVELS);
    expect([found.loss, found.squaredError]).toEqual([expected.loss, expected.squaredError]);
    const step = 1e-4;
    for (let k = 0; k < output.length; k++) {
      const moved = (by: number) => at(output.map((y, i) => (i === k ? y + by : y)));
      const first = k % (2 * channels) < channels;
      const value = (by: number) => (first ? moved(by).squaredError : moved(by).loss);
      const slope = (value(step) - value(-step)) / (2 * step);
      // step² of the third derivative of the bound's terms, and roundings over the step.
      expectAbsolute(found.gradient[k], slope, 1e-6 * (1 + Math.abs(found.loss)));
    }
  }
});
