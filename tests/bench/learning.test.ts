import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cropped } from '../../bench/learning/digits.mjs';
import { contactSheet } from '../../bench/learning/sheet.mjs';
import { summarise } from '../../bench/learning/table.mjs';
import { DECAYS } from '../../bench/learning/train.mjs';

describe('bench of the learning', () => {
  it('puts rows of one variant together, with half their range', () => {
    const row = (variant: string, seed: number, readable: number) => ({
      variant,
      seed,
      readable,
      budget: 1,
      samples: 10,
      steps: 5,
      batch: 16,
      sure: 0.5,
      frechet: 100 * readable,
    });
    const table = summarise([row('a', 1, 0.25), row('b', 1, 0.75), row('a', 2, 0.5)]);
    expect(table.map((line) => line.variant)).toEqual(['b', 'a']);
    expect(table[1].seeds).toEqual([1, 2]);
    expect(table[1].readable).toEqual({ mean: 0.375, half: 0.125, count: 2 });
    expect(table[1].frechet).toEqual({ mean: 37.5, half: 12.5, count: 2 });
  });

  it('crops the middle of every image', () => {
    const images = Float32Array.from({ length: 32 }, (_, i) => i);
    const dataset = { images, count: 2, height: 4, width: 4 };
    const middle = cropped(dataset as never, 2);
    expect([...middle.images]).toEqual([5, 6, 9, 10, 21, 22, 25, 26]);
    expect([middle.height, middle.width]).toEqual([2, 2]);
  });

  it('draws a contact sheet that is a grey PNG of the pictures', () => {
    const pictures = new Float32Array(2 * 784).fill(-1);
    pictures[784 + 28 * 3 + 2] = 1; // second picture, row 3, column 2
    const png = contactSheet(pictures, 2, 1);
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    const width = png.readUInt32BE(16);
    expect([width, png.readUInt32BE(20), png[24], png[25]]).toEqual([59, 59, 8, 0]);
    const length = png.readUInt32BE(33);
    expect(png.toString('ascii', 37, 41)).toBe('IDAT');
    const grey = inflateSync(png.subarray(41, 41 + length));
    const at = (y: number, x: number) => grey[y * (width + 1) + 1 + x];
    expect(at(1 + 3, 1 + 29 + 2)).toBe(255);
    expect(at(1 + 3, 1 + 29 + 3)).toBe(0);
    expect(at(0, 0)).toBe(96);
  });

  it('lets the rate fall as named', () => {
    expect(DECAYS.hold(0.9)).toBe(1);
    expect(DECAYS.linear(0.25)).toBe(0.75);
    expect(DECAYS.cosine(1)).toBeCloseTo(0, 12);
    expect(DECAYS.tail(0.5)).toBe(1);
    expect(DECAYS.tail(1)).toBeCloseTo(0.1, 6);
  });
});
