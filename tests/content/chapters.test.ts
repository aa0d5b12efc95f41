import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formulas } from '../../content/formulas.ts';
import { glossary } from '../../content/glossary.ts';
import { registry } from '../../src/components/widgets/registry.ts';
import { collectEquations } from '../../src/markdown/equations.ts';
import { sourceOf } from '../../src/markdown/sourceOf.ts';

const names = readdirSync('content/en')
  .filter((name) => name.endsWith('.mdx'))
  .sort();
const chapters = names.map((name) => ({ name, text: readFileSync(`content/en/${name}`, 'utf8') }));
const bib = readFileSync('content/references.bib', 'utf8');
const keys = [...bib.matchAll(/^@\w+\{([^,\s]+),/gm)].map(([, key]) => key);
const slugs = names.map((name) => name.replace(/^\d+-|\.mdx$/g, ''));

describe('bibliography', () => {
  it('has each key once', () =>
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]));
  it('has every work that a chapter cites', () => {
    for (const { name, text } of chapters) {
      const cited = [...text.matchAll(/\[[^\]]*?@[^\]]+\]/g)].flatMap(([group]) =>
        [...group.matchAll(/@([\w:-]+)/g)].map(([, key]) => key),
      );
      expect(
        cited.filter((key) => !keys.includes(key)),
        name,
      ).toEqual([]);
    }
  });
});

describe.each(chapters)('$name', ({ text }) => {
  it('asks at least three questions whose answers are computed', () => {
    const questions = [...text.matchAll(/<Predict\b[\s\S]*?answer=\{([\s\S]*?)\}\n/g)].map(
      ([, answer]) => answer.trim(),
    );
    expect(questions.length).toBeGreaterThanOrEqual(3);
  });
  it('has a cell', () => expect(text).toMatch(/<Cell name="[\w-]+"/));
  it('ends with its references', () => expect(text).toContain('## References'));
  it('links only to chapters and pages that exist', () => {
    for (const [, target] of text.matchAll(/\]\(\.\.\/([\w-]+)\//g))
      expect([...slugs, 'lab', 'gallery', 'bench']).toContain(target);
  });
});

describe('shared content', () => {
  it('quotes code that exists for every formula', () => {
    for (const { code } of Object.values(formulas))
      if (code) expect(sourceOf(code).length).toBeGreaterThan(40);
  });
  it('numbers every equation once', () =>
    expect(collectEquations('content/en').size).toBeGreaterThan(20));
  it('sends every glossary entry and every widget to a chapter', () => {
    for (const { chapter, term } of glossary) expect(slugs, term).toContain(chapter);
    // '' is the home page.
    for (const [id, { chapter }] of Object.entries(registry))
      expect([...slugs, ''], id).toContain(chapter);
  });
  it('shows every widget of the registry in its chapter', () => {
    // From its source: a loader that Vitest has transformed names its file no more.
    const source = readFileSync('src/components/widgets/registry.ts', 'utf8');
    const entries = [
      ...source.matchAll(/chapter: '([\w-]*)',\s*load: \(\) => import\('\.\/([\w/-]+)\/en\.ts'\)/g),
    ].map(([, chapter, folder]) => ({
      chapter,
      folder,
      widget: globSync(`src/components/widgets/${folder}/*.tsx`)
        .map((file) => basename(file, '.tsx'))
        .find((name) =>
          readFileSync(`src/components/widgets/${folder}/en.ts`, 'utf8').includes(`(${name}`),
        ) as string,
    }));
    expect(entries.length).toBe(Object.keys(registry).length);
    const home = readFileSync('src/pages/index.astro', 'utf8');
    const missing = entries.filter(({ chapter, folder, widget }) => {
      const text = chapter
        ? chapters.find(({ name }) => name.endsWith(`-${chapter}.mdx`))?.text
        : home;
      return !text?.includes(`/widgets/${folder}/en.ts'`) || !text.includes(`<${widget} `);
    });
    expect(missing).toEqual([]);
  });
});
