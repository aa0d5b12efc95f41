/** What chapter 2 says in numbers, once for every language. */
import { noiseVarianceWithoutRoot } from '../../src/lib/math/mistakes/mistakes.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';

export const example = scheduleFromBetas([0.1, 0.2]);
export const linear = makeSchedule('linear', 1000);
export const wrong = noiseVarianceWithoutRoot(linear);
export const wrongExample = noiseVarianceWithoutRoot(example);
export const options = [1, 0.5, 0.1, 0.02];
export const nearestOption = (value: number) =>
  options
    .map((o) => Math.abs(Math.log(o / value)))
    .reduce((best, d, i, all) => (d < all[best] ? i : best), 0);
