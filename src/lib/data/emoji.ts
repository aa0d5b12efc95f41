/**
 * Emoji: 935 pictures of 16 × 16 in colour on white, in five classes; Fluent Emoji, flat style, by Microsoft (MIT licence:
 * `public/emoji/LICENSE`). One file of the site's own, made by `scripts/emoji.mjs`; this site is its only source.
 */
import { malformed } from './dataError.ts';
import { type Dataset, fromByte, type LoadOptions } from './dataset.ts';
import { fetchVerified, gunzip } from './fetchVerified.ts';
import { parseIdx } from './idx.ts';
import { ownCopies } from './ownCopies.ts';

export const EMOJI_CLASSES = ['face', 'animal', 'food', 'place', 'object'];

const SIDE = 16;
const SIZE = SIDE * SIDE * 3;
const FILE = {
  name: 'emoji-idx2-ubyte.gz',
  bytes: 240852,
  sha256: 'dc522e2e960e4a55ebfed7ff253f8ca32c166737029a34bdca27bc3695ed297b',
  rawBytes: 719027,
  rawSha256: '9c019044de70ba80ecc902ea2618efeb70f01e5472fdb485dde723d99434b6d3',
};

/** Every tenth is kept from training. */
const isTest = (i: number) => i % 10 === 9;

/**
 * 842 pictures to train on, each followed at the end of the list by its mirror image, so that a run's own shuffle of 1,684
 * decides at random which of the two comes when; 93 to test on, as they are. `count`: at most this many, before mirroring.
 */
export async function loadEmoji(options: LoadOptions = {}): Promise<Dataset> {
  const { split = 'train', baseUrl, count = Number.POSITIVE_INFINITY, ...rest } = options;
  const { bytes } = await fetchVerified(ownCopies(`emoji/${FILE.name}`, baseUrl), FILE, rest);
  const { shape, data } = parseIdx(await gunzip(bytes));
  if (shape[1] !== 1 + SIZE)
    throw malformed({
      code: 'row',
      values: { file: FILE.name, expected: 1 + SIZE, found: shape[1] },
    });
  const rows = Array.from({ length: shape[0] }, (_, i) =>
    data.subarray(i * (1 + SIZE), (i + 1) * (1 + SIZE)),
  )
    .filter((_, i) => isTest(i) === (split === 'test'))
    .slice(0, count);
  const copies = split === 'train' ? 2 : 1;
  const images = new Float32Array(copies * rows.length * SIZE);
  rows.forEach((row, n) => {
    const image = Float32Array.from(row.subarray(1), fromByte);
    images.set(image, n * SIZE);
    if (copies === 2) images.set(mirrored(image, SIDE, 3), (rows.length + n) * SIZE);
  });
  return {
    name: 'emoji',
    images,
    labels: Uint8Array.from({ length: copies * rows.length }, (_, n) => rows[n % rows.length][0]),
    count: copies * rows.length,
    height: SIDE,
    width: SIDE,
    channels: 3,
    classes: EMOJI_CLASSES.length,
  };
}

/** Left and right exchanged: an image of rows of `width` pixels of `channels` numbers. */
export function mirrored(image: Float32Array, width: number, channels: number): Float32Array {
  const out = new Float32Array(image.length);
  for (let pixel = 0; pixel < image.length / channels; pixel++) {
    const column = pixel % width;
    const from = pixel - column + (width - 1 - column);
    for (let c = 0; c < channels; c++) out[pixel * channels + c] = image[from * channels + c];
  }
  return out;
}
