import { beforeEach, expect, it, vi } from 'vitest';
import {
  answerOf,
  forgetMarks,
  KEY,
  keepAnswer,
  keepPlaceOf,
  markRead,
  readProgress,
} from '../../src/components/page/progress.ts';

const store = new Map<string, string>();
beforeEach(() => {
  store.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => store.set(key, value),
  });
});
const NOTHING = { read: [], answered: {} };
const place = { chapter: 'training', section: 'two-sets-of-weights', title: 'Two sets of weights' };

it('keeps what was read, where the reader was, and the answers', () => {
  markRead('from-noise');
  markRead('training');
  markRead('from-noise');
  keepPlaceOf(place);
  keepAnswer('training', 'predict-ema', 'first');
  keepAnswer('training', 'predict-lazy', 'shown');
  expect(readProgress()).toMatchObject({ read: ['from-noise', 'training'], place });
  expect(answerOf('training', 'predict-ema')).toBe('first');
  expect(answerOf('training', 'predict-floor')).toBeUndefined();
  expect(answerOf('bound', 'predict-ema')).toBeUndefined();
  forgetMarks();
  expect(readProgress().read).toEqual([]);
  expect(readProgress().place).toBeUndefined();
  expect(Object.keys(readProgress().answered.training)).toHaveLength(2);
});

it.each([
  ['', NOTHING],
  ['{"read":', NOTHING],
  ['null', NOTHING],
  ['[1,2]', NOTHING],
  ['"read"', NOTHING],
  ['{"read":"all","place":7,"answered":[]}', NOTHING],
  [
    JSON.stringify({
      read: ['bound', 3, 'bound', null],
      place: { chapter: 'bound', section: 1, title: '' },
      answered: { bound: { a: 'first', b: 3, c: null }, map: 4 },
    }),
    { read: ['bound'], answered: { bound: { a: 'first' }, map: {} } },
  ],
])('takes what it can of %s', (text, expected) => {
  store.set(KEY, text);
  expect(readProgress()).toEqual(expected);
  markRead('map');
  expect(readProgress().read).toContain('map');
});

it('does without where the browser keeps nothing', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
  markRead('map');
  expect(readProgress()).toEqual(NOTHING);
});
