/**
 * The probability-flow ODE (2011.13456 eq. 13), solved to a tolerance, with the change of density along it. One equation serves
 * all paths: with r² = signal² + noise² and the angle θ of (signal, noise), z = x/r goes round at
 *   dz/dθ = cos θ ε̂ − sin θ x̂_0 = v̂/r,
 * which neither end makes infinite: not the data, where VP's own rate is, nor pure noise, where EDM's time is.
 */
import { type Matrix, trace } from '../numerics/linalg.ts';
import { type OdeTolerance, solveOde } from '../numerics/ode.ts';
import type { Path } from '../process/path.ts';
import { matchingTime } from '../process/process.ts';
import { trigonometric } from '../process/trigonometric.ts';

export type AtTime<Answer> = (xt: Float64Array, t: number) => Answer;

/** Who answers: exact denoisers do as they are, and so does whatever predicts v = signal·ε − noise·x_0 at any time of its path. */
export interface FlowDenoiser {
  v: AtTime<ArrayLike<number>>;
  jacobian?(kind: 'v'): AtTime<Matrix>;
}

export interface OdePathOptions extends OdeTolerance {
  readonly denoiser: FlowDenoiser;
  readonly path: Path;
  /** tr ∂v̂/∂x_t; that of the denoiser's own Jacobian when left out. */
  readonly divergence?: AtTime<number>;
}

export interface OdePathState {
  readonly t: number;
  readonly x: Float64Array;
  /** ∫ div v dt on the way from the first of the times to this one: log q there(x) = log q first(x) − integral. */
  readonly integral: number;
}

/** Its clock runs evenly in θ, from 0 at the data to 1. */
const CIRCLE = trigonometric();
const QUARTER = Math.PI / 2;

// #region flow
/** z on the circle, followed by `count` numbers of which `more` is the rate in θ; and r, by which z becomes x. */
export function circleStates(
  { denoiser, path, ...tolerance }: OdePathOptions,
  x: ArrayLike<number>,
  times: readonly number[],
  more: (x: Float64Array, t: number) => readonly number[],
  count: number,
): { readonly scale: number; readonly state: Float64Array }[] {
  const clocks = times.map((t) => matchingTime(path, t, CIRCLE));
  const rate = (clock: number, state: Float64Array) => {
    const { t, scale } = matchingTime(CIRCLE, clock, path);
    const xt = state.subarray(0, x.length).map((value) => scale * value);
    const v = denoiser.v(xt, t);
    // On the circle r = 1, so that `scale` is the path's own r.
    const turn = Float64Array.from(v, (value) => (QUARTER * value) / scale);
    return [...turn, ...more(xt, t).map((value) => QUARTER * value)];
  };
  const start = [...Array.from(x, (value) => clocks[0].scale * value), ...new Float64Array(count)];
  const angles = clocks.map(({ t }) => t);
  return solveOde(rate, start, angles, tolerance).map((state, i) => ({
    scale: 1 / clocks[i].scale,
    state,
  }));
}

/**
 * The curve of the ODE through x at times[0], at each of the times, which may rise or fall.
 * @throws RangeError for times outside the path, and as `solveOde`: towards noise 0 of data that are points, say.
 */
export function odePath(
  options: OdePathOptions,
  x: ArrayLike<number>,
  times: readonly number[],
): Float64Array[] {
  return circleStates(options, x, times, () => [], 0).map(({ scale, state }) =>
    state.map((value) => scale * value),
  );
}

/** The same, with ∫ div v dt: the trace is the same number in z as in x, and the change of scale adds D log of it. */
export function odePathWithDivergence(
  options: OdePathOptions,
  x: ArrayLike<number>,
  times: readonly number[],
): OdePathState[] {
  const divergence = options.divergence ?? traceOf(options.denoiser);
  const D = x.length;
  const states = circleStates(options, x, times, (xt, t) => [divergence(xt, t)], 1);
  return states.map(({ scale, state }, i) => ({
    t: times[i],
    x: state.slice(0, D).map((value) => scale * value),
    integral: state[D] + D * Math.log(scale / states[0].scale),
  }));
}
// #endregion

function traceOf({ jacobian }: FlowDenoiser): AtTime<number> {
  if (!jacobian) {
    throw new RangeError(
      'Divergence: expected a denoiser that knows its Jacobian; found none. Give an estimate of its trace.',
    );
  }
  const at = jacobian('v');
  return (xt, t) => trace(at(xt, t));
}
