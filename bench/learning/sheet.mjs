/** A contact sheet: the first pictures of a set in a square grid, as a grey PNG. */
import { crc32, deflateSync } from 'node:zlib';
import { SIZE } from './digits.mjs';

/** `pictures` in [-1, 1], 28×28 each; `side`² of them, one pixel of grey between. Returns the file's bytes. */
export function contactSheet(pictures, side = 8, zoom = 2) {
  const cell = 28 * zoom + zoom;
  const width = side * cell + zoom;
  const grey = Buffer.alloc(width * (width + 1), 96);
  for (let y = 0; y < width; y++) grey[y * (width + 1)] = 0; // PNG: no filter on this row
  for (let n = 0; n < side * side && (n + 1) * SIZE <= pictures.length; n++)
    for (let y = 0; y < 28 * zoom; y++)
      for (let x = 0; x < 28 * zoom; x++) {
        const value =
          pictures[n * SIZE + 28 * Math.floor(y / zoom) + Math.floor(x / zoom)] * 127.5 + 127.5;
        const [row, column] = [
          Math.floor(n / side) * cell + zoom + y,
          (n % side) * cell + zoom + x,
        ];
        grey[row * (width + 1) + 1 + column] = Math.min(255, Math.max(0, Math.round(value)));
      }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 8; // bits; colour type 0: grey
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(grey)),
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
