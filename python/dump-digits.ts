/**
 * Writes the drawn digits as IDX files that the PyTorch twin reads.
 *
 *     node python/dump-digits.ts DIR [count] [seed]     ->  DIR/digits/{train,t10k}-{images,labels}-idx*-ubyte, source.json
 *
 * The test files hold a quarter as many, drawn from the next seed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawnDigits } from '../src/lib/data/digits.ts';

/** IDX: two zero bytes, 0x08 (unsigned byte), the rank, then big-endian sizes and the values. */
function idx(shape: number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + shape.length);
  shape.forEach((size, axis) => {
    view.setUint32(4 + 4 * axis, size);
  });
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

const [directory, count = '20000', seed = '1'] = process.argv.slice(2);
if (!directory) throw new Error('usage: node python/dump-digits.ts DIR [count] [seed]');
const folder = join(directory, 'digits');
mkdirSync(folder, { recursive: true });

function write(split: 'train' | 't10k', size: number, from: number): void {
  const { images, labels, height, width } = drawnDigits({ count: size, seed: from });
  if (!labels) throw new Error('drawn digits came without labels');
  // [-1, 1] -> 0..255, the range of the MNIST files.
  const pixels = Uint8Array.from(images, (value) => Math.round((value + 1) * 127.5));
  writeFileSync(join(folder, `${split}-images-idx3-ubyte`), idx([size, height, width], pixels));
  writeFileSync(join(folder, `${split}-labels-idx1-ubyte`), idx([size], labels));
}

write('train', Number(count), Number(seed));
write('t10k', Math.ceil(Number(count) / 4), Number(seed) + 1);
// The training record quotes this file: it says where the images came from.
const source = {
  command: `node python/dump-digits.ts ${directory} ${count} ${seed}`,
  count: Number(count),
};
writeFileSync(join(folder, 'source.json'), `${JSON.stringify(source)}\n`);
console.log(`${count} drawn digits of seed ${seed} in ${folder}`);
