import { globSync, readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { formulas } from '../../content/formulas.ts';
import { glossary } from '../../content/glossary.ts';
import { plainTex } from '../../src/components/page/copyFormulas.ts';
import { katexOptions } from '../../src/markdown/katex.ts';

/** Every formula of the book that is written out, not put together from an expression: a dollar before a brace is of a template. */
const written = globSync('content/en/*.mdx').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/\$\$([^$]+)\$\$|\$(?!\{)([^$\n]+)\$/g)].map(
    ([, display, inline]) => (display ?? inline).replace(/\\(label|eqref)\{[\w-]+\}/, ''),
  ),
);
const all = [
  ...Object.values(formulas).map(({ tex }) => tex),
  ...glossary.flatMap(({ symbol }) => symbol ?? []),
  ...written.filter((tex) => tex.trim() && !tex.includes('${')),
];

/** What is drawn and said, without the source. A group that only a brace made counts for nothing. */
const drawn = (tex: string, macros: Record<string, string>) =>
  katex
    .renderToString(tex, { strict: 'error', trust: false, macros, displayMode: true })
    .replace(/<annotation.*?<\/annotation>/s, '')
    .replace(/<span aria-hidden="true".*$/s, '')
    .replaceAll(/<\/?mrow>|<\/?mstyle[^>]*>/g, '');

describe('a formula that leaves the page', () => {
  it('is taken from the whole book', () => expect(all.length).toBeGreaterThan(300));

  it('means the same without the macros of the book', () => {
    const macros = {
      ...(katexOptions.macros as Record<string, string>),
      '\\sym': '\\@secondoftwo{#1}{#2}',
    };
    const changed = all.filter((tex) => drawn(plainTex(tex), {}) !== drawn(tex, { ...macros }));
    expect(changed).toEqual([]);
  });

  it('keeps a macro apart from the letter that follows it', () => {
    expect(plainTex('\\x_t=\\abar a')).toBe('\\mathbf{x}_t=\\bar{\\alpha} a');
    expect(plainTex('\\frac\\abar2')).toBe('\\frac{\\bar{\\alpha}}2');
    expect(plainTex('\\sym{t}{\\beta_t}x')).toBe('\\beta_tx');
    expect(plainTex('\\sym{b}{\\beta}x')).toBe('\\beta x');
  });
});
