import { expect, it } from 'vitest';
import { toyData } from '../../src/lib/data/toyData.ts';
import { judgeBinary } from '../../src/lib/math/judge/binaryDraws.ts';

const { data } = toyData('bars');

it('counts what is in the list by its signs, and how grey the pixels are', () => {
  const inside = [0.5, 0.5, -1, -1];
  const outside = [1, -1, -1, 1];
  const found = judgeBinary([...inside, ...inside, ...inside, ...outside], data);
  expect(found.outside).toBe(0.25);
  expect(found.standardError).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 4), 15);
  // Six of sixteen pixels are half a unit off.
  expect(found.greyness).toBeCloseTo(Math.sqrt((6 * 0.25) / 16), 15);
});

it('finds nothing wrong with the images themselves', () => {
  expect(judgeBinary(data.flat(), data)).toEqual({ outside: 0, standardError: 0, greyness: 0 });
});

it('refuses half an image, and none', () => {
  expect(() => judgeBinary([1, 1, 1, 1, 1], data)).toThrow(/5 numbers/);
  expect(() => judgeBinary([], data)).toThrow(/0 numbers/);
});
