/** How far drawings are from the images that they should be. */
import { squaredDistance } from '../../math/numerics/linalg.ts';

/** Root mean square, per number, of the distances from n drawings, one after another, to the nearest of the images. */
export function offNearest(drawn: Float32Array, images: readonly ArrayLike<number>[]): number {
  const size = images[0].length;
  let sum = 0;
  for (let at = 0; at < drawn.length; at += size) {
    const one = drawn.subarray(at, at + size);
    sum += Math.min(...images.map((image) => squaredDistance(one, image)));
  }
  return Math.sqrt(sum / drawn.length);
}
