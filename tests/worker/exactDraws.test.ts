/** What the exact worker draws, held against the exact law of sampling. */
import { expect, it } from 'vitest';
import { toyData } from '../../src/lib/data/toyData.ts';
import { samplingProbabilities } from '../../src/lib/math/exact/ancestral.ts';
import { judgeBinary } from '../../src/lib/math/judge/binaryDraws.ts';
import { chiSquareTest } from '../../src/lib/math/judge/chiSquare.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { computeDraws } from '../../src/lib/worker/exact/draws.ts';

const schedule = { kind: 'linear', T: 20 } as const;
const request = { schedule, seed: 2, count: 1500, steps: 5 };

it.each(['betaTilde', 'beta'] as const)('with %s, counts fit the law of the sampler', (width) => {
  // One image twice as likely as its negative: no symmetry makes the counts right.
  const [a, b] = toyData('two').data;
  const data = [a, a, b];
  const images = computeDraws({ ...request, data, width });
  let likely = 0;
  for (let i = 0; i < request.count; i++)
    if (a.reduce((sum, v, k) => sum + v * images[4 * i + k], 0) > 0) likely++;
  const { probabilities } = samplingProbabilities({
    schedule: makeSchedule(schedule.kind, schedule.T),
    ...{ data: [a, b], weights: [2 / 3, 1 / 3], variance: width, steps: request.steps },
  });
  const counts = [likely, request.count - likely];
  expect(chiSquareTest(counts, probabilities).pValue).toBeGreaterThan(1e-3);
  expect(chiSquareTest(counts, [1, 1]).pValue).toBeLessThan(1e-6);
});

it('the best width leaves less grey than either of the two that look at no data', () => {
  const { data } = toyData('all16');
  const grey = (width: 'betaTilde' | 'beta' | 'learned') =>
    judgeBinary(computeDraws({ ...request, data, width }), data).greyness;
  expect(grey('learned')).toBeLessThan(Math.min(grey('beta'), grey('betaTilde')));
});
