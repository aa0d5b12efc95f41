import { readdirSync, readFileSync } from 'node:fs';
import type { Element, Root } from 'hast';
import rehypeCitation from 'rehype-citation';
import { describe, expect, it } from 'vitest';
import {
  bibliographyKeys,
  rehypeForgetCitations,
  rehypeKnowCitations,
} from '../../src/markdown/citations.ts';

const keys = bibliographyKeys(readFileSync('content/references.bib', 'utf8'));
const flat = (node: Root | Element): string =>
  node.children
    .map((child) => (child.type === 'text' ? child.value : flat(child as Element)))
    .join('');
const paragraph = (value: string): Element => ({
  type: 'element',
  tagName: 'p',
  properties: {},
  children: [{ type: 'text', value }],
});

type Plugin = (options: object) => (tree: Root, file: object) => Promise<void>;

/** The citations as a page shows them, one paragraph each, by the plugins of astro.config.mjs in their order. */
async function shown(citations: string[]): Promise<string[]> {
  const tree: Root = { type: 'root', children: citations.map(paragraph) };
  rehypeKnowCitations(keys)(tree);
  const cite = (rehypeCitation as unknown as Plugin)({
    bibliography: 'content/references.bib',
    path: process.cwd(),
    csl: 'apa',
    lang: 'en-US',
    linkCitations: true,
  });
  await cite(tree, {});
  rehypeForgetCitations()(tree);
  return tree.children.slice(0, citations.length).map((child) => flat(child as Element));
}

describe('citations', () => {
  it('tell two works of one name and year apart, from the first one on', async () => {
    expect(await shown(['[@song2021sde]', '[@song2021ddim]', '[@song2021sde]'])).toEqual([
      '(Y. Song et al., 2021)',
      '(J. Song et al., 2021)',
      '(Y. Song et al., 2021)',
    ]);
  });
  it('have no initials where nothing is to be told apart, and leave nothing behind', async () => {
    expect(await shown(['As @ho2020denoising say', '[@song2021sde]'])).toEqual([
      'As Ho et al. (2020) say',
      '(Song et al., 2021)',
    ]);
    expect(await shown(['no work is cited, mail@example.org'])).toEqual([
      'no work is cited, mail@example.org',
    ]);
  });
  it.each(readdirSync('content/en').filter((name) => name.endsWith('.mdx')))(
    'of %s each mean one work',
    async (name) => {
      const cited = [...readFileSync(`content/en/${name}`, 'utf8').matchAll(/@([\w-]+)/g)]
        .map(([, key]) => key)
        .filter((key) => keys.has(key));
      const texts = await shown(cited.map((key) => `[@${key}]`));
      const works = new Map<string, string>();
      texts.forEach((text, i) => {
        expect(works.get(text) ?? cited[i], text).toBe(cited[i]);
        works.set(text, cited[i]);
      });
    },
  );
});
