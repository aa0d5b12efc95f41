/** Which images a measurement looks at. */
import type { Rng } from '../../../math/numerics/rng.ts';

/**
 * `draws` indices of `count` images: shuffled, and shuffled anew when all have been seen. Neighbours in a file are alike
 * (one writer, one class), so a run of neighbours would know less than its standard error says.
 */
export function imageOrder(count: number, draws: number, rng: Rng): Uint32Array {
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  return Uint32Array.from({ length: draws }, (_, drawn) => {
    // Fisher–Yates, as far as it is needed.
    const i = drawn % count;
    const j = i + rng.int(count - i);
    [all[i], all[j]] = [all[j], all[i]];
    return all[i];
  });
}
