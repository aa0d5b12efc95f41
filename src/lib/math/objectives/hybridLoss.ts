/**
 * The loss of improved DDPM (2102.09672 eq. 16), for a network with two answers a pixel: the prediction, and v in about
 * [−1, 1] for the step's width, log σ² = f log β_t + (1−f) log β̃_t with f = (v+1)/2 (at t = 1 β̃_2 stands for β̃_1):
 *   L_hybrid = mean (target − prediction)² + (T/1000)·L_t,
 * with L_t the term of the bound in bits per pixel. The bound is told of v alone: its gradient does not reach the prediction.
 */
import {
  discretizedLogProbability,
  discretizedVarianceSlope,
  evenLevels,
} from '../bound/decoder.ts';
import { gaussianTerm } from '../bound/elbo.ts';
import { interpolatedVariance, varianceGradient } from '../bound/learnedVariance.ts';
import { firstVariance } from '../process/firstVariance.ts';
import { conversion, type PredictionKind, predictionTarget } from '../process/parameterization.ts';
import { posterior } from '../process/posterior.ts';
import type { Schedule } from '../process/schedule.ts';

export interface HybridInput {
  /** What the network predicts. */
  readonly kind: PredictionKind;
  /** D pixels each; at t = 1 those of x_0 are among the levels. */
  readonly x0: ArrayLike<number>;
  readonly epsilon: ArrayLike<number>;
  readonly xt: ArrayLike<number>;
  readonly prediction: ArrayLike<number>;
  readonly v: ArrayLike<number>;
}

export interface HybridLoss {
  readonly loss: number;
  /** mean (target − prediction)² */
  readonly squaredError: number;
  /** L_t, per pixel and as a mean: L_{t−1} of the bound for t ≥ 2, the discretized decoder's L_0 for t = 1. */
  readonly nats: Float64Array;
  readonly bitsPerDim: number;
  /** The step's mean and log σ². */
  readonly mean: Float64Array;
  readonly logVariance: Float64Array;
  /** d nats/dv of each pixel. */
  readonly natsSlope: Float64Array;
  /** dL_hybrid/d prediction, of the squared error alone, and dL_hybrid/dv. */
  readonly predictionGradient: Float64Array;
  readonly vGradient: Float64Array;
}

/** The network's v as a fraction of the way from β̃ to β on the scale of logarithms. */
export const fractionOf = (v: number): number => (v + 1) / 2;

const BYTES = evenLevels(256);

// #region hybridLoss
/** @param levels grey levels of the decoder at t = 1. */
export function hybridLoss(
  schedule: Schedule,
  t: number,
  { kind, x0, epsilon, xt, prediction, v }: HybridInput,
  levels: readonly number[] = BYTES,
): HybridLoss {
  const count = x0.length;
  const target = predictionTarget(kind, x0, epsilon, t, schedule);
  const error = target.map((value, k) => prediction[k] - value);
  const toX0 = conversion(kind, 'x0', t, schedule);
  const guess = error.map((_, k) => toX0.xt * xt[k] + toX0.prediction * prediction[k]);
  const step = posterior(schedule, t);
  const mean = guess.map((value, k) => step.x0Coefficient * value + step.xtCoefficient * xt[k]);
  const variance = Float64Array.from(v, (value) =>
    interpolatedVariance(schedule, t, fractionOf(value), 'betaTilde2'),
  );
  const terms = mean.map((m, k) =>
    t === 1
      ? -discretizedLogProbability(x0[k], m, variance[k], levels)
      : gaussianTerm(schedule, t, (x0[k] - guess[k]) ** 2, 1, variance[k]),
  );
  // Half of the slope in f: v moves twice as far.
  const narrow = firstVariance(schedule, 'betaTilde2');
  const natsSlope = mean.map((m, k) =>
    t === 1
      ? -0.5 *
        Math.log(schedule.beta[1] / narrow) *
        discretizedVarianceSlope(x0[k], m, variance[k], levels)
      : 0.5 * varianceGradient(schedule, t, (x0[k] - guess[k]) ** 2, 1, fractionOf(v[k])),
  );
  const squaredError = error.reduce((sum, e) => sum + e * e, 0) / count;
  const bitsPerDim = terms.reduce((sum, term) => sum + term, 0) / (count * Math.LN2);
  const share = schedule.T / 1000;
  return {
    loss: squaredError + share * bitsPerDim,
    squaredError,
    nats: terms,
    bitsPerDim,
    mean,
    logVariance: variance.map(Math.log),
    natsSlope,
    predictionGradient: error.map((e) => (2 * e) / count),
    vGradient: natsSlope.map((slope) => (share * slope) / (count * Math.LN2)),
  };
}
// #endregion
