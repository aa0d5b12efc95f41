/**
 * Four ways to say the same prediction, and the conversions between them.
 * Notation: c = √ᾱ_t, s = √(1−ᾱ_t). Then x_t = c·x_0 + s·ε, and with
 * v = c·ε − s·x_0 (Salimans & Ho 2202.00512) the pair (x_t, v) is a rotation of (x_0, ε),
 * so every target is p·x_t + q·v. The score is ∇ log q(x_t | x_0) = −ε/s (Vincent 2011).
 */
import { oneOf, unknownName } from './oneOf.ts';
import type { Schedule } from './schedule.ts';
import { checkTime } from './schedule.ts';

export const PREDICTION_KINDS = ['epsilon', 'x0', 'v', 'score'] as const;
export type PredictionKind = (typeof PREDICTION_KINDS)[number];

/** target = xt·x_t + prediction·(the given prediction). */
export interface Conversion {
  readonly xt: number;
  readonly prediction: number;
}

// #region conversion
/** The two numbers that turn one kind of prediction at time t ≥ 1 into another. */
export function conversion(
  from: PredictionKind,
  to: PredictionKind,
  t: number,
  schedule: Schedule,
): Conversion {
  checkTime(schedule, t, 1);
  const [pFrom, qFrom] = rotation(from, t, schedule);
  const [pTo, qTo] = rotation(to, t, schedule);
  if (from === to) return { xt: 0, prediction: 1 };
  return { xt: (pTo * qFrom - qTo * pFrom) / qFrom, prediction: qTo / qFrom };
}
// #endregion

/** Applies `conversion` to arrays of D values. */
export function convertPrediction(
  prediction: ArrayLike<number>,
  xt: ArrayLike<number>,
  from: PredictionKind,
  to: PredictionKind,
  t: number,
  schedule: Schedule,
): Float64Array {
  const k = conversion(from, to, t, schedule);
  return Float64Array.from(prediction, (p, i) => k.xt * xt[i] + k.prediction * p);
}

/** What a network of this kind is asked to predict, from the clean image and the noise. */
export function predictionTarget(
  kind: PredictionKind,
  x0: ArrayLike<number>,
  noise: ArrayLike<number>,
  t: number,
  schedule: Schedule,
): Float64Array {
  checkTime(schedule, t, 1);
  const { c, s } = angles(t, schedule);
  const targets = { epsilon: [0, 1], x0: [1, 0], v: [-s, c], score: [0, -1 / s] };
  const [a, b] = targets[oneOf('Prediction', kind, PREDICTION_KINDS)];
  return Float64Array.from(x0, (x, i) => a * x + b * noise[i]);
}

function angles(t: number, schedule: Schedule): { c: number; s: number } {
  return { c: Math.sqrt(schedule.alphaBar[t]), s: Math.sqrt(schedule.noiseVariance[t]) };
}

/** [p, q] with target = p·x_t + q·v. */
function rotation(kind: PredictionKind, t: number, schedule: Schedule): [number, number] {
  const { c, s } = angles(t, schedule);
  switch (kind) {
    case 'x0':
      return [c, -s];
    case 'epsilon':
      return [s, c];
    case 'v':
      return [0, 1];
    case 'score':
      return [-1, -c / s];
    default:
      throw unknownName('Prediction', kind, PREDICTION_KINDS);
  }
}
