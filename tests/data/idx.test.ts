import { describe, expect, it } from 'vitest';
import { parseIdx } from '../../src/lib/data/idx.ts';
import { DataError } from '../../src/lib/data/index.ts';
import { saidOf } from '../said.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const labels = bytes(0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1);

describe('IDX', () => {
  it('reads shapes and values', () => {
    expect(parseIdx(labels)).toEqual({ shape: [3], data: bytes(7, 2, 1) });
    const images = bytes(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);
    expect(parseIdx(images)).toEqual({ shape: [2, 1, 3], data: bytes(1, 2, 3, 4, 5, 6) });
  });

  it('reads a view inside a larger buffer', () => {
    const wide = new Uint8Array(20);
    wide.set(labels, 5);
    expect([...parseIdx(wide.subarray(5, 5 + labels.length)).data]).toEqual([7, 2, 1]);
  });

  it.each([
    ['nothing', bytes(), /header of 4 bytes, found 0/],
    ['gzip', bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), /begins with 1f 8b 08 00/],
    ['a web page', new TextEncoder().encode('<!doctype html>'), /begins with 3c 21/],
    [
      'floats',
      bytes(0, 0, 0x0d, 1, 0, 0, 0, 1, 0, 0, 0, 0),
      /type 0x08 \(unsigned byte\), found 0x0d/,
    ],
    ['no dimension', bytes(0, 0, 8, 0), /1 to 4 dimensions, found 0/],
    ['too many dimensions', bytes(0, 0, 8, 9), /found 9/],
    ['a cut header', bytes(0, 0, 8, 3, 0, 0, 0, 2), /header of 16 bytes, found 8/],
    [
      'huge sizes',
      bytes(0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255, 1),
      /4294967295 × 4294967295/,
    ],
  ])('refuses %s', (_, input, message) => {
    expect(saidOf(() => parseIdx(input))).toMatch(message);
    expect(() => parseIdx(input)).toThrow(DataError);
  });

  it('refuses any truncation and any surplus', () => {
    for (let length = 0; length < labels.length; length++) {
      expect(saidOf(() => parseIdx(labels.slice(0, length)))).toMatch(/not a complete IDX file/);
    }
    expect(saidOf(() => parseIdx(bytes(...labels, 0)))).toMatch(
      /promises 3 values \(11 bytes in all\), but there are 12/,
    );
  });
});
