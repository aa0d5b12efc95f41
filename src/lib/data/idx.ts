/**
 * The IDX format of MNIST: two zero bytes, a type code, the number of dimensions, then each dimension as a big-endian
 * uint32, then the values. Only unsigned bytes (type 0x08) occur here. Source: Y. LeCun, C. Cortes, C. Burges, MNIST.
 */
import { malformed } from './dataError.ts';

export interface Idx {
  shape: number[];
  /** product(shape) values; a view of the bytes given. */
  data: Uint8Array<ArrayBuffer>;
}

const UNSIGNED_BYTE = 0x08;

/** Parses unsigned-byte IDX. Throws DataError 'malformed' when the header is wrong or the length does not fit it. */
export function parseIdx(bytes: Uint8Array<ArrayBuffer>): Idx {
  if (bytes.length < 4)
    throw malformed({ code: 'header', values: { expected: 4, found: bytes.length } });
  const [zeroA, zeroB, type, rank] = bytes;
  if (zeroA !== 0 || zeroB !== 0) {
    const hex = [...bytes.subarray(0, 4)].map((b) => b.toString(16).padStart(2, '0')).join(' ');
    throw malformed({ code: 'start', values: { found: hex } });
  }
  if (type !== UNSIGNED_BYTE) {
    throw malformed({
      code: 'type',
      values: { found: type.toString(16).padStart(2, '0') },
    });
  }
  if (rank < 1 || rank > 4) throw malformed({ code: 'rank', values: { found: rank } });
  const start = 4 + 4 * rank;
  if (bytes.length < start)
    throw malformed({ code: 'header', values: { expected: start, found: bytes.length } });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, k) => view.getUint32(4 + 4 * k));
  const size = shape.reduce((product, n) => product * n, 1); // at most 2^128: huge headers stay huge in a double
  if (bytes.length !== start + size) {
    throw malformed({
      code: 'length',
      values: { shape, expected: start + size, found: bytes.length },
    });
  }
  return { shape, data: bytes.subarray(start) };
}
