/**
 * Makes public/emoji/emoji-idx2-ubyte.gz, the emoji of the book, from the drawings of their authors:
 *
 *     npm install --prefix FOLDER @iconify-json/fluent-emoji-flat@1.2.6 @resvg/resvg-js@2.6.2
 *     node scripts/emoji.mjs FOLDER
 *
 * The file is part of the repository: nobody who builds or reads the book needs these packages, so they are not among its
 * own. It is IDX, unsigned bytes, [pictures, 1 + 16·16·3]: a label, then the colours row by row, as CIFAR's files put it.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './environment.mjs';

const SIDE = 16;
/** Drawn this many times as large, then averaged: an even weight for every part of a pixel. */
const FINER = 4;
/** The categories of Unicode, in the order of the labels. Those of people, flags and signs repeat one shape too often. */
const CATEGORIES = [
  'Smileys & Emotion',
  'Animals & Nature',
  'Food & Drink',
  'Travel & Places',
  'Objects',
];

const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** A drawing on white → its bytes, row by row, red, green, blue. */
function rasterise(body, Resvg) {
  const across = SIDE * FINER;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="${across}" height="${across}">${body}</svg>`;
  const { pixels } = new Resvg(svg, { background: 'white' }).render();
  const out = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < out.length; i++) {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % SIDE, Math.floor(i / 3 / SIDE)];
    let sum = 0;
    for (let v = 0; v < FINER; v++)
      for (let u = 0; u < FINER; u++)
        sum += pixels[4 * ((FINER * y + v) * across + FINER * x + u) + c];
    out[i] = Math.round(sum / FINER ** 2);
  }
  return out;
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/emoji.mjs FOLDER (where the two packages are)');
const require = createRequire(join(resolve(folder), 'package.json'));
const { icons } = require('@iconify-json/fluent-emoji-flat/icons.json');
const { categories } = require('@iconify-json/fluent-emoji-flat/metadata.json');
const { Resvg } = require('@resvg/resvg-js');

const pictures = CATEGORIES.flatMap(
  (category, label) => categories[category].map((name) => ({ label, name })),
  // In an order that mixes the classes, and that a new version of the drawings keeps.
).sort((a, b) => (sha256(a.name) < sha256(b.name) ? -1 : 1));
const size = 1 + SIDE * SIDE * 3;
const raw = new Uint8Array(12 + pictures.length * size);
const header = new DataView(raw.buffer);
header.setUint32(0, 0x0802);
header.setUint32(4, pictures.length);
header.setUint32(8, size);
pictures.forEach(({ label, name }, i) => {
  raw.set([label, ...rasterise(icons[name].body, Resvg)], 12 + i * size);
});
const packed = gzipSync(raw, { level: 9 });
writeFileSync(join(ROOT, 'public/emoji/emoji-idx2-ubyte.gz'), packed);
console.log({
  pictures: pictures.length,
  bytes: packed.length,
  sha256: sha256(packed),
  rawBytes: raw.length,
  rawSha256: sha256(raw),
});
