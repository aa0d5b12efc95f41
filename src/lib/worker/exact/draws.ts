/** The exact worker's draws of images by DDPM's steps, as a plain function. */
import { pointwiseFraction } from '../../math/bound/pointwiseWidth.ts';
import { finiteDenoiser } from '../../math/exact/finite.ts';
import { createRng } from '../../math/numerics/rng.ts';
import { ddpm, learnedWidthMoves } from '../../math/samplers/ddpm.ts';
import { type Walk, walk } from '../../math/samplers/sample.ts';
import { timesteps } from '../../math/samplers/timesteps.ts';
import { scheduleOf } from './compute.ts';
import type { DrawsRequest } from './protocol.ts';

export function computeDraws({ data, steps, width, count, seed, ...rest }: DrawsRequest) {
  const schedule = scheduleOf(rest.schedule);
  const times = timesteps(schedule.T, steps);
  const moves =
    width === 'learned'
      ? learnedWidthMoves(schedule, times)
      : ddpm.moves(schedule, times, { variance: width });
  const { posteriorMean } = finiteDenoiser({ schedule, data });
  const fraction = pointwiseFraction({ schedule, data });
  const size = data[0].length;
  // The streams that a network draws from (tensor/recipes/diffusion/sample.ts): the same noise for the same seed.
  const root = createRng(seed).fork('sample');
  const images = new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    const rng = root.fork(i);
    let x: ArrayLike<number> = rng.fillNormal(new Float64Array(size));
    const asked: Walk = {
      denoiser: posteriorMean,
      prediction: 'x0',
      xT: x,
      rng,
      // v of the network: f = (v + 1)/2.
      width: (xt, t) => fraction(xt, t).map((f) => 2 * f - 1),
    };
    for (const state of walk(moves, schedule, asked)) x = state.x;
    images.set(Float32Array.from(x), i * size);
  }
  return images;
}
