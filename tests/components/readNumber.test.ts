import { expect, it } from 'vitest';
import { readNumber } from '../../src/components/trainer/readNumber.ts';

it.each([
  ['0.01', 0.01],
  ['0,01', 0.01],
  [' 1e-3 ', 1e-3],
  ['12', 12],
  ['', Number.NaN],
  ['   ', Number.NaN],
  ['1.000,5', Number.NaN],
  ['ten', Number.NaN],
])('%j is read as %d', (text, number) => expect(readNumber(text)).toBe(number));
