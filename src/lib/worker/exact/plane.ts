/** The exact worker's answers about particles in the plane, as plain functions. */
import { blurredDenoiser } from '../../math/exact/blurred.ts';
import { bellLine } from '../../math/numerics/bellGrid.ts';
import { createRng } from '../../math/numerics/rng.ts';
import { backPaths, forwardPaths, type Paths, woven } from '../../math/samplers/particles.ts';
import { scheduleOf } from './compute.ts';
import type { BackRequest, MarginalRequest, WalkRequest } from './protocol.ts';

export const computeWalk = (request: WalkRequest): Paths =>
  request.way === 'forward'
    ? forwardPaths(
        request.x0,
        scheduleOf(request.schedule),
        createRng(request.seed).fork('forward'),
      )
    : walkBack(request);

function walkBack({ centres, deviation, choice, steps, seed, from, ...rest }: BackRequest): Paths {
  const schedule = scheduleOf(rest.schedule);
  const rows = Array.from({ length: centres.length / 2 }, (_, i) =>
    centres.subarray(2 * i, 2 * i + 2),
  );
  const count = from instanceof Float32Array ? from.length / 2 : from.count;
  // The streams that a network draws from (tensor/recipes/diffusion/sample.ts): the same noise for the same seed.
  const root = createRng(seed).fork('sample');
  const rng = woven(
    Array.from({ length: count }, (_, i) => root.fork(i)),
    2,
  );
  const xT =
    from instanceof Float32Array
      ? from
      : Float32Array.from({ length: 2 * count }, () => rng.normal());
  const { epsilon } = blurredDenoiser({ schedule, centres: rows, deviation });
  return backPaths({ ...choice, schedule, xT, epsilon, dimension: 2, steps, rng });
}

export function computeMarginal({ schedule, centres, deviation, places }: MarginalRequest) {
  const { T, alphaBar, noiseVariance } = scheduleOf(schedule);
  const out = new Float64Array((T + 1) * places.length);
  for (let t = 0; t <= T; t++) {
    const signal = Math.sqrt(alphaBar[t]);
    const variance = noiseVariance[t] + alphaBar[t] * deviation ** 2;
    out.set(
      bellLine(
        centres.map((c) => signal * c),
        variance,
        places,
      ),
      t * places.length,
    );
  }
  return out;
}
