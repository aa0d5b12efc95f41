/** Largest difference, relative where a value is above 1. */
export const apart = (found: ArrayLike<number>, kept: ArrayLike<number>): number =>
  found.length === kept.length
    ? Math.max(...Array.from(kept, (x, i) => Math.abs(found[i] - x) / Math.max(1, Math.abs(x))))
    : Number.POSITIVE_INFINITY;
