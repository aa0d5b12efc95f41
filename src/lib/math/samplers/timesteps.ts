/**
 * The times visited by a sampler of `steps` steps: steps + 1 strictly decreasing integers, always
 * from T (where the prior is) to 0.
 * @throws RangeError unless steps is an integer in 1..T.
 */
export function timesteps(T: number, steps: number): number[] {
  if (!Number.isInteger(steps) || steps < 1 || steps > T) {
    throw new RangeError(
      `Steps: expected an integer from 1 to T = ${T}; found ${steps}. Choose one.`,
    );
  }
  return Array.from({ length: steps + 1 }, (_, i) => Math.round((T * (steps - i)) / steps));
}
