/** Which law of t an estimate of the bound scatters least by. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { estimateVariance, timeImportance } from '../../src/lib/math/objectives/timeImportance.ts';
import { expectRelative } from './helpers.ts';

const rng = createRng(8);
const T = 7;
const mean = Float64Array.from({ length: T }, () => rng.uniform() + 0.1);
const square = mean.map((m) => m * m * (1 + rng.uniform()));
const best = timeImportance(
  Array.from(square, (value) => [Math.sqrt(value)]),
  { uniform: 0 },
).probabilities;

describe('the variance of L_t/p_t', () => {
  it('is least at p ∝ √E[L²], where it is (Σ√E[L²])² − (ΣE[L])²', () => {
    const least = estimateVariance({ mean, square }, best);
    const roots = square.reduce((sum, value) => sum + Math.sqrt(value), 0);
    expectRelative(least, roots ** 2 - mean.reduce((a, b) => a + b) ** 2, 1e-12);
    for (let n = 0; n < 50; n++) {
      const other = best.map((p) => p * (0.7 + 0.6 * rng.uniform()));
      const total = other.reduce((a, b) => a + b);
      const law = other.map((p) => p / total);
      expect(estimateVariance({ mean, square }, law)).toBeGreaterThan(least);
    }
  });

  it('is that of draws, for any law: two values a term', () => {
    // L_t is 0 or twice its mean, as likely: E[L²] = 2 mean².
    const law = timeImportance(Array.from(mean, (m, i) => [m * (1 + i)])).probabilities;
    const moments = { mean, square: mean.map((m) => 2 * m * m) };
    const n = 40_000;
    const values = Array.from({ length: n }, () => {
      let [u, t] = [rng.uniform(), 0];
      while (t < T - 1 && u >= law[t]) u -= law[t++];
      return (rng.uniform() < 0.5 ? 0 : 2 * mean[t]) / law[t];
    });
    const average = values.reduce((a, b) => a + b) / n;
    const spread = values.reduce((sum, v) => sum + (v - average) ** 2, 0) / (n - 1);
    const expected = estimateVariance(moments, law);
    expect(Math.abs(average - mean.reduce((a, b) => a + b))).toBeLessThan(
      5 * Math.sqrt(expected / n),
    );
    // The spread of a spread: a few per cent at 40,000 draws of bounded values.
    expectRelative(spread, expected, 0.1);
  });

  it('counts no time whose loss is always 0', () => {
    const none = { mean: Float64Array.of(0, 1), square: Float64Array.of(0, 1) };
    expect(estimateVariance(none, [0, 1])).toBe(0);
  });
});
