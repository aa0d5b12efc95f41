import { describe, expect, it } from 'vitest';
import {
  histogramBins,
  moments,
  normalDensity,
  sampled,
  series,
  thinned,
} from '../../src/lib/math/numerics/curves.ts';
import { nearest } from '../../src/lib/plots/common/common.ts';

describe('numbers behind plots', () => {
  it('thins long ranges and keeps both ends, strictly rising', () => {
    for (const [first, last] of [
      [0, 1000],
      [1, 100_000],
      [3, 3],
      [0, 239],
    ]) {
      const kept = thinned(first, last);
      expect(kept[0]).toBe(first);
      expect(kept.at(-1)).toBe(last);
      expect(kept.length).toBe(Math.min(240, last - first + 1));
      for (let i = 1; i < kept.length; i++) expect(kept[i]).toBeGreaterThan(kept[i - 1]);
    }
  });

  it('drops what is not finite from a series', () => {
    expect(series([Number.POSITIVE_INFINITY, 9, 2])).toEqual([
      { x: 1, y: 9 },
      { x: 2, y: 2 },
    ]);
  });

  it('gives a histogram of area 1 less the share outside', () => {
    const bins = histogramBins([-5, 0, 0.1, 1, 2], [-1, 1], 4);
    const area = bins.reduce((sum, b) => sum + b.density * (b.x2 - b.x1), 0);
    expect(area).toBeCloseTo(3 / 5, 12);
    expect(bins[3].density).toBeGreaterThan(0); // the right end belongs to the last bar
  });

  it('integrates the normal density to 1, with its mean and variance', () => {
    const [mean, variance] = [0.3, 0.28];
    const points = sampled((x) => normalDensity(x, mean, variance), [-8, 8], 4001);
    const step = points[1].x - points[0].x;
    const integral = (f: (x: number) => number) =>
      points.reduce((sum, { x, y }) => sum + f(x) * y * step, 0);
    expect(integral(() => 1)).toBeCloseTo(1, 9);
    expect(integral((x) => x)).toBeCloseTo(mean, 9);
    expect(integral((x) => (x - mean) ** 2)).toBeCloseTo(variance, 9);
  });

  it('measures mean and variance', () => {
    expect(moments([1, 3])).toEqual({ mean: 2, variance: 1 });
  });

  it('finds the nearest point, and none beyond the curve', () => {
    const points = [0, 1, 2, 3].map((x) => ({ x, y: x * x }));
    expect(nearest(points, 1.6)).toEqual({ x: 2, y: 4 });
    expect(nearest(points, 0.2)).toEqual({ x: 0, y: 0 });
    expect(nearest(points, 9)).toBeUndefined();
    expect(nearest([], 0)).toBeUndefined();
  });
});
