/** A raw t fed to Linear layers, as a mistaken listing does; the sinusoidal embedding is in `timeFeatures.ts`. */
import type { Rng } from '../numerics/rng.ts';

/**
 * Linear(1, D), ReLU, Linear(D, D) on the raw t, at PyTorch's default initialisation (all weights and
 * biases uniform on ±1/√fan-in): the exact root mean square of an output over initialisations.
 * Hidden: w·t + b with w, b uniform on ±1, so E relu² = (t² + 1)/6; then D·E relu²/(3D) + 1/(3D).
 */
export function rawTimeEmbeddingRms(t: number, dimension: number): number {
  return Math.sqrt((t * t + 1) / 18 + 1 / (3 * dimension));
}

/** One such initialisation, run at t: D outputs. */
export function rawTimeEmbedding(t: number, dimension: number, rng: Rng): Float64Array {
  const uniform = (bound: number): number => bound * (2 * rng.uniform() - 1);
  const hidden = Float64Array.from({ length: dimension }, () =>
    Math.max(0, uniform(1) * t + uniform(1)),
  );
  const bound = 1 / Math.sqrt(dimension);
  return hidden.map(() => hidden.reduce((s, h) => s + uniform(bound) * h, uniform(bound)));
}
