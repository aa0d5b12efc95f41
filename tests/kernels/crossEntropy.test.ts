/** The cross-entropy of classes alone, in Node: against its definition in float64, whose gradient is that of finite differences. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { bench, difference } from './support.ts';

function crossEntropy(logits: ArrayLike<number>, label: number) {
  const all = Array.from(logits);
  const most = Math.max(...all);
  const total = all.reduce((sum, l) => sum + Math.exp(l - most), 0);
  const gradient = Float64Array.from(
    all,
    (l, j) => Math.exp(l - most) / total - (j === label ? 1 : 0),
  );
  return { loss: Math.log(total) + most - all[label], gradient };
}

it('the definition has the gradient of finite differences', () => {
  const logits = [0.3, -1.2, 2, 0.1, 0.7];
  const { gradient } = crossEntropy(logits, 3);
  const value = (at: number, by: number) =>
    crossEntropy(
      logits.map((l, j) => (j === at ? l + by : l)),
      3,
    ).loss;
  logits.forEach((_, j) => {
    expect(Math.abs((value(j, 1e-4) - value(j, -1e-4)) / 2e-4 - gradient[j])).toBeLessThan(1e-8);
  });
});

describe.each(['simd', 'relaxed'] as const)('%s cross-entropy', (kind) => {
  it.each([1, 2, 4, 5, 10, 11, 100])('of %i classes', (n) => {
    const { kernels, take, put, get, intact } = bench(kind);
    const rng = createRng(n);
    const fill = Math.ceil(n / 4) * 4;
    for (const spread of [0.1, 1, 30]) {
      const logits = rng.fillNormal(new Float32Array(n)).map((l) => 5 + spread * l);
      const [p, d] = [put(logits), take(fill)];
      for (const label of new Set([0, n >> 1, n - 1])) {
        const { loss, gradient } = crossEntropy(logits, label);
        const found = kernels.cross_entropy(p, label, d, n, fill, 0.25);
        // Logits of up to about 100 are subtracted; the sum of exponentials has a few units of 6e-8.
        expect(Math.abs(found - loss)).toBeLessThan(4e-7 * Math.max(1, loss));
        const row = get(d, fill);
        row.slice(0, n).forEach((v, j) => {
          expect(Math.abs(4 * v - gradient[j])).toBeLessThan(4e-7);
        });
        for (let j = n; j < fill; j++) expect(row[j]).toBe(0);
      }
    }
    expect(intact()).toBe(true);
  });

  it('takes logarithms to about one unit in the last place', () => {
    const { kernels, take, put } = bench(kind);
    const [p, d] = [put(new Float32Array(4096)), take(4096)];
    for (let n = 2; n <= 4096; n++) {
      const found = kernels.cross_entropy(p, 0, d, n, n, 1);
      expect(Math.abs(found - Math.log(n))).toBeLessThan(1e-7 * Math.log(n));
    }
  });

  it('writes no further than it is told, and keeps small losses', () => {
    const { kernels, take, put, get, intact } = bench(kind);
    const d = take(3);
    const logits = Float32Array.from([9, 0, -2]);
    const expected = crossEntropy(logits, 0);
    const found = kernels.cross_entropy(put(logits), 0, d, 3, 3, 1);
    // The sum 1 + 1.4e-4 and the share 1 − 1.4e-4 are rounded to 24 binary digits: 6e-8, which is 4e-4 of 1.4e-4.
    expect(Math.abs(found - expected.loss)).toBeLessThan(6e-8);
    expect(difference(get(d, 3), expected.gradient)).toBeLessThan(1e-3);
    expect(intact()).toBe(true);
  });

  it('is not a number where a logit is none', () => {
    const { kernels, take, put } = bench(kind);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const p = put([0, 1, bad, 2, 3]);
      expect(kernels.cross_entropy(p, 0, take(8), 5, 8, 1)).toBeNaN();
    }
  });
});
