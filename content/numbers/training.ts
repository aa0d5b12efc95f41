/** What chapter 5 says in numbers, once for every language. */

import { leastLoss } from '../../src/components/trainer/floor.ts';
import { CONFIGS } from '../../src/components/widgets/network/network/networkConfigs.ts';
import { layersOf } from '../../src/components/widgets/network/network/networkLayers.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import { cellTable } from '../../src/markdown/cellTable.ts';

export const linear = makeSchedule('linear', 1000);
export const pixels = 28 * 28;
export const naive =
  pixels * ((1 - Math.sqrt(linear.alphaBar[1000])) ** 2 + (1 - linear.alphaBar[1000]));
const floorOf = async (dataset: 'two' | 'all16' | 'bars', prediction: 'epsilon' | 'x0' | 'v') =>
  (await leastLoss({ dataset, diffusion: { schedule: 'cosine', T: 100, prediction } }))!.value;
export const floors = {
  two: await floorOf('two', 'v'),
  all16: await floorOf('all16', 'v'),
  bars: await floorOf('bars', 'v'),
  two_e: await floorOf('two', 'epsilon'),
  two_x: await floorOf('two', 'x0'),
  all16_e: await floorOf('all16', 'epsilon'),
  all16_x: await floorOf('all16', 'x0'),
};
export const weights = layersOf(CONFIGS.standard).reduce((sum, layer) => sum + layer.parameters, 0);
/** Mean squared error of the answer 0 over a hundred thousand noises. */
export const lazy =
  createRng(1)
    .fillNormal(new Float64Array(100000))
    .reduce((sum, eps) => sum + eps * eps, 0) / 100000;
export const best = (t: number) => Math.sqrt(makeSchedule('cosine', 10).noiseVariance[t]);
export const [tiny, digits] = [defaultRun('two'), defaultRun('digits')];
const learnedNumbers = await cellTable('one-number-denoiser');
export const learnedAt = (t: number) => learnedNumbers.find((row) => row.t === t)!.learned;
/** How far the learned weight is from the best one, as a share of it, where that share is largest. */
export const offBy = (t: number) => 100 * Math.abs(learnedAt(t) / best(t) - 1);
export const farthest = learnedNumbers
  .map((row) => row.t)
  .reduce((worst, t) => (offBy(t) > offBy(worst) ? t : worst));
export const halfLife = Math.log(2) / -Math.log(0.999);
