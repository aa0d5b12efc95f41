/** What chapter 4 says in numbers, once for every language. */

import { CONFIGS } from '../../src/components/widgets/network/network/networkConfigs.ts';
import { countOf, layersOf } from '../../src/components/widgets/network/network/networkLayers.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';

export const layers = layersOf(CONFIGS.standard);
export const parameters = layers.reduce((sum, { parameters }) => sum + parameters, 0);
export const work = (names: readonly string[]) =>
  (100 * countOf(layers.filter(({ name }) => names.includes(name)))) / countOf(layers);
/** Cosine of the angle between the 64 numbers of two times; all lists have length √32. */
export const likeness = (a: number, b: number) => {
  const there = timeFeatures([b], 1000, 64);
  return timeFeatures([a], 1000, 64).reduce((sum, value, k) => sum + value * there[k], 0) / 32;
};
export const turn = (k: number) => Math.round(2 * Math.PI * 10000 ** (k / 32));
/** What is left of the multiply–adds for the sizes below 28×28; the Time box is not an image, and has almost none. */
export const coarseWork = work(
  layers.map(({ name }) => name).filter((name) => !['in', 'down.0', 'up.0', 'out'].includes(name)),
);
/** How much of the noise is in the input, and of the image, at two times of the usual cosine chain. */
export const cosine = makeSchedule('cosine', 1000);
export const noiseShare = (t: number) => Math.sqrt(cosine.noiseVariance[t]);
export const sizes = CONFIGS.standard.multipliers.length;
export const share = (names: readonly string[]) =>
  (100 *
    layers
      .filter(({ name }) => names.includes(name))
      .reduce((sum, { parameters }) => sum + parameters, 0)) /
  parameters;
