/**
 * Sampling with any denoiser: exact or learned, they share one contract; and by any sampler, they are all programs.
 */

import type { Rng } from '../numerics/rng.ts';
import type { PredictionKind, Target } from '../process/parameterization.ts';
import { convertPrediction } from '../process/parameterization.ts';
import type { Process } from '../process/process.ts';
import type { Schedule } from '../process/schedule.ts';
import { deviationOf, type Move, moved, readingOf, registersFor, weightsOf } from './program.ts';
import { type SamplerChoice, samplerMoves } from './record.ts';
import { timesteps } from './timesteps.ts';

/** (x_t, t) -> prediction, arrays of one length. */
export type Denoiser = (xt: Float64Array, t: number) => ArrayLike<number>;

/** Whom a program asks, and where it begins. */
export interface Walk {
  readonly denoiser: Denoiser;
  /** What the denoiser returns. */
  readonly prediction: Target;
  /** The start x_T; drawn from N(0, I) by the caller. */
  readonly xT: ArrayLike<number>;
  readonly rng: Pick<Rng, 'normal'>;
  /** Clip the predicted x_0 to [-1, 1] before a move is made. */
  readonly clip?: boolean;
  /** The second answer v of a network that learned the width of its steps: programs that ask for it need it. */
  readonly width?: Denoiser;
}

/** The sampler is ddpm when left out. */
export interface SampleOptions extends Walk, Partial<SamplerChoice> {
  readonly schedule: Schedule;
  readonly prediction: PredictionKind;
  /** Number of steps, 1..T; T when left out. */
  readonly steps?: number;
  /** The times to visit, strictly falling from T or below, to 0 for an image; in place of `steps` evenly spaced ones. */
  readonly times?: readonly number[];
}

export interface WalkState {
  readonly s: number;
  /** x_s, after the step. */
  readonly x: Float64Array;
  /** The x_0 that was predicted last (clipped, if asked for). */
  readonly x0: Float64Array;
}

export interface SampleState extends WalkState {
  readonly t: number;
}

// #region sample
/** Carries out a program, on a schedule or a path. Yields after every step; noise is drawn only where some is added. */
export function* walk(
  moves: readonly Move[],
  process: Process,
  { denoiser, prediction, xT, rng, clip = false, width: widthOf }: Walk,
): Generator<WalkState, Float64Array> {
  let registers = registersFor(moves, xT);
  let x0 = registers[0];
  for (const { t, sets, s, width } of moves) {
    const [x] = registers;
    // Without clipping the answer is used as it is: converting there and back would round twice.
    const kind = clip ? 'x0' : prediction;
    let answer: ArrayLike<number> = [];
    if (t !== undefined) {
      answer = denoiser(x, t);
      x0 = convertPrediction(answer, x, prediction, 'x0', t, process);
      if (clip) answer = x0 = x0.map((value) => Math.min(1, Math.max(-1, value)));
    }
    const v = width && t !== undefined ? widthOf?.(x, t) : undefined;
    const deviation = width && v && ((k: number) => deviationOf(width, v[k]));
    const weights = weightsOf(sets, readingOf(kind, t, process));
    registers = moved(registers, weights, answer, rng, deviation);
    if (s !== undefined) yield { s, x: registers[0], x0 };
  }
  return registers[0];
}

/** Any sampler of the book, on the chain of a schedule. */
export function* sample(options: SampleOptions): Generator<SampleState, Float64Array> {
  const { schedule, sampler = 'ddpm', steps = schedule.T } = options;
  const times = options.times ?? timesteps(schedule.T, steps);
  const moves = samplerMoves(schedule, times, { ...options, sampler });
  let x: Float64Array = Float64Array.from(options.xT);
  let t = times[0];
  for (const state of walk(moves, schedule, options)) {
    yield { t, ...state };
    t = state.s;
    x = state.x;
  }
  return x;
}
// #endregion
