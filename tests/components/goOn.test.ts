import { expect, it } from 'vitest';
import { goOnFrom } from '../../src/components/home/goOn.ts';

const chapters = ['a', 'b', 'c', 'd'].map((slug, i) => ({
  slug,
  number: i + 1,
  title: slug.toUpperCase(),
}));
const place = { chapter: 'b', section: 'two', title: 'Two' };
const from = (read: string[], at: typeof place | undefined = place) =>
  goOnFrom({ read, answered: {}, ...(at ? { place: at } : {}) }, chapters);

it('leads to the last place, and after a chapter’s end to the next that was not read', () => {
  expect(from(['a'])).toEqual({ slug: 'b', number: 2, title: 'Two', section: 'two', next: false });
  expect(from(['a', 'b', 'c'])).toEqual({
    slug: 'd',
    number: 4,
    title: 'D',
    section: '',
    next: true,
  });
});

it('leads nowhere for a new reader, after the last chapter, and to a chapter that is no more', () => {
  expect(goOnFrom({ read: ['a'], answered: {} }, chapters)).toBeUndefined();
  expect(from(['b', 'c', 'd'])).toBeUndefined();
  expect(from([], { ...place, chapter: 'gone' })).toBeUndefined();
});
