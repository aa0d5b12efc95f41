/** Each setting and each number of the lab has a line, and a chapter that there is. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HELP } from '../../src/components/trainer/helpWords.ts';

const chapters = readdirSync('content/en').map((name) => name.replace(/^\d+-|\.mdx$/g, ''));

it.each(Object.entries(HELP))('%s leads to a chapter, with a line', (_, { says, chapter }) => {
  expect(chapters).toContain(chapter);
  expect(says).toMatch(/^\p{Lu}.*\.$/u);
  expect(says.length).toBeLessThanOrEqual(150);
});
