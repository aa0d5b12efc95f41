/**
 * Sinusoidal time embedding, of dimension d = 2·half:
 *   ω_k = 10000^(−k/half),   angle_k = (1000 t/T) ω_k,   f(t) = [sin(angle_0…), cos(angle_0…)],   k = 0 … half − 1
 * The waves are those of Vaswani et al. 2017, which DDPM uses for t (appendix B). Published codes differ: DDPM's divides k by
 * half − 1, so that its slowest wave is 1/10000; improved DDPM's has our ω_k, with the cosines first. A network does not care for
 * the order; it cares when weights are carried over. t is scaled to the 1000 steps of the papers, so that chains of any length
 * use the same range of angles.
 * Returns float32 [t.length × dimension], computed in float64.
 * @throws RangeError unless `dimension` is even.
 */
export function timeFeatures(t: ArrayLike<number>, T: number, dimension: number): Float32Array {
  const half = dimension / 2;
  if (!Number.isInteger(half) || half < 1)
    throw new RangeError(
      `Time embedding: expected an even dimension of at least 2, half sines and half cosines; found ${dimension}. Choose one.`,
    );
  const out = new Float32Array(t.length * dimension);
  for (let b = 0; b < t.length; b++) {
    for (let k = 0; k < half; k++) {
      const angle = ((1000 * t[b]) / T) * Math.exp((-Math.log(10000) * k) / half);
      out[b * dimension + k] = Math.sin(angle);
      out[b * dimension + half + k] = Math.cos(angle);
    }
  }
  return out;
}

/** How alike the embeddings of t and of every other time are: their cosine, 1 at t itself. */
export function embeddingLikeness(
  T: number,
  dimension: number,
  t: number,
): { t: number; cosine: number }[] {
  const here = timeFeatures([t], T, dimension);
  const count = Math.min(T, 500);
  return Array.from({ length: count }, (_, i) => {
    const other = 1 + (i * (T - 1)) / Math.max(1, count - 1);
    const there = timeFeatures([other], T, dimension);
    // Every embedding has the same length √(dimension/2), since sin² + cos² = 1 for each frequency.
    const dot = here.reduce((sum, value, k) => sum + value * there[k], 0);
    return { t: other, cosine: dot / (dimension / 2) };
  });
}
