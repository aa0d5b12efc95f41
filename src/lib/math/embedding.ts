/** Time embeddings: the sinusoidal one (DDPM appendix B), and a raw t into Linear layers. */
import type { Rng } from './rng.ts';

/** [sin(t·ω_k), cos(t·ω_k)] with ω_k = 10000^{−k/half}, k = 0..half−1; every entry within [-1, 1]. */
export function sinusoidalEmbedding(t: number, dimension: number): Float64Array {
  const half = dimension / 2;
  if (!Number.isInteger(half) || half < 1) {
    throw new RangeError(`Embedding: expected an even dimension; found ${dimension}. Add one.`);
  }
  return Float64Array.from({ length: dimension }, (_, i) => {
    const angle = t * Math.exp((-Math.log(10_000) * (i % half)) / half);
    return i < half ? Math.sin(angle) : Math.cos(angle);
  });
}

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
