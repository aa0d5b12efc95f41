/** The smoothed loss: one estimator, by its laws. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import {
  createRunningMean,
  meanWindow,
  movedMean,
} from '../../src/lib/math/numerics/runningMean.ts';

const steps = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const along = (losses: number[], at = steps(losses.length)) => {
  const mean = createRunningMean();
  return losses.map((loss, i) => {
    mean.add(at[i], loss);
    return mean.value;
  });
};

describe('the running mean of a loss', () => {
  it('is the plain mean over its window, which grows with the run', () => {
    const rng = createRng(3);
    const losses = Array.from({ length: 30_000 }, () => rng.uniform());
    const means = along(losses);
    for (const n of [1, 2, 7, 8, 9, 33, 100, 399, 400, 401, 1000, 1001, 2777, 29_999]) {
      const window = losses.slice(n - meanWindow(n), n);
      const mean = window.reduce((a, b) => a + b, 0) / window.length;
      expect(means[n - 1], `${n}`).toBeCloseTo(mean, 12);
    }
    expect([1, 5, 8, 20, 40, 200, 400, 1000, 4000, 100_000].map(meanWindow)).toEqual([
      1, 5, 8, 8, 10, 50, 100, 100, 400, 10_000,
    ]);
  });

  it('keeps a constant', () => {
    for (const mean of along(new Array(500).fill(0.25))) expect(mean).toBe(0.25);
  });

  it('forgets a plunge a third of its length after its end; later after 100 steps, or a ninth of it', () => {
    for (const end of [10, 60, 150, 700, 5000]) {
      const losses = steps(end + 800).map((n) => (n <= end ? 1 : 0));
      const later = Math.max(8, Math.min(100, Math.ceil(end / 3)), Math.ceil(end / 9));
      const means = along(losses);
      expect(means[end + later - 1], `${end}`).toBe(0);
      expect(means[end], `${end}`).toBeGreaterThan(0);
    }
  });

  it('lies between the least and the greatest of its losses', () => {
    const rng = createRng(4);
    const losses = Array.from({ length: 300 }, () => rng.uniform());
    for (const mean of along(losses)) {
      expect(mean).toBeGreaterThan(0);
      expect(mean).toBeLessThan(1);
    }
  });

  it('averages what is left of a thinned history, over the same steps', () => {
    const kept = steps(1000).filter((n) => n % 8 === 0);
    const losses = kept.map((n) => (n > 900 ? 2 : 50));
    expect(along(losses, kept).at(-1)).toBe(2);
    expect(createRunningMean().value).toBeNaN();
  });
});

describe('the mean that needs no past', () => {
  const moved = (losses: number[]) =>
    losses.reduce((mean, x, i) => movedMean(mean, x, i + 1), Number.NaN);

  it('keeps a constant, and is the plain mean of the first eight', () => {
    expect(moved(new Array(300).fill(0.5))).toBeCloseTo(0.5, 12);
    expect(moved([1, 2, 3, 4, 5, 6, 7, 8])).toBeCloseTo(4.5, 12);
  });

  it('has forgotten all but a thousandth of a plunge when the run is six times as long', () => {
    for (const end of [40, 100, 300]) {
      const losses = steps(6 * end).map((n) => (n <= end ? 1 : 0));
      expect(moved(losses)).toBeLessThan(1.5e-3);
    }
  });
});
