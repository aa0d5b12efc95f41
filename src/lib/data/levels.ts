import { levelsOf } from '../math/bound/decoder.ts';

/**
 * Grey levels of the data, ascending: 2 for black and white, 256 for bytes. Looks at the first two million numbers.
 * @throws RangeError for more than 256 levels.
 */
export function dataLevels(images: Float32Array): number[] {
  const sample = images.subarray(0, Math.min(images.length, 2_000_000));
  const found = levelsOf([sample]);
  if (found.length > 256)
    throw new RangeError(
      'Bits per dimension need images with at most 256 grey levels; these have more. Measure images of black and white, or of bytes.',
    );
  return found;
}
