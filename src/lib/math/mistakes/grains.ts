/**
 * Grains in water: Brownian motion between walls, the random walk behind the heat equation of heat.ts. Nothing pushes a grain
 * anywhere, and no grain knows another; their density still follows ∂u/∂s = Δu (Einstein 1905), since a grain's place after a time s
 * has variance 2s along each axis. Walls reflect, as the insulated edges there do.
 */
import type { Rng } from '../numerics/rng.ts';

/** A place on the line folded into [0, n] as a path is by two mirrors. */
export function reflected(place: number, n: number): number {
  const turn = ((place % (2 * n)) + 2 * n) % (2 * n);
  return turn <= n ? turn : 2 * n - turn;
}

/**
 * The grains after a further time s, exactly: folding the free walk at the end gives the law of one that was reflected on the way.
 * @param places coordinates in [0, n], in any order; they are changed in place.
 */
export function walkOn(places: Float64Array, n: number, s: number, rng: Rng): Float64Array {
  const spread = Math.sqrt(2 * s);
  for (let k = 0; k < places.length; k++)
    places[k] = reflected(places[k] + spread * rng.normal(), n);
  return places;
}

/**
 * Where grains of an n × n image of ink (1) on paper (−1) start: a pixel in proportion to its ink, then anywhere within it.
 * @returns x and y in turn, in pixels; none where there is no ink.
 */
export function grainsOf(image: ArrayLike<number>, n: number, count: number, rng: Rng) {
  const upTo = new Float64Array(n * n);
  let total = 0;
  for (let k = 0; k < n * n; k++) {
    total += Math.max(0, (image[k] + 1) / 2);
    upTo[k] = total;
  }
  const places = new Float64Array(total > 0 ? 2 * count : 0);
  for (let g = 0; g < places.length; g += 2) {
    const mark = rng.uniform() * total;
    const pixel = upTo.findIndex((sum) => sum > mark);
    places[g] = (pixel % n) + rng.uniform();
    places[g + 1] = Math.floor(pixel / n) + rng.uniform();
  }
  return places;
}
