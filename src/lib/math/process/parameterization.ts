/**
 * Ways to say the same prediction, and the conversions between them.
 * Each target is a·x_0 + b·ε, with two numbers of the path at that time; together with x_t = signal·x_0 + noise·ε these are
 * two equations for x_0 and ε. So whatever a denoiser answers, one solve of two by two tells all the others.
 */
import { unknownName } from '../numerics/oneOf.ts';
import type { PathPoint } from './path.ts';
import { type Process, pointOf } from './process.ts';

/** What a network of a chain may predict. */
export const PREDICTION_KINDS = ['epsilon', 'x0', 'v', 'score'] as const;
export type PredictionKind = (typeof PREDICTION_KINDS)[number];

// #region targets
/**
 * [a, b] of target = a·x_0 + b·ε, one entry for each target.
 * - `v`: the direction across x_t (Salimans & Ho 2202.00512).
 * - `score`: ∇ log q(x_t | x_0) (Vincent 2011).
 * - `flowVelocity`: dx_t/dt for fixed x_0 and ε, whose mean given x_t drives the probability-flow ODE (Lipman et al. 2210.02747).
 * - `edmF`: what is inside EDM's preconditioning, of variance 1 for data of standard deviation σ_data (2206.00364 eq. 7).
 */
export const TARGETS = {
  epsilon: () => [0, 1],
  x0: () => [1, 0],
  v: ({ signal, noise }) => [-noise, signal],
  score: ({ noise }) => [0, -1 / noise],
  flowVelocity: ({ signalRate, noiseRate }) => [signalRate, noiseRate],
  edmF: ({ signal, noise }, sigmaData) => {
    const width = Math.hypot(noise, signal * sigmaData);
    return [noise / sigmaData / width, (-sigmaData * signal) / width];
  },
} as const satisfies Record<string, (point: PathPoint, sigmaData: number) => [number, number]>;
// #endregion

export type Target = keyof typeof TARGETS;

/** Standard deviation of the data, which `edmF` is relative to; 0.5 as in EDM's code. */
export interface TargetOptions {
  readonly sigmaData?: number;
}

/**
 * The target's [a, b] at one point of a path.
 * @throws RangeError for an unknown target, and where it is not defined: some are infinite without noise.
 */
export function targetRow(
  target: Target,
  point: PathPoint,
  { sigmaData = 0.5 }: TargetOptions = {},
): readonly [number, number] {
  if (!Object.hasOwn(TARGETS, target))
    throw unknownName('Prediction', target, Object.keys(TARGETS));
  const row = TARGETS[target](point, sigmaData);
  if (!row.every(Number.isFinite)) throw noConversion(target, point);
  return row;
}

/** target = xt·x_t + prediction·(the given prediction). */
export interface Conversion {
  readonly xt: number;
  readonly prediction: number;
}

// #region conversion
/** The two numbers that turn one prediction at a point of a path into another. */
export function conversionAt(
  from: Target,
  to: Target,
  point: PathPoint,
  options?: TargetOptions,
): Conversion {
  const { signal, noise } = point;
  const [a, b] = targetRow(from, point, options);
  const [c, d] = targetRow(to, point, options);
  if (from === to) return { xt: 0, prediction: 1 };
  const determinant = a * noise - b * signal;
  if (determinant === 0) throw noConversion(from, point);
  return {
    xt: (a * d - b * c) / determinant,
    prediction: (c * noise - d * signal) / determinant,
  };
}
// #endregion

/** The same at time t of a path, or at t = 1…T of a schedule's chain. @throws RangeError also for a time outside. */
export const conversion = (
  from: Target,
  to: Target,
  t: number,
  process: Process,
  options?: TargetOptions,
): Conversion => conversionAt(from, to, pointOf(process, t), options);

/** Applies `conversion` to arrays of D values. */
export function convertPrediction(
  prediction: ArrayLike<number>,
  xt: ArrayLike<number>,
  from: Target,
  to: Target,
  t: number,
  process: Process,
  options?: TargetOptions,
): Float64Array {
  const k = conversion(from, to, t, process, options);
  return Float64Array.from(prediction, (p, i) => k.xt * xt[i] + k.prediction * p);
}

/** What a network of this kind is asked to predict, from the clean image and the noise. */
export function predictionTarget(
  target: Target,
  x0: ArrayLike<number>,
  noise: ArrayLike<number>,
  t: number,
  process: Process,
  options?: TargetOptions,
): Float64Array {
  const [a, b] = targetRow(target, pointOf(process, t), options);
  return Float64Array.from(x0, (x, i) => a * x + b * noise[i]);
}

const noConversion = (target: Target, { signal, noise }: PathPoint): RangeError =>
  new RangeError(
    `Prediction: expected one that is defined and tells x_0 at this time; found ${target} at signal ${signal}, noise ${noise}. Take another prediction or another time.`,
  );
