/**
 * Sampling with any denoiser: exact or learned, they share one contract.
 */
import type { PredictionKind } from './parameterization.ts';
import { convertPrediction } from './parameterization.ts';
import type { Rng } from './rng.ts';
import type { Sampler, SamplingVariance } from './samplerSteps.ts';
import { samplerStep, timesteps } from './samplerSteps.ts';
import type { Schedule } from './schedule.ts';

/** (x_t, t) -> prediction, arrays of one length. */
export type Denoiser = (xt: Float64Array, t: number) => ArrayLike<number>;

export interface SampleOptions {
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
  readonly sampler?: Sampler;
  /** For ddpm; β̃ when left out. */
  readonly variance?: SamplingVariance;
  /** For ddim; 0 when left out. */
  readonly eta?: number;
  /** Clip the predicted x_0 to [-1, 1] before the step is taken. */
  readonly clip?: boolean;
}

export interface SampleState {
  readonly t: number;
  readonly s: number;
  /** x_s, after the step. */
  readonly x: Float64Array;
  /** The x_0 predicted from x_t (clipped, if asked for). */
  readonly x0: Float64Array;
}

// #region sample
/** Yields after every step; noise is drawn only for steps that add some. */
export function* sample(options: SampleOptions): Generator<SampleState, Float64Array> {
  const { schedule, denoiser, rng, clip = false } = options;
  const times = options.times ?? timesteps(schedule.T, options.steps ?? schedule.T);
  let x = Float64Array.from(options.xT);
  for (let i = 0; i + 1 < times.length; i++) {
    const [t, s] = [times[i], times[i + 1]];
    const output = denoiser(x, t);
    const x0 = convertPrediction(output, x, options.prediction, 'x0', t, schedule);
    if (clip) for (let k = 0; k < x0.length; k++) x0[k] = Math.min(1, Math.max(-1, x0[k]));
    // Without clipping the raw prediction is used: converting there and back would round twice.
    const [prediction, values] = clip ? (['x0', x0] as const) : [options.prediction, output];
    const { sampler = 'ddpm', variance, eta } = options;
    const { a, b, c } = samplerStep(schedule, t, s, { sampler, prediction, variance, eta });
    x = x.map((value, k) => a * value + b * values[k] + (c === 0 ? 0 : c * rng.normal()));
    yield { t, s, x, x0 };
  }
  return x;
}
// #endregion
