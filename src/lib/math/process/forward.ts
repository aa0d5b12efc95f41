/**
 * The forward process q: it has no parameters to learn.
 * Images are flat Float64Arrays of D values, pixel scale [-1, 1].
 */
import { type Process, pointOf } from './process.ts';
import type { Schedule } from './schedule.ts';
import { checkTime } from './schedule.ts';

// #region forwardStep
/** One step, DDPM eq. 2: x_t = √(1−β_t) x_{t−1} + √β_t ε. The noise has variance β_t, not β_t². */
export function forwardStep(
  xPrev: ArrayLike<number>,
  t: number,
  schedule: Schedule,
  noise: ArrayLike<number>,
): Float64Array {
  checkTime(schedule, t, 1);
  const beta = schedule.beta[t];
  return combine(Math.sqrt(1 - beta), xPrev, Math.sqrt(beta), noise);
}
// #endregion

// #region diffuse
/**
 * Any number of steps at once, DDPM eq. 4: x_t = √ᾱ_t x_0 + √(1−ᾱ_t) ε. Also called q_sample.
 * On any other path signal and noise at t take the place of the two roots.
 */
export function diffuse(
  x0: ArrayLike<number>,
  t: number,
  process: Process,
  epsilon: ArrayLike<number>,
): Float64Array {
  const { signal, noise } = pointOf(process, t, 0);
  return combine(signal, x0, noise, epsilon);
}
// #endregion

/**
 * The noises of t single steps folded into the one that gives the same x_t at once:
 * sums of independent Gaussians. `noises[s-1]` belongs to step s.
 * @throws RangeError for fewer than t noises.
 */
export function mergeNoise(
  noises: readonly ArrayLike<number>[],
  t: number,
  schedule: Schedule,
): Float64Array {
  checkTime(schedule, t, 1);
  if (noises.length < t)
    throw new RangeError(
      `Noises: expected one for each of ${t} steps; found ${noises.length}. Draw the others.`,
    );
  let sum: ArrayLike<number> = new Float64Array(noises[0].length);
  for (let s = 1; s <= t; s++) sum = forwardStep(sum, s, schedule, noises[s - 1]);
  const scale = 1 / Math.sqrt(schedule.noiseVariance[t]);
  return Float64Array.from(sum, (value) => value * scale);
}

/** a·x + c·z; arrays of one length. */
function combine(a: number, x: ArrayLike<number>, c: number, z: ArrayLike<number>): Float64Array {
  if (x.length !== z.length) {
    throw new RangeError(
      `Noise: expected ${x.length} values, one per pixel; found ${z.length}. Draw noise of the image's shape.`,
    );
  }
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i++) out[i] = a * x[i] + c * z[i];
  return out;
}
