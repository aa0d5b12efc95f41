/** One number, −1 or +1: lines from it to noise cross, and the flow along their mean velocity does not. */
import { finiteDenoiser } from '../../math/exact/finite.ts';
import type { Point } from '../../math/numerics/curves.ts';
import { straight } from '../../math/process/straight.ts';
import { flowPaths } from '../../math/samplers/flowPaths.ts';
import { shiftedGrid } from '../../math/samplers/grids.ts';

const PATH = straight();
const velocity = finiteDenoiser({ data: [[-1], [1]], path: PATH }).predict('flowVelocity');
/** Data drawn by chance, for noises in order of size: as many of each, and in no order. */
export const ONE_OF_TWO = [1, -1, -1, 1, -1, 1, 1, -1];

/** The way of each noise under the exact flow, as points (t, x) from the data at t = 0. */
export function crossing(noises: readonly number[], steps: number): Point[][] {
  const { times, frames } = flowPaths({
    ...{ path: PATH, velocity, start: noises, dimension: 1 },
    ...{ times: shiftedGrid(steps), sampler: 'heun' },
  });
  return noises.map((_, i) =>
    times.map((t, k) => ({ x: t, y: frames[k * noises.length + i] })).reverse(),
  );
}
