/** Grey pictures as PNG. */
import { crc32, deflateSync } from 'node:zlib';

/**
 * The bytes of a file. `pixels`: width·height values in [-1, 1], row by row; what lies outside is cut off.
 * @param {4 | 8} bits levels of grey are 2^bits; with 4 the width is even.
 */
export function greyPng(pixels, width, height, bits = 8) {
  const most = 2 ** bits - 1;
  const level = (value) => Math.min(most, Math.max(0, Math.round(((value + 1) * most) / 2)));
  const row = 1 + (width * bits) / 8; // PNG: each row begins with its filter, none here
  const data = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = level(pixels[y * width + x]);
      const at = y * row + 1 + Math.floor((x * bits) / 8);
      data[at] = bits === 8 || x % 2 ? data[at] | value : value << 4;
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = bits; // colour type 0: grey
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
