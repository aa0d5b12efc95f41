/**
 * Sampling with any denoiser: exact or learned, they share one contract; and by any sampler, they are all programs.
 */
import type { PredictionKind } from './parameterization.ts';
import { convertPrediction } from './parameterization.ts';
import type { Rng } from './rng.ts';
import { moved, readingOf, registersFor, weightsOf } from './samplers/program.ts';
import { type SamplerChoice, samplerMoves } from './samplers/record.ts';
import { timesteps } from './samplers/timesteps.ts';
import type { Schedule } from './schedule.ts';

/** (x_t, t) -> prediction, arrays of one length. */
export type Denoiser = (xt: Float64Array, t: number) => ArrayLike<number>;

/** The sampler is ddpm when left out. */
export interface SampleOptions extends Partial<SamplerChoice> {
  readonly schedule: Schedule;
  readonly denoiser: Denoiser;
  /** What the denoiser returns. */
  readonly prediction: PredictionKind;
  /** The start x_T; drawn from N(0, I) by the caller. */
  readonly xT: ArrayLike<number>;
  readonly rng: Pick<Rng, 'normal'>;
  /** Number of steps, 1..T; T when left out. */
  readonly steps?: number;
  /** The times to visit, strictly falling from T or below to 0, in place of `steps` evenly spaced ones. */
  readonly times?: readonly number[];
  /** Clip the predicted x_0 to [-1, 1] before the step is taken. */
  readonly clip?: boolean;
}

export interface SampleState {
  readonly t: number;
  readonly s: number;
  /** x_s, after the step. */
  readonly x: Float64Array;
  /** The x_0 that was predicted last (clipped, if asked for). */
  readonly x0: Float64Array;
}

// #region sample
/** Yields after every step; noise is drawn only for steps that add some. */
export function* sample(options: SampleOptions): Generator<SampleState, Float64Array> {
  const { schedule, denoiser, prediction, rng, clip = false, sampler = 'ddpm' } = options;
  const times = options.times ?? timesteps(schedule.T, options.steps ?? schedule.T);
  const moves = samplerMoves(schedule, times, { ...options, sampler });
  let registers = registersFor(moves, options.xT);
  let [from, x0] = [times[0], registers[0]];
  for (const { t, sets, s } of moves) {
    const [x] = registers;
    // Without clipping the answer is used as it is: converting there and back would round twice.
    const kind = clip ? 'x0' : prediction;
    let answer: ArrayLike<number> = [];
    if (t !== undefined) {
      answer = denoiser(x, t);
      x0 = convertPrediction(answer, x, prediction, 'x0', t, schedule);
      if (clip) answer = x0 = x0.map((value) => Math.min(1, Math.max(-1, value)));
    }
    registers = moved(registers, weightsOf(sets, readingOf(kind, t, schedule)), answer, rng);
    if (s === undefined) continue;
    yield { t: from, s, x: registers[0], x0 };
    from = s;
  }
  return registers[0];
}
// #endregion
