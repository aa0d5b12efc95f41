import { describe, expect, it } from 'vitest';
import { subscripts } from '../../src/components/prose/subscripts.ts';
import { type CorrectionValue, correctionValues } from '../../src/lib/math/mistakes/corrections.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { printMeasured } from '../../src/lib/words/printNumber.ts';

const number = ({ value }: CorrectionValue) => value as number;

describe('row 6: who keeps the shares', () => {
  it('only equally likely images do: seven in ten become what one integral says', () => {
    const last = correctionValues(6).at(-1)!;
    // x_2 ~ N(0, I); along a/2 the two images stand at ±2√ᾱ, and a perfect chain draws from q(x_0|x_2).
    const [alphaBar, step] = [0.72, 1e-3];
    let share = 0;
    for (let u = -9; u <= 9; u += step) {
      const odds = (0.3 / 0.7) * Math.exp((-4 * Math.sqrt(alphaBar) * u) / (1 - alphaBar));
      share += (step * Math.exp((-u * u) / 2)) / Math.sqrt(2 * Math.PI) / (1 + odds);
    }
    expect(number(last)).toBeCloseTo(share, 7);
    expect(share).toBeLessThan(0.6);
  });
});

describe('row 30: a raw time in a linear layer', () => {
  const [small, smallBound, large, largeBound] = correctionValues(30);
  it.each([
    [1, small, smallBound],
    [1000, large, largeBound],
  ])(
    'at t = %d the mean lies below its bound, and where another simulation finds it',
    (t, mean, bound) => {
      expect(number(mean) + 5 * mean.standardError!).toBeLessThan(number(bound));
      // The same network written out: w, b ~ U(±1) at fan-in 1, then U(±1/4) at fan-in 16.
      const rng = createRng('another');
      const uniform = (r: number) => r * (2 * rng.uniform() - 1);
      const n = 5000;
      let [sum, square] = [0, 0];
      for (let i = 0; i < n; i++) {
        const hidden = Array.from({ length: 16 }, () => Math.max(0, uniform(1) * t + uniform(1)));
        const out = Array.from({ length: 16 }, () =>
          hidden.reduce((s, h) => s + uniform(0.25) * h, uniform(0.25)),
        );
        const centre = out.reduce((a, b) => a + b) / 16;
        const std = Math.sqrt(out.reduce((s, v) => s + (v - centre) ** 2, 0) / 15);
        sum += std;
        square += std * std;
      }
      const error = Math.sqrt((square / n - (sum / n) ** 2) / n);
      expect(Math.abs(sum / n - number(mean))).toBeLessThan(
        5 * Math.hypot(error, mean.standardError!),
      );
    },
  );
  it('is about 0.350 at t = 1', () => expect(number(small)).toBeCloseTo(0.35, 2));
});

describe('rows with averages over draws', () => {
  it.each([30, 54])('row %i says how far each may be off', (row) => {
    const drawn = correctionValues(row).filter(({ label }) => label.startsWith('mean'));
    expect(drawn.length).toBeGreaterThan(1);
    for (const { standardError, label } of drawn) expect(standardError, label).toBeGreaterThan(0);
  });
  it('prints no digit below the error', () => {
    expect(printMeasured(0.34988, 0.000678)).toBe('0.3499 ± 0.0007');
    expect(printMeasured(3.42506, 0.0171)).toBe('3.43 ± 0.02');
    expect(printMeasured(225.27, 0.44)).toBe('225.3 ± 0.4');
    expect(printMeasured(0.5, 0.00096)).toBe('0.500 ± 0.001');
    expect(printMeasured(1234, 60)).toBe('1234 ± 60');
    expect(printMeasured(-2.04, 0.3)).toBe('−2.0 ± 0.3');
  });
});

describe('words with subscripts', () => {
  const text = (source: string) =>
    subscripts(source)
      .map((piece) => (piece.low ? `[${piece.text}]` : piece.text))
      .join('');
  it('keeps braces of sets, and takes those of subscripts', () => {
    expect(text('{a, −a}, one known pixel')).toBe('{a, −a}, one known pixel');
    expect(text('p(x_{t−1} | x_t) of {±1}⁴')).toBe('p(x[t−1] | x[t]) of {±1}⁴');
    expect(text('SNR_T')).toBe('SNR[T]');
  });
  it('keeps every other character of every label', () => {
    for (const row of [3, 6, 23, 41, 55])
      for (const { label } of correctionValues(row)) {
        const bare = label.replace(/_\{([^}]*)\}|_(\w)/g, '$1$2');
        expect(
          subscripts(label)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(bare);
      }
  });
});
