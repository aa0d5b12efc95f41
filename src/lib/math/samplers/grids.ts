/**
 * Grids of a continuous path for a solver: falling from where sampling starts. Those in σ, the times of EDM's path, have n
 * values and then 0; that in t has steps + 1 values, the last one 0.
 */
import type { Path } from '../process/path.ts';

export interface SigmaRange {
  readonly sigmaMin: number;
  readonly sigmaMax: number;
}

/** Exact at both ends, however far apart they are. */
const mixed = (a: number, b: number, u: number): number => (1 - u) * a + u * b;

/** n numbers evenly from a to b; a alone for one. */
const evenly = (a: number, b: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => (n === 1 ? a : mixed(a, b, i / (n - 1))));

// #region karrasGrid
/**
 * Even in σ^{1/ρ} (Karras et al. 2206.00364 eq. 5): the larger ρ, the more steps near the data.
 * @throws RangeError unless n is a whole number ≥ 1, 0 < σ_min ≤ σ_max and ρ > 0.
 */
export function karrasGrid(n: number, { sigmaMin, sigmaMax }: SigmaRange, rho = 7): number[] {
  check(n, sigmaMin, sigmaMax, rho);
  const roots = evenly(sigmaMax ** (1 / rho), sigmaMin ** (1 / rho), n);
  return [...roots.map((root) => root ** rho), 0];
}
// #endregion

/** Even in log σ. @throws RangeError as above. */
export function exponentialGrid(n: number, { sigmaMin, sigmaMax }: SigmaRange): number[] {
  check(n, sigmaMin, sigmaMax);
  return [...evenly(Math.log(sigmaMax), Math.log(sigmaMin), n).map(Math.exp), 0];
}

/** The noise/signal of a path at n even times from its start to `last`, e.g. of the variance-preserving one. */
export function pathGrid(n: number, path: Path, last: number): number[] {
  check(n, last, path.start);
  const sigmas = evenly(path.start, last, n).map((t) => {
    const { signal, noise } = path.at(t);
    return noise / signal;
  });
  return [...sigmas, 0];
}

/**
 * Times from 1 to 0, shift·u/(1 + (shift − 1)·u) of even u: a shift above 1 spends more steps near the noise, which
 * larger images need (Esser et al. 2403.03206 eq. 23).
 */
export function shiftedGrid(steps: number, shift = 1): number[] {
  check(steps, shift, shift);
  return evenly(1, 0, steps + 1).map((u) => (shift * u) / (1 + (shift - 1) * u));
}

function check(n: number, low: number, high: number, rho = 1): void {
  if (Number.isInteger(n) && n >= 1 && low > 0 && high >= low && Number.isFinite(high) && rho > 0)
    return;
  throw new RangeError(
    `Grid: expected a whole number of steps and rising numbers above 0; found ${n} steps, ${low} to ${high}, ρ = ${rho}. Choose others.`,
  );
}
