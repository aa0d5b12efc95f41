/** What chapter 7 says in numbers, once for every language. */

import { toyData } from '../../src/lib/data/toyData.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { asMixture, klMixtures } from '../../src/lib/math/numerics/gaussian.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import {
  averageKl,
  reverseView,
  sampleError,
  splitExample,
} from '../../src/lib/plots/going-back/reverseKernel.ts';

export const example = splitExample(2);
export const line = posterior(example, 2);
export const sigma = Math.sqrt(line.variance);
export const matched = reverseView(example, 2, 0);
export const gap = klMixtures(matched.mixture, asMixture(matched.mean, matched.variance));
export const coin = 0.9 * Math.log(0.9 / 0.5) + 0.1 * Math.log(0.1 / 0.5);
export const bumps = [2, 4, 6, 20, 100, 1000].map((T) => {
  const schedule = splitExample(T);
  return { T, beta: schedule.beta[T], ...reverseView(schedule, T, 0) };
});
export const firstSingle = bumps.find(({ modes }) => modes.length === 1)!.T;
export const top = matched.modes.at(-1);
/** The usual chain: its steps that destroy more than 1 of SNR, and what the best bell costs on average over x_t. */
export const linear = makeSchedule('linear', 1000);
export const steps = Array.from({ length: linear.T - 1 }, (_, i) => i + 2);
export const steep = steps.filter((t) => linear.snr[t - 1] - linear.snr[t] > 1);
export const costs = steps.map((t) => averageKl(linear, t));
export const dearest = Math.max(...costs);
export const allSteps = costs.reduce((sum, cost) => sum + cost, 0);
export const smallest = Math.sqrt(linear.snr[steep.at(-1)!]);
export const mmse = finiteDenoiser({ ...toyData('all16'), schedule: example }).mmse(2);
export const drawError = sampleError(example, 2, 4);
