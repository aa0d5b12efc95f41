/** MNIST as the bench needs it: read from public/data, scaled to [-1, 1]. Run from the repository's root. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseIdx } from '../../src/lib/data/idx.ts';

/** Numbers of one image. */
export const SIZE = 784;

const idxOf = (name) => parseIdx(gunzipSync(readFileSync(`public/data/mnist/${name}.gz`)));
const pixels = (name) => Float32Array.from(idxOf(name).data, (v) => v / 127.5 - 1);

/** The 60,000 training digits as a Dataset without labels. */
export const trainingDigits = () => digits('train', null);

/** All digits of a split, each with what it is. */
export function labelledDigits(split) {
  const part = split === 'train' ? 'train' : 't10k';
  return digits(part, idxOf(`${part}-labels-idx1-ubyte`).data);
}

function digits(part, labels) {
  const images = pixels(`${part}-images-idx3-ubyte`);
  return {
    name: 'mnist',
    images,
    labels,
    count: images.length / SIZE,
    height: 28,
    width: 28,
    channels: 1,
    classes: 10,
  };
}

/** The middle `side`×`side` pixels of every image. MNIST's digits are at most 20×20, centred by mass. */
export function cropped(dataset, side) {
  const { count, height, width, images } = dataset;
  const [top, left] = [(height - side) >> 1, (width - side) >> 1];
  const middle = new Float32Array(count * side * side);
  for (let n = 0; n < count; n++)
    for (let y = 0; y < side; y++) {
      const row = (n * height + top + y) * width + left;
      middle.set(images.subarray(row, row + side), (n * side + y) * side);
    }
  return { ...dataset, images: middle, height: side, width: side };
}

/**
 * The 10,000 test digits, which no network of the bench has trained on, in two parts. Every tenth is `held` (at most
 * `count`), the other 9,000 are the `reference`: the first 5,000 test digits are easier than the last, so neither part
 * may be a run of neighbours.
 */
export function testDigits(count) {
  const images = pixels('t10k-images-idx3-ubyte');
  const held = [];
  const reference = [];
  for (let n = 0; n < images.length / SIZE; n++)
    (n % 10 === 0 ? held : reference).push(images.subarray(n * SIZE, (n + 1) * SIZE));
  return { held: join(held.slice(0, count)), reference: join(reference) };
}

function join(parts) {
  const all = new Float32Array(parts.length * SIZE);
  for (const [i, part] of parts.entries()) all.set(part, i * SIZE);
  return all;
}
