import { describe, expect, it } from 'vitest';
import { extended, type Stroke, strokesCodec } from '../../src/components/controls/strokes.ts';
import { KNOTS, pushed } from '../../src/components/widgets/any-step/schedules/schedulesState.ts';
import { isClose, parseGuess } from '../../src/components/widgets/predict/predictAnswer.ts';
import { fixed, printNumber, printTick } from '../../src/lib/words/printNumber.ts';

describe('guesses', () => {
  it.each([
    ['0.28', 0.28],
    ['0,28', 0.28],
    [' 4e-5 ', 4e-5],
    ['4·10^-5', 4e-5],
    ['4 × 10^−5', 4e-5],
    ['1/3', 1 / 3],
    ['50 %', 0.5],
    ['-2', -2],
  ])('reads %s', (text, value) => {
    expect(parseGuess(text)).toBeCloseTo(value, 12);
  });
  it.each(['', 'abc', '1/', '/2', '1/2/3', '1 2x', '1e999', '1/0'])('refuses %j', (text) => {
    expect(parseGuess(text)).toBeNaN();
  });
  it('accepts what is near, and nothing else', () => {
    expect(isClose(0.29, 0.28, 0.014)).toBe(true);
    expect(isClose(0.3, 0.28, 0.014)).toBe(false);
    expect(isClose(Number.NaN, 0.28, 1)).toBe(false);
  });
});

describe('printed numbers', () => {
  it.each([
    [0.018965031, '0.01897'],
    [4.035993e-5, '4.036\u00a0×\u00a010⁻⁵'],
    [-2.5e7, '−2.5\u00a0×\u00a010⁷'],
    [11.05, '11.05'],
    [0, '0'],
    [Number.POSITIVE_INFINITY, '∞'],
  ])('%s as %s', (value, text) => {
    expect(printNumber(value)).toBe(text);
  });
  it.each([
    [-0.0004, 3, '0.000'],
    [-0.0006, 3, '−0.001'],
    [-0, 2, '0.00'],
    [-0.4, 0, '0'],
    [-10.04, 1, '−10.0'],
  ])('%d with %i decimals as %s: no minus before a zero', (value, decimals, text) => {
    expect(fixed(value, decimals)).toBe(text);
  });
  it('has bare powers on axes', () => {
    expect(printTick(1e-5)).toBe('10⁻⁵');
  });
});

describe('drawings in a link', () => {
  it('come back as they were', () => {
    let stroke: Stroke = [];
    for (let i = 0; i < 40; i++) stroke = extended(stroke, i / 40, (i / 40) ** 2, stroke.length);
    const drawing = [stroke, [[0, 1] as const]];
    expect(strokesCodec.parse(strokesCodec.print(drawing))).toEqual(drawing);
    expect(strokesCodec.parse('')).toEqual([]);
  });
  it.each(['a', 'abc', '..', 'ab.', 'a b', '<svg>', 'AA'.repeat(2000)])('refuse %j', (text) => {
    expect(strokesCodec.parse(text)).toBeUndefined();
  });
  it('take no point that is too near or one too many', () => {
    const stroke = extended([], 0.5, 0.5, 0);
    expect(extended(stroke, 0.505, 0.5, 1)).toBe(stroke);
    expect(extended(stroke, 0.9, 0.5, 400)).toBe(stroke);
    expect(extended(stroke, 7, -3, 1).at(-1)).toEqual([1, 0]);
  });
});

describe('knots of a drawn log-SNR', () => {
  it('always fall and stay inside, wherever one is dragged', () => {
    for (let k = 0; k < KNOTS.start.length; k++)
      for (const to of [-99, KNOTS.min, -3, 0, 5, KNOTS.max, 99]) {
        const list = pushed(KNOTS.start, k, to);
        for (let i = 1; i < list.length; i++) expect(list[i]).toBeLessThan(list[i - 1]);
        expect(Math.max(...list)).toBeLessThanOrEqual(KNOTS.max);
        expect(Math.min(...list)).toBeGreaterThanOrEqual(KNOTS.min);
      }
    expect(pushed(KNOTS.start, 3, 1)[3]).toBe(1);
  });
});
