/**
 * Many particles along a velocity field, dx/dt = v(x, t), from the start of a path to the data: its probability-flow ODE by a
 * solver without fresh noise (pathMoves.ts). The field may be exact, learned, or that of another coupling.
 */
import type { Path } from '../process/path.ts';
import type { Paths } from './particles.ts';
import { type PathSampler, pathMoves } from './pathMoves.ts';
import { type Denoiser, walk } from './sample.ts';

export interface FlowOptions {
  readonly path: Path;
  /** v(x, t) of one particle, D values: `flowVelocity` of a denoiser on this path. */
  readonly velocity: Denoiser;
  /** The start, n·D values. */
  readonly start: ArrayLike<number>;
  /** D */
  readonly dimension: number;
  /** Falling from the path's start to 0. */
  readonly times: readonly number[];
  readonly sampler: PathSampler;
}

const NO_NOISE = { normal: () => Number.NaN };

/** The cloud at each of `times`. */
export function flowPaths(options: FlowOptions): Paths {
  const { path, velocity, start, dimension, times, sampler } = options;
  const size = start.length;
  const denoiser: Denoiser = (x, t) => {
    const out = new Float64Array(size);
    for (let k = 0; k < size; k += dimension) out.set(velocity(x.subarray(k, k + dimension), t), k);
    return out;
  };
  const frames = new Float32Array(times.length * size);
  frames.set(Float32Array.from(start));
  const moves = pathMoves(path, times, { sampler });
  let frame = 0;
  for (const { x } of walk(moves, path, {
    denoiser,
    prediction: 'flowVelocity',
    xT: start,
    rng: NO_NOISE,
  }))
    frames.set(x, ++frame * size);
  return { times: [...times], frames };
}
