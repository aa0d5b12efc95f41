/** What chapter 8 says in numbers, once for every language. */

import { toyData } from '../../src/lib/data/toyData.ts';
import { discretizedLogProbability, evenLevels } from '../../src/lib/math/bound/decoder.ts';
import { type BoundVariance, exactBound } from '../../src/lib/math/bound/elbo.ts';
import { boundByMarginals } from '../../src/lib/math/bound/marginalBound.ts';
import { type FirstVariance, firstVariance } from '../../src/lib/math/process/firstVariance.ts';
import {
  makeSchedule,
  type Schedule,
  type ScheduleKind,
  scheduleFromBetas,
} from '../../src/lib/math/process/schedule.ts';
import { pixelFits } from '../../src/lib/plots/bound/klFitter.ts';

export const example = scheduleFromBetas([0.1, 0.2]);
export const bound = (
  name: 'all16' | 'two' | 'bars',
  schedule: Schedule,
  variance: BoundVariance,
  decoder: 'exact' | 'discretized' = 'exact',
) => exactBound({ schedule, ...toyData(name), variance, decoder });
export const sixteen = bound('all16', example, 'exact');
export const { information: left, mismatch } = sixteen.priorParts;
/** The account of the sixteen images by eq. 5 and by eq. 16, for three models. */
export const accounts = (['exact', 'betaTilde', 'beta'] as const).map((variance) => ({
  variance,
  ...boundByMarginals({ schedule: example, ...toyData('all16'), variance, decoder: 'exact' }),
}));
export const pair = bound('two', example, 'exact');
export const withoutPrior = sixteen.total - sixteen.prior;
const linear100 = makeSchedule('linear', 100);
export const tilde = bound('all16', linear100, 'betaTilde');
export const plain = bound('all16', linear100, 'beta');
export const published = bound('all16', linear100, 'beta', 'discretized');
/** In how many steps of the chain β costs more than β̃, and the fraction of the best width at a step. */
export const betaWorse = plain.diffusion.filter(
  (term, t) => t > 1 && term > tilde.diffusion[t],
).length;
export const sameNoise = linear100.snr.findIndex((snr) => snr <= example.snr[2]);
/** L_0 with DDPM's bins, the sixteen images at T = 2; and one pixel at the end of 256 levels, guessed without error. */
export const binned = (name: FirstVariance) =>
  exactBound({
    schedule: example,
    ...toyData('all16'),
    variance: 'beta',
    decoder: 'discretized',
    firstVariance: name,
  }).reconstruction;
export const endPixel = (kind: ScheduleKind, name: FirstVariance) =>
  -discretizedLogProbability(
    -1,
    -1,
    firstVariance(makeSchedule(kind, 1000), name),
    evenLevels(256),
  ) / Math.LN2;
export const learned = bound('all16', linear100, 'learned');
export const fits = pixelFits(example, 1);
export const bits = (nats: number) => nats / Math.LN2;
export const coin07 = -(0.7 * Math.log2(0.7) + 0.3 * Math.log2(0.3));
