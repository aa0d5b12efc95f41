/** Draws of images whose pixels should be −1 or 1, held against the list of images that they should come from. */

export interface BinaryDraws {
  /** Share of draws whose signs are those of no image of the list, and its standard error. */
  readonly outside: number;
  readonly standardError: number;
  /** Root of the mean squared distance of a pixel from the nearer of −1 and 1. */
  readonly greyness: number;
}

const signsOf = (image: ArrayLike<number>) =>
  Array.from(image, (v) => (v > 0 ? '+' : '-')).join('');

/**
 * @param draws images one after another. @param data the list; each of them −1 and 1.
 * @throws RangeError for draws that are no whole number of images.
 */
export function judgeBinary(
  draws: ArrayLike<number>,
  data: readonly ArrayLike<number>[],
): BinaryDraws {
  const size = data[0].length;
  const count = draws.length / size;
  if (!(count >= 1 && Number.isInteger(count)))
    throw new RangeError(
      `Draws: expected images of ${size} numbers each, at least one; found ${draws.length} numbers. Give whole images.`,
    );
  const known = new Set(data.map(signsOf));
  let [outside, squares] = [0, 0];
  for (let i = 0; i < count; i++) {
    const image = Array.from({ length: size }, (_, k) => draws[i * size + k]);
    if (!known.has(signsOf(image))) outside++;
    for (const value of image) squares += (Math.abs(value) - 1) ** 2;
  }
  const share = outside / count;
  return {
    outside: share,
    standardError: Math.sqrt((share * (1 - share)) / count),
    greyness: Math.sqrt(squares / draws.length),
  };
}
