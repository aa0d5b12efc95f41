/**
 * Many particles at once, with every place on their way: the forward chain itself, and the way back by any sampler. A cloud of n
 * particles of D values is one array of n·D, since neither the chain nor a sampler ever mixes coordinates of two.
 */
import type { Rng } from '../numerics/rng.ts';
import { forwardStep } from '../process/forward.ts';
import type { Schedule } from '../process/schedule.ts';
import type { SamplerChoice } from './record.ts';
import { type Denoiser, sample } from './sample.ts';

/** A cloud on its way. */
export interface Paths {
  /** The time of each frame. */
  readonly times: number[];
  /** times.length clouds one after another, each of n·D values. */
  readonly frames: Float32Array<ArrayBuffer>;
}

type Normal = Pick<Rng, 'normal'>;

/** x_0, x_1 … x_T of each particle, one step of the chain after another. */
export function forwardPaths(x0: ArrayLike<number>, schedule: Schedule, rng: Normal): Paths {
  const size = x0.length;
  const frames = new Float32Array((schedule.T + 1) * size);
  const noise = new Float64Array(size);
  let x: ArrayLike<number> = x0;
  frames.set(Float32Array.from(x));
  for (let t = 1; t <= schedule.T; t++) {
    for (let k = 0; k < size; k++) noise[k] = rng.normal();
    const next = forwardStep(x, t, schedule, noise);
    frames.set(next, t * size);
    x = next;
  }
  return { times: Array.from({ length: schedule.T + 1 }, (_, t) => t), frames };
}

export interface BackOptions extends SamplerChoice {
  readonly schedule: Schedule;
  /** The start x_T, n·D values. */
  readonly xT: ArrayLike<number>;
  /** E[ε | x_t] of one particle. */
  readonly epsilon: Denoiser;
  /** D */
  readonly dimension: number;
  readonly steps: number;
  /** Gives z of particle 0, coordinate by coordinate, then of particle 1 …, anew at each step. */
  readonly rng: Normal;
}

/** x_T … x_0 of each particle, at the times where the sampler stops. */
export function backPaths(options: BackOptions): Paths {
  const { schedule, xT, epsilon, dimension } = options;
  const size = xT.length;
  // One call of the sampler for the whole cloud; the denoiser is asked particle by particle.
  const denoiser: Denoiser = (x, t) => {
    const out = new Float64Array(size);
    for (let k = 0; k < size; k += dimension) out.set(epsilon(x.subarray(k, k + dimension), t), k);
    return out;
  };
  const frames = new Float32Array((options.steps + 1) * size);
  frames.set(Float32Array.from(xT));
  const times = [schedule.T];
  for (const { s, x } of sample({ ...options, denoiser, prediction: 'epsilon' })) {
    frames.set(x, times.length * size);
    times.push(s);
  }
  return { times, frames };
}

/**
 * The particles' own streams as one: particle i of n draws its D values from streams[i], whoever else is in the cloud.
 */
export function woven(streams: readonly Normal[], dimension: number): Normal {
  let next = 0;
  return {
    normal() {
      const value = streams[Math.floor(next / dimension)].normal();
      next = (next + 1) % (streams.length * dimension);
      return value;
    },
  };
}
