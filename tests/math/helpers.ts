import { expect } from 'vitest';

/** |actual − expected| ≤ tolerance·|expected|. */
export function expectRelative(actual: number, expected: number, tolerance: number): void {
  expect(Number.isFinite(actual), `${actual} is not finite`).toBe(true);
  const error = Math.abs(actual - expected) / Math.abs(expected);
  expect(error, `found ${actual}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** |actual − expected| ≤ tolerance. */
export function expectAbsolute(actual: number, expected: number, tolerance: number): void {
  const error = Math.abs(actual - expected);
  expect(error, `found ${actual}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** Agrees to every digit printed: half a unit in the last place (a hair more, for exact halves). */
export function expectDigits(actual: number, printed: string): void {
  const [mantissa, exponent = '0'] = printed.toLowerCase().split('e');
  const decimals = (mantissa.split('.')[1] ?? '').length;
  const unit = 10 ** (Number(exponent) - decimals);
  expectAbsolute(actual, Number(printed), unit * 0.5 * (1 + 1e-6));
}

export const D16 = Array.from({ length: 16 }, (_, code) =>
  [0, 1, 2, 3].map((bit) => ((code >> bit) & 1 ? 1 : -1)),
);
export const D2 = [
  [1, -1, -1, 1],
  [-1, 1, 1, -1],
];

/** Entry by entry, |actual − expected| ≤ tolerance·(1 + |expected|). */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expectAbsolute(actual[i], expected[i], tolerance * (1 + Math.abs(expected[i])));
  }
}
