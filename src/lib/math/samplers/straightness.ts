/**
 * How far ways are from straight lines at constant speed (Liu et al. 2209.03003, eq. 5): with time u from 0 to 1 along the way,
 *   S = E ∫ ‖(x_1 − x_0) − dx/du‖² du = E [ ∫ ‖dx/du‖² du − ‖x_1 − x_0‖² ],
 * the second form because the mean of dx/du is x_1 − x_0. It is 0 exactly where one step of Euler's is the whole way.
 * Of ways that somebody has walked, whoever gave the velocity; of one exact curve to a tolerance: exact/exactStraightness.ts.
 */
import type { Paths } from './particles.ts';

// #region straightness
/** S of the polygons through the frames, summed over the D coordinates, the mean over particles. Finer frames, nearer to S of the curves, from below. */
export function straightness({ times, frames }: Paths, dimension: number): number {
  const last = times.length - 1;
  const size = frames.length / times.length;
  const whole = times[last] - times[0];
  let sum = 0;
  for (let k = 0; k < size; k++) {
    const ends = frames[last * size + k] - frames[k];
    let energy = 0;
    for (let i = 0; i < last; i++) {
      const du = (times[i + 1] - times[i]) / whole;
      const dx = frames[(i + 1) * size + k] - frames[i * size + k];
      energy += (dx * dx) / du;
    }
    sum += energy - ends * ends;
  }
  return (sum * dimension) / size;
}
// #endregion
