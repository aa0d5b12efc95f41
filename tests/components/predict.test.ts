import { describe, expect, it } from 'vitest';
import { checked, UNTRIED } from '../../src/components/widgets/predict/attempts.ts';
import {
  checkQuestion,
  offBy,
  type Question,
  slipOf,
} from '../../src/components/widgets/predict/reasons.ts';

describe('two tries', () => {
  it('end at the first right answer', () => {
    expect(checked(UNTRIED, 3, true).outcome).toBe('first');
    const once = checked(UNTRIED, 1, false);
    expect(once.outcome).toBeNull();
    expect(checked(once, 3, true).outcome).toBe('second');
  });
  it('are used up by two different wrong answers, not by the same one twice', () => {
    const once = checked(UNTRIED, 1, false);
    expect(checked(once, 1, false)).toBe(once);
    const twice = checked(once, 2, false);
    expect(twice).toEqual({ wrong: [1, 2], outcome: 'wrong' });
    expect(checked(twice, 3, true)).toBe(twice);
  });
});

describe('why a number is wrong', () => {
  const slips = [
    [0.1, 'the variance'],
    [0.102, 'its neighbour'],
    [0, 'nothing'],
  ] as const;
  it('is told by the nearest slip, within two per cent of it', () => {
    expect(slipOf(0.1, slips)).toBe('the variance');
    expect(slipOf(0.1015, slips)).toBe('its neighbour');
    expect(slipOf(0.106, slips)).toBeUndefined();
    expect(slipOf(0.001, slips)).toBe('nothing');
    expect(slipOf(0.1)).toBeUndefined();
  });
  it('is told by a ratio where both numbers have the same sign', () => {
    expect(offBy(6, 2)).toBe(3);
    expect(offBy(-2, 2)).toBeNaN();
    expect(offBy(2, 0)).toBeNaN();
  });
});

describe('a question', () => {
  const choice: Question = {
    choices: ['a', 'b'],
    answer: 1,
    tolerance: 0,
    hint: 'think',
    why: ['no', ''],
  };
  const number: Question = { answer: 4, tolerance: 0.2, hint: 'think', slips: [[2, 'half']] };
  it('may be asked when it can tell why each answer is wrong', () => {
    expect(() => checkQuestion('q', choice)).not.toThrow();
    expect(() => checkQuestion('q', number)).not.toThrow();
  });
  it.each([
    ['has no hint', { ...choice, hint: '' }],
    ['why "a" is wrong', { ...choice, why: ['', 'no'] }],
    ['knows no wrong number', { ...number, slips: [] }],
    ['counts as right', { ...number, slips: [[4.1, 'near']] }],
    ['counts as right', { ...number, slips: [[Number.NaN, 'none']] }],
  ] as [string, Question][])('%s: it stops the build', (message, question) => {
    expect(() => checkQuestion('q', question)).toThrow(message);
  });
});
