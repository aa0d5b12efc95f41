/** What chapter 9 says in numbers, once for every language. */

import { toyData } from '../../src/lib/data/toyData.ts';
import { discretizedLogProbability, evenLevels } from '../../src/lib/math/bound/decoder.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { logPdf } from '../../src/lib/math/numerics/gaussian.ts';
import { lossWeight } from '../../src/lib/math/objectives/weights.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';

export const example = scheduleFromBetas([0.1, 0.2]);
export const linear = makeSchedule('linear', 1000);
export const weight = (t: number) => lossWeight('elboBeta', 'epsilon', t, linear);
/** A pixel of 256 levels, guessed rightly: its surprise in nats by the bin, and by the density times the width of the bin. */
export const bytes = evenLevels(256);
export const bin = bytes[1] - bytes[0];
export const byBin = (sigma2: number) =>
  -discretizedLogProbability(bytes[100], bytes[100], sigma2, bytes);
export const byDensity = (sigma2: number) =>
  -logPdf(bytes[100], bytes[100], sigma2) - Math.log(bin);
export const denoiser = finiteDenoiser({ ...toyData('all16'), schedule: example });
export const floor = (t: number) => denoiser.lossFloor(t, 'epsilon');
export const longest = makeSchedule('cosine', 100);
const longFloors = Array.from({ length: 100 }, (_, i) =>
  finiteDenoiser({ ...toyData('all16'), schedule: longest }).lossFloor(i + 1, 'epsilon'),
);
export const highest = 1 + longFloors.indexOf(Math.max(...longFloors));
