import { describe, expect, it } from 'vitest';
import {
  areaUnder,
  DEVIATIONS,
  heightOf,
  MEANS,
  shareWithin,
} from '../../src/lib/plots/markov-chain/bell.ts';
import { commonTop, pixelHistogram } from '../../src/lib/plots/markov-chain/chain.ts';

describe('a bell', () => {
  it('has area 1, whatever its mean and width', () => {
    for (const mean of MEANS)
      for (const deviation of [...DEVIATIONS, 1])
        expect(areaUnder(mean, deviation)).toBeCloseTo(1, 12);
  });
  it('has a height that follows from its width, and back', () => {
    expect(heightOf(1)).toBeCloseTo(0.3989422804014327, 14); // 1/√(2π), Abramowitz & Stegun table 26.1
    expect(heightOf(2) / heightOf(1)).toBeCloseTo(0.5, 14);
    for (const deviation of DEVIATIONS)
      expect(heightOf(heightOf(deviation))).toBeCloseTo(deviation, 12);
  });
  it('holds 68.27 % within one standard deviation and 95.45 % within two', () => {
    expect(shareWithin(1)).toBeCloseTo(0.6826894921, 9);
    expect(shareWithin(2)).toBeCloseTo(0.9544997361, 9);
  });
});

describe('histograms that are to be compared', () => {
  const x0 = Float64Array.from({ length: 100 }, (_, i) => (i < 80 ? -1 : 1));
  const narrow = { values: x0, x0, scale: 0.9, variance: 0.2 };
  const wide = { values: x0.map((x, i) => x + i / 40), x0, scale: 0.9, variance: 0.2 };
  it('stand on one scale that holds all their bars', () => {
    const top = commonTop([narrow, wide]);
    const domains = [narrow, wide].map(
      (h) => pixelHistogram({ ...h, top, axes: { value: 'value', density: 'density' } }).y.domain,
    );
    expect(domains[0]).toEqual([0, top]);
    expect(domains[1]).toEqual(domains[0]);
    // 80 of 100 values in a bin of width 0.2: density 4.
    expect(top).toBeGreaterThanOrEqual(4);
    expect(top).toBeLessThan(4.5);
  });
});
