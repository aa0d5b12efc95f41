import { describe, expect, it } from 'vitest';
import { crossEntropy, likeliest } from '../../src/lib/math/objectives/crossEntropy.ts';

describe('cross-entropy of a label and logits', () => {
  const logits = [0.3, -1.2, 2, 0.1, 0.7];

  it('is the surprise at the label under probabilities that sum to 1', () => {
    const probabilities = logits.map((_, label) => Math.exp(-crossEntropy(logits, label).loss));
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
    // e^l up to a common factor.
    logits.forEach((l, j) => {
      expect(probabilities[j] / probabilities[0]).toBeCloseTo(Math.exp(l - logits[0]), 12);
    });
  });

  it('of two classes is softplus of what speaks against the label', () => {
    for (const gap of [-30, -1, 0, 0.5, 30]) {
      const { loss, gradient } = crossEntropy([0.2, 0.2 + gap], 0);
      expect(loss).toBeCloseTo(
        gap > 0 ? gap + Math.log1p(Math.exp(-gap)) : Math.log1p(Math.exp(gap)),
        13,
      );
      expect(gradient[1]).toBeCloseTo(1 / (1 + Math.exp(-gap)), 14);
    }
  });

  it('has the gradient of its differences, which sums to 0', () => {
    const { gradient } = crossEntropy(logits, 3);
    const at = (j: number, by: number) =>
      crossEntropy(
        logits.map((l, k) => (k === j ? l + by : l)),
        3,
      ).loss;
    logits.forEach((_, j) => {
      expect((at(j, 1e-4) - at(j, -1e-4)) / 2e-4).toBeCloseTo(gradient[j], 8);
    });
    expect(gradient.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 15);
  });

  it('is log n for n equal logits, whatever they are, and finite for huge ones', () => {
    for (const level of [0, -1e4, 1e4, 1e300])
      expect(crossEntropy(Array(7).fill(level), 2).loss).toBeCloseTo(Math.log(7), 14);
    expect(crossEntropy([1000, 0], 1).loss).toBe(1000);
    expect([...crossEntropy([1000, 0], 1).gradient]).toEqual([1, -1]);
  });

  it('is not a number where a logit is none', () => {
    expect(crossEntropy([0, Number.NaN, 1], 0).loss).toBeNaN();
  });

  it('refuses a label that is none of the classes', () => {
    for (const label of [-1, 5, 0.5, Number.NaN])
      expect(() => crossEntropy(logits, label)).toThrow(`from 0 to 4; found ${label}`);
  });
});

it('the likeliest class is that of the largest logit, the first of equals', () => {
  expect(likeliest([-3, -1, -2])).toBe(1);
  expect(likeliest([1, 5, 5])).toBe(1);
});
