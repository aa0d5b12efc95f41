/**
 * Images of 2 × 2 pixels: small enough that every distribution over them can be written down and every expectation
 * summed exactly. Pixels are ±1, read left to right, top to bottom.
 */
import type { Dataset } from './dataset.ts';

const PIXELS = 4;

function fromRows(name: string, rows: readonly (readonly number[])[]): Dataset {
  return {
    name,
    images: Float32Array.from(rows.flat()),
    labels: null,
    count: rows.length,
    height: 2,
    width: 2,
    channels: 1,
    classes: 0,
  };
}

/** Image k of the sixteen: the binary digits of k, most significant first; 1 is ink. */
function binaryImage(k: number): number[] {
  return Array.from({ length: PIXELS }, (_, j) => ((k >> (PIXELS - 1 - j)) & 1 ? 1 : -1));
}

const SIXTEEN = Array.from({ length: 16 }, (_, k) => binaryImage(k));

/** All 16 binary images: four independent fair coins. */
export function all16(): Dataset {
  return fromRows('all16', SIXTEEN);
}

/** Two images {a, −a} with a = (1, −1, −1, 1): one fair coin. */
export function two(): Dataset {
  const a = [1, -1, -1, 1];
  return fromRows('two', [a, a.map((pixel) => -pixel)]);
}

/** Bars and stripes: the six images whose rows are constant or whose columns are constant. */
export function bars(): Dataset {
  const isBar = ([a, b, c, d]: number[]) => (a === b && c === d) || (a === c && b === d);
  return fromRows('bars', SIXTEEN.filter(isBar));
}

/**
 * The reader's own images, four numbers in [-1, 1] each, equally likely; an image drawn twice is twice as likely.
 * Throws RangeError when there is none or one is malformed.
 */
export function drawn(images: readonly (readonly number[])[]): Dataset {
  if (images.length === 0) {
    throw new RangeError('There is no drawn image yet. Draw at least one 2 × 2 image first.');
  }
  images.forEach((image, i) => {
    if (image.length !== PIXELS || !image.every((v) => v >= -1 && v <= 1)) {
      throw new RangeError(
        `Drawn image ${i + 1} should be four numbers from -1 to 1, but is [${image.join(', ')}]. Clear it and draw it again.`,
      );
    }
  });
  return fromRows('drawn', images);
}
