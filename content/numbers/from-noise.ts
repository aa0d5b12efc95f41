/** What chapter 1 says in numbers, once for every language. */
import { drawnDigits } from '../../src/lib/data/digits.ts';
import { all16 } from '../../src/lib/data/toy2x2.ts';
import { heat, neighbourCorrelation } from '../../src/lib/math/mistakes/heat.ts';
import { varianceWithoutContraction } from '../../src/lib/math/mistakes/mistakes.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { heatTime } from '../../src/lib/plots/from-noise/ink.ts';

export const linear = makeSchedule('linear', 1000);
export const short = makeSchedule('linear', 200);
export const digit = drawnDigits({ count: 1, seed: 7, start: 3 }).images;
export const late = 150;
export const noisyCorrelation = neighbourCorrelation(
  diffuse(digit, late, short, createRng(11).fillNormal(new Float64Array(784))),
  28,
);
export const inkCorrelation = neighbourCorrelation(heat(digit, 28, heatTime(late, 200)), 28);
export const images = all16().count;
export const inkMean = digit.reduce((sum, value) => sum + value, 0) / digit.length;
/** Where the variance comes to rest when the pull is only half as strong: β in, β/2 of it out. */
export const halfPull = short.beta
  .slice(1)
  .reduce((variance, beta) => (1 - beta / 2) * variance + beta, 1);
/** Variance at the end of a pixel with variance 1 in the data, where nothing pulls back; of the long chain and the short. */
export const runaway = varianceWithoutContraction(linear);
export const runawayShort = varianceWithoutContraction(short);
/** The same pixel at the end of the long chain as it is. */
export const kept = linear.alphaBar[1000] + linear.noiseVariance[1000];
/** How much of a pixel's first value is left at the end of the long chain, in percent. */
export const leftOver = 100 * Math.sqrt(linear.alphaBar[1000]);
