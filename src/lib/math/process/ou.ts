/**
 * Two things called diffusion. Diffusion models move pixel *values* by an Ornstein–Uhlenbeck process,
 * dx = −½β x dt + √β dw (SDE 2011.13456 eq. 11): a pull to 0 and independent noise per pixel.
 * Ink in water moves through *space*, ∂u/∂t = D ∇²u: neighbours mix, and nothing random is added: that one is in `heat.ts`.
 */
import type { Rng } from '../numerics/rng.ts';

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
