/**
 * A probability density on the line, carried through a Markov chain of Gaussian steps on a grid.
 * Densities here are mixtures of Gaussians at least as wide as two and a half cells, so the
 * trapezoid rule's error (e^{−2π²·2.5²} of a term) is far below rounding.
 */

/** Probability masses on the points from, from + step, … */
export interface GridDensity {
  readonly from: number;
  readonly step: number;
  readonly masses: Float64Array;
}

/** Cells per standard deviation. */
export const CELLS = 2.5;
const REACH = 8;
/** Masses below this are left out: a thousand steps of them add up to less than 1e-12. */
const NEGLIGIBLE = 1e-20;

/** Masses of N(mean, sigma²) on a grid of the given step. */
export function gaussianGrid(mean: number, sigma: number, step: number): GridDensity {
  return spread([{ mass: 1, mean, sigma }], step);
}

export interface Kernel {
  readonly mass: number;
  readonly mean: number;
  readonly sigma: number;
}

/** Σ mass·N(mean, sigma²) on a grid. `step` should be at most the smallest sigma / CELLS. */
export function spread(kernels: Iterable<Kernel>, step: number): GridDensity {
  const list = [...kernels].filter((k) => k.mass > NEGLIGIBLE);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { mean, sigma } of list) {
    low = Math.min(low, mean - REACH * sigma);
    high = Math.max(high, mean + REACH * sigma);
  }
  const masses = new Float64Array(Math.ceil((high - low) / step) + 1);
  for (const { mass, mean, sigma } of list) {
    const first = Math.max(0, Math.ceil((mean - REACH * sigma - low) / step));
    const last = Math.min(masses.length - 1, Math.floor((mean + REACH * sigma - low) / step));
    const scale = (mass * step) / (sigma * Math.sqrt(2 * Math.PI));
    // exp(−(z+d)²/2) by two multiplications per cell: the ratio of neighbours is itself geometric.
    const d = step / sigma;
    const z = (low + first * step - mean) / sigma;
    let value = scale * Math.exp(-0.5 * z * z);
    let ratio = Math.exp(-z * d - 0.5 * d * d);
    const decay = Math.exp(-d * d);
    for (let k = first; k <= last; k++) {
      masses[k] += value;
      value *= ratio;
      ratio *= decay;
    }
  }
  return { from: low, step, masses };
}
