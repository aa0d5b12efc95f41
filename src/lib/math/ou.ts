/**
 * Two things called diffusion. Diffusion models move pixel *values* by an Ornstein–Uhlenbeck process,
 * dx = −½β x dt + √β dw (SDE 2011.13456 eq. 11): a pull to 0 and independent noise per pixel.
 * Ink in water moves through *space*, ∂u/∂t = D ∇²u: neighbours mix, and nothing random is added.
 */
import type { Rng } from './rng.ts';

// #region ornsteinUhlenbeck
/**
 * The exact transition over a stretch in which ∫β dt = `integral`: no time step, no error.
 * x ← e^{−integral/2} x + √(1 − e^{−integral}) z.
 */
export function ornsteinUhlenbeck(x: ArrayLike<number>, integral: number, rng: Rng): Float64Array {
  const keep = Math.exp(-0.5 * integral);
  const noise = Math.sqrt(-Math.expm1(-integral));
  return Float64Array.from(x, (value) => keep * value + noise * rng.normal());
}
// #endregion

/** Mean and variance of the process at ∫β dt = `integral`, from given ones. */
export function ornsteinUhlenbeckMoments(mean: number, variance: number, integral: number) {
  const keep = Math.exp(-integral);
  return { mean: Math.sqrt(keep) * mean, variance: keep * variance - Math.expm1(-integral) };
}

/** Pure noise, without the pull: x ← x + √integral z. Its variance grows for ever. */
export function brownian(x: ArrayLike<number>, integral: number, rng: Rng): Float64Array {
  const noise = Math.sqrt(integral);
  return Float64Array.from(x, (value) => value + noise * rng.normal());
}

// #region heatFlow
/**
 * Spatial diffusion of a concentration on a grid (row by row) with closed edges, for a time in which
 * a spot spreads to a standard deviation of √(2·amount) pixels. The sum is conserved.
 */
export function heatFlow(
  u: ArrayLike<number>,
  height: number,
  width: number,
  amount: number,
): Float64Array {
  if (u.length !== height * width || !(amount >= 0)) {
    throw new RangeError(
      `Heat flow: expected ${height}×${width} = ${height * width} values and an amount ≥ 0; found ${u.length} and ${amount}. Mend them.`,
    );
  }
  const steps = Math.ceil(amount / 0.2); // the explicit scheme is stable up to 0.25 per step
  const rate = steps === 0 ? 0 : amount / steps;
  let now = Float64Array.from(u);
  for (let n = 0; n < steps; n++) {
    const next = now.slice();
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const here = i * width + j;
        // Exchange with the right and lower neighbour: what leaves one cell enters the other.
        for (const there of [j + 1 < width ? here + 1 : -1, i + 1 < height ? here + width : -1]) {
          if (there < 0) continue;
          const flow = rate * (now[there] - now[here]);
          next[here] += flow;
          next[there] -= flow;
        }
      }
    }
    now = next;
  }
  return now;
}
// #endregion
