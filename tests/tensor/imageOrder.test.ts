import { expect, test } from 'vitest';
import { estimate } from '../../src/lib/math/exact/vectorChannel.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { meanAndError } from '../../src/lib/tensor/recipes/diffusion/evaluate.ts';
import { imageOrder } from '../../src/lib/tensor/recipes/diffusion/imageOrder.ts';

test('every image comes once before any comes twice', () => {
  for (const [count, draws] of [
    [1, 3],
    [7, 20],
    [50, 20],
  ]) {
    const seen = new Map<number, number>();
    for (const i of imageOrder(count, draws, createRng(4))) seen.set(i, (seen.get(i) ?? 0) + 1);
    for (let i = 0; i < count; i++) {
      const times = seen.get(i) ?? 0;
      expect(times >= Math.floor(draws / count) && times <= Math.ceil(draws / count)).toBe(true);
    }
    expect([...seen.values()].reduce((a, b) => a + b)).toBe(draws);
  }
});

test('one draw does not claim to be certain', () => {
  expect(estimate([3])).toEqual({ value: 3, standardError: Number.POSITIVE_INFINITY });
  expect(meanAndError([3])).toEqual({
    mean: 3,
    standardError: Number.POSITIVE_INFINITY,
    count: 1,
  });
});

test('the standard error of a mean over images is the spread of repeated measurements, in a sorted file too', () => {
  // Ten writers, each with 200 images in a row whose errors are alike.
  const file = Array.from({ length: 2000 }, (_, i) => Math.floor(i / 200));
  const [runs, draws] = [2000, 64];
  const found = Array.from({ length: runs }, (_, seed) =>
    estimate(Array.from(imageOrder(file.length, draws, createRng(seed)), (i) => file[i])),
  );
  const mean = found.reduce((sum, { value }) => sum + value, 0) / runs;
  const spread = found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (runs - 1);
  const claimed = found.reduce((sum, { standardError: e }) => sum + e ** 2, 0) / runs;
  expect(mean).toBeCloseTo(4.5, 1);
  // 2000 runs know the spread to 3 %; drawing without putting back saves the 3 % that were seen.
  expect(claimed / spread).toBeGreaterThan(0.88);
  expect(claimed / spread).toBeLessThan(1.2);
});
