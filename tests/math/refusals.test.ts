import { describe, expect, it } from 'vitest';
import { discretizedLogProbability } from '../../src/lib/math/bound/decoder.ts';
import { exactBound } from '../../src/lib/math/bound/elbo.ts';
import { samplingProbabilities } from '../../src/lib/math/exact/ancestral.ts';
import { chiSquareTest } from '../../src/lib/math/judge/chiSquare.ts';
import {
  fitGaussian,
  frechetAtInfinity,
  frechetDistance,
} from '../../src/lib/math/judge/frechet.ts';
import { frechetBiasLine, frechetBiasPlane } from '../../src/lib/math/judge/frechetBias.ts';
import { expectedInceptionScore, inceptionScore } from '../../src/lib/math/judge/inceptionScore.ts';
import { kernelDistance, mmd2Biased } from '../../src/lib/math/judge/kernel.ts';
import { mixtureModes } from '../../src/lib/math/numerics/gaussian.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { timeImportance } from '../../src/lib/math/objectives/timeImportance.ts';
import { mergeNoise } from '../../src/lib/math/process/forward.ts';
import { scheduleFromLogSnr } from '../../src/lib/math/process/logSnrSchedule.ts';
import { conversion, predictionTarget } from '../../src/lib/math/process/parameterization.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';

const schedule = makeSchedule('linear', 10);
const rows = [[1], [2]];
const wide = fitGaussian([
  [1, 2],
  [3, 4],
]);

/** Where there is no answer floor 0 says so: neither NaN nor a number of something else comes back. */
describe('what has no answer is refused', () => {
  it.each([
    ['a score of no samples', () => inceptionScore([]), /at least one sample/],
    ['a mean score of none', () => expectedInceptionScore([0.5, 0.5], 0), /samples: .*found 0/],
    ['a mean score of one and a half', () => expectedInceptionScore([1], 1.5), /found 1\.5/],
    ['MMD² of no rows', () => mmd2Biased([], rows), /found 0 and 2/],
    [
      'a kernel distance of no subsets',
      () => kernelDistance(rows, rows, createRng(1), { subsets: 0 }),
      /Subsets: .*found 0/,
    ],
    ['features of unequal lengths', () => frechetDistance(fitGaussian(rows), wide), /1 and 2/],
    ['the same the other way', () => frechetDistance(wide, fitGaussian(rows)), /2 and 1/],
    ['a size without distance', () => frechetAtInfinity([1, 2], [1]), /and 1 distances/],
    ['the bias of one row', () => frechetBiasLine(1, 'law'), /Rows: .*found 1/],
    ['the bias of one row in the plane', () => frechetBiasPlane(1), /Rows: .*found 1/],
    ['no losses kept', () => timeImportance([[1], [2]], { kept: 0 }), /kept .*found 0/],
    ['a share above one', () => timeImportance([[1], [2]], { uniform: 2 }), /uniform law.*found 2/],
    ['an odd embedding', () => timeFeatures([1], 10, 3), /even dimension.*found 3/],
    ['a curve of one knot', () => scheduleFromLogSnr([1], 3), /two knots; found 1/],
    ['a chain of one and a half steps', () => scheduleFromLogSnr([1, 0], 1.5), /T: .*found 1\.5/],
    [
      'a prediction of another name, as it is',
      () => conversion('eps' as 'epsilon', 'eps' as 'epsilon', 1, schedule),
      /found "eps"/,
    ],
    [
      'a target of another name',
      () => predictionTarget('eps' as 'epsilon', [1], [1], 1, schedule),
      /found "eps"/,
    ],
    [
      'modes of a point',
      () => mixtureModes({ weights: [0.5, 0.5], means: [0, 1], variances: [1, 0] }),
      /Modes: .*\[1,0\]/,
    ],
    ['a test of no counts', () => chiSquareTest([0, 0], [0.5, 0.5]), /at least one count/],
    ['noises for one step of two', () => mergeNoise([[1]], 2, schedule), /2 steps; found 1/],
    [
      'the grey level of a point',
      () => discretizedLogProbability(1, 0, 0, [-1, 1]),
      /variance above 0; found 0/,
    ],
    [
      'a bound without a width',
      () => exactBound({ schedule, data: rows, decoder: 'exact', variance: undefined as never }),
      /Variance: .*found undefined/,
    ],
  ] as [string, () => unknown, RegExp][])('%s', (_, f, message) => {
    expect(f).toThrow(RangeError);
    expect(f).toThrow(message);
  });

  it('losses that are all 0 leave all times alike', () => {
    const { probabilities, lossWeights } = timeImportance([[0, 0], [0]]);
    expect([...probabilities, ...lossWeights]).toEqual([0.5, 0.5, 1, 1]);
  });

  it('one simulated chain knows no spread', () => {
    const data = [
      [1, 0],
      [0, 1],
      [1, 1],
    ];
    const law = samplingProbabilities({ schedule, data, variance: 'beta', samples: 1 });
    expect(Math.max(...law.standardErrors)).toBe(Number.POSITIVE_INFINITY);
  });
});
