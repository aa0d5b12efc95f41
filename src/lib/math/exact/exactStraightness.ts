/** How far a curve of the probability-flow ODE is from a straight line: what few steps have to pay for. */
import { pointOf } from '../process/process.ts';
import { circleStates, type OdePathOptions, odePath } from './flow.ts';

// #region straightness
/**
 * ∫ ‖(x_a − x_b)/(a − b) − dx/dt‖² dt along the curve from x at time a to time b (2209.03003 eq. 5): 0 where it is a straight
 * line, walked evenly. Of a path whose rates are finite on the way.
 */
export function exactStraightness(
  { denoiser, path, ...tolerance }: OdePathOptions,
  x: ArrayLike<number>,
  [from, to]: readonly [number, number],
): number {
  const end = odePath({ denoiser, path, ...tolerance }, x, [from, to])[1];
  const chord = end.map((value, k) => (value - x[k]) / (to - from));
  const excess = (xt: Float64Array, t: number) => {
    const { signal, noise, signalRate, noiseRate } = pointOf(path, t);
    const square = signal * signal + noise * noise;
    const v = denoiser.v(xt, t);
    let sum = 0;
    for (let k = 0; k < v.length; k++) {
      const [x0, epsilon] = [signal * xt[k] - noise * v[k], noise * xt[k] + signal * v[k]];
      sum += (chord[k] - (signalRate * x0 + noiseRate * epsilon) / square) ** 2;
    }
    // dt/dθ, by which an integral over the angle becomes one over time.
    return [(sum * square) / (noiseRate * signal - noise * signalRate)];
  };
  const [, { state }] = circleStates({ denoiser, path, ...tolerance }, x, [from, to], excess, 1);
  return Math.abs(state[x.length]);
}
// #endregion
