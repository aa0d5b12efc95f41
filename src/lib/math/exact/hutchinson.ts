/** The divergence of a denoiser that does not know its Jacobian: a network, say. */
import type { Rng } from '../numerics/rng.ts';
import type { AtTime, FlowDenoiser } from './flow.ts';

// #region hutchinson
/** eᵀ J e for J the Jacobian of f at x, from the difference of two answers; exact up to h²: f is asked twice. */
export function alongProbe(
  f: (x: Float64Array) => ArrayLike<number>,
  x: ArrayLike<number>,
  probe: ArrayLike<number>,
  h = 1e-4,
): number {
  const [up, down] = [h, -h].map((step) => f(Float64Array.from(x, (v, k) => v + step * probe[k])));
  let sum = 0;
  for (let k = 0; k < probe.length; k++) sum += probe[k] * (up[k] - down[k]);
  return sum / (2 * h);
}

/**
 * Hutchinson's estimate of a divergence, for denoisers without a Jacobian (1810.01367; 2011.13456 section D.2): the mean over
 * probes of random signs. The probes are drawn once and kept for the whole way, or the ODE's rate would not be smooth.
 */
export function hutchinson(
  { v }: FlowDenoiser,
  dimension: number,
  rng: Pick<Rng, 'uniform'>,
  probes = 1,
): AtTime<number> {
  const signs = Array.from({ length: probes }, () =>
    Float64Array.from({ length: dimension }, () => (rng.uniform() < 0.5 ? -1 : 1)),
  );
  return (xt, t) =>
    signs.reduce((sum, probe) => sum + alongProbe((x) => v(x, t), xt, probe), 0) / probes;
}
// #endregion
