import { describe, expect, it } from 'vitest';
import { nameOf } from '../../src/components/lab/keys.ts';
import { possible } from '../../src/components/trainer/Actions.tsx';

const press = (key: string, code: string, shiftKey = false) => nameOf({ key, code, shiftKey });

describe('a key', () => {
  it('is the letter that it bears, wherever it lies', () => {
    expect(press('t', 'KeyT')).toBe('T');
    // Dvorak: the letter t lies where others have k.
    expect(press('t', 'KeyK')).toBe('T');
    expect(press('R', 'KeyR', true)).toBe('Shift+R');
    expect(press('?', 'Slash', true)).toBe('?');
  });

  it('without a Latin letter is named by its place', () => {
    expect(press('е', 'KeyT')).toBe('T');
    expect(press('К', 'KeyR', true)).toBe('Shift+R');
    expect(press('τ', 'KeyT')).toBe('T');
    expect(press('ö', 'Semicolon')).toBe('Ö');
  });
});

describe('what is possible', () => {
  it('is to stop what works, and else to begin; files only of a run that is there', () => {
    expect(possible('training', false, true)).toEqual({
      train: false,
      pause: true,
      step: false,
      sample: true,
      reset: true,
      save: true,
      export: true,
    });
    expect(possible('loading', false, true)).toMatchObject({
      train: false,
      pause: true,
      reset: true,
      sample: false,
      save: false,
      export: false,
    });
    expect(possible('idle', false, false)).toMatchObject({
      train: true,
      pause: false,
      save: false,
    });
  });
});
