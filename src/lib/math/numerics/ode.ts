/**
 * Ordinary differential equations dy/dt = rate(t, y), solved to a tolerance: Dormand & Prince's pair of orders 5 and 4
 * (J. Comput. Appl. Math. 6 (1980) 19), whose step follows the difference of the two. Its name elsewhere is RK45 or dopri5.
 */

export type Rate = (t: number, y: Float64Array) => ArrayLike<number>;

/** A step is kept where every coordinate's error is below absolute + relative·|y|. */
export interface OdeTolerance {
  readonly absolute?: number;
  readonly relative?: number;
  readonly maxSteps?: number;
}

// #region dormandPrince
/** Stage i looks at t + NODES[i]·h, at y + h Σ_j STAGES[i][j] k_j. The last stage is the step itself, of order 5. */
const NODES = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const STAGES = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** Order 5 less order 4, as weights of the k_j. */
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
// #endregion

/** y + h Σ_j weights[j] k_j */
function along(
  y: Float64Array,
  h: number,
  weights: readonly number[],
  k: readonly ArrayLike<number>[],
): Float64Array {
  const out = Float64Array.from(y);
  weights.forEach((weight, j) => {
    if (weight !== 0) for (let i = 0; i < out.length; i++) out[i] += h * weight * k[j][i];
  });
  return out;
}

/** The state after a step of h, the slope there, and the error of the worst coordinate in units of what is allowed. */
function attempt(
  rate: Rate,
  t: number,
  y: Float64Array,
  slope: ArrayLike<number>,
  h: number,
  { absolute, relative }: { absolute: number; relative: number },
) {
  const k: ArrayLike<number>[] = [slope];
  let next = y;
  for (let stage = 1; stage < STAGES.length; stage++) {
    next = along(y, h, STAGES[stage], k);
    k.push(rate(t + NODES[stage] * h, next));
  }
  const errors = along(new Float64Array(y.length), h, ERROR, k);
  let worst = 0;
  errors.forEach((error, i) => {
    const allowed = absolute + relative * Math.max(Math.abs(y[i]), Math.abs(next[i]));
    const ratio = Math.abs(error) / allowed;
    // A number that is none is worse than any.
    worst = ratio <= worst ? worst : Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio;
  });
  return { next, slope: k[k.length - 1], worst };
}

/** By how much a step may grow or shrink at once, and the share of the allowed error that is aimed at, to the power 1/5. */
const [LEAST, MOST, CAUTION] = [0.2, 5, 0.9];

/**
 * y at each of `times`, which rise or fall as they like; `start` is y at the first.
 * @throws RangeError where the steps become too many or too small: the rate is not smooth there, or infinite.
 */
export function solveOde(
  rate: Rate,
  start: ArrayLike<number>,
  times: readonly number[],
  { absolute = 1e-11, relative = 1e-9, maxSteps = 100_000 }: OdeTolerance = {},
): Float64Array[] {
  let y: Float64Array = Float64Array.from(start);
  let slope: ArrayLike<number> | null = null;
  let size = 0;
  let steps = 0;
  const states = times.slice(0, 1).map(() => y);
  times.slice(1).forEach((end, i) => {
    let t = times[i];
    const way = Math.sign(end - t);
    // A thousandth of the way is a guess that costs a step or two.
    size ||= Math.abs(end - t) / 1000;
    while (t !== end) {
      const left = Math.abs(end - t);
      const h = Math.min(size, left);
      slope ??= rate(t, y);
      const tried = attempt(rate, t, y, slope, way * h, { absolute, relative });
      if (++steps > maxSteps || t + way * h === t) throw tooSteep(t, steps);
      const growth = Math.min(MOST, Math.max(LEAST, CAUTION * tried.worst ** -0.2));
      if (tried.worst <= 1) {
        t = h === left ? end : t + way * h;
        y = tried.next;
        slope = tried.slope;
        // A step that was cut short by the end says nothing against a longer one.
        size = h < size ? Math.max(size, growth * h) : growth * h;
      } else size = growth * h;
    }
    states.push(y);
  });
  return states;
}

const tooSteep = (t: number, steps: number): RangeError =>
  new RangeError(
    `ODE: expected a rate that is smooth enough for the tolerance; found none after ${steps} steps, at ${t}. Stop before that place, or allow a larger error.`,
  );
