/** Points in the plane, each the end of the exact flow from a noise of its own: the pairs of reflow (Liu et al. 2209.03003). */
import { blurredDenoiser } from '../math/exact/blurred.ts';
import { createRng } from '../math/numerics/rng.ts';
import { straight } from '../math/process/straight.ts';
import { flowPaths } from '../math/samplers/flowPaths.ts';
import { shiftedGrid } from '../math/samplers/grids.ts';
import type { Dataset } from './dataset.ts';
import { BELL } from './planeShapes.ts';

/** Steps of Heun's for each way. */
const STEPS = 16;

interface CoupledOptions {
  count?: number;
  seed?: number;
  /** Centres of two numbers each, with the bells of planeShapes.ts about them. */
  centres: readonly (readonly number[])[];
}

export function coupledPoints({ count = 4096, seed = 0, centres }: CoupledOptions): Dataset {
  const path = straight();
  const velocity = blurredDenoiser({ path, centres, deviation: BELL }).predict('flowVelocity');
  const noise = createRng(seed)
    .fork('coupled points')
    .fillNormal(new Float32Array(2 * count));
  const flow = { path, velocity, start: noise, dimension: 2 };
  const { frames } = flowPaths({ ...flow, times: shiftedGrid(STEPS), sampler: 'heun' });
  const images = frames.slice(-2 * count);
  const size = { count, height: 1, width: 1, channels: 2 };
  return { name: 'points', images, labels: null, ...size, classes: 0, noise };
}
