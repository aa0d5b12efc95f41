import { deflateSync } from 'node:zlib';
import { crc32 } from '../lib/checkpoint/crc32.ts';

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
/** Grey levels of a picture: four bits a pixel are enough for noise and handwriting. */
const LEVELS = 16;

/**
 * A picture of `values` (row by row; −1 black, 1 white, outside clipped) as a PNG file of 16 greys, in a data address.
 * Chunks as in the PNG specification: IHDR, IDAT, IEND, each with its length and checksum.
 */
export function greyPng(values: ArrayLike<number>, width: number, height: number): string {
  const stride = 1 + Math.ceil(width / 2);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = Math.max(-1, Math.min(1, values[y * width + x]));
      const grey = Math.min(LEVELS - 1, Math.floor(((value + 1) / 2) * LEVELS));
      // Two pixels a byte, the left one high; the first byte of a row, 0, says "no filter".
      rows[y * stride + 1 + (x >> 1)] |= x % 2 === 0 ? grey << 4 : grey;
    }
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, 4);
  const file = Buffer.concat([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', new Uint8Array(head.buffer)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
  return `data:image/png;base64,${file.toString('base64')}`;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(new Uint8Array(body)), body.length + 4);
  return framed;
}
