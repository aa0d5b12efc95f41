import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { formulas } from '../../content/formulas.ts';
import { searchable } from '../../scripts/searchPages.mjs';
import { katexOptions } from '../../src/markdown/katex.ts';
import { readableMath } from '../../src/markdown/readableMath.mjs';

const render = (tex: string, displayMode = false) =>
  katex.renderToString(tex, {
    ...katexOptions,
    displayMode,
    macros: { ...katexOptions.macros },
  });
const read = (tex: string) => readableMath(/<math\b.*?<\/math>/s.exec(render(tex))![0]);
const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim();

describe('a formula as a search result reads it', () => {
  it.each([
    ['\\x_t', 'x_t'],
    ['q(\\x_{t-1}\\mid\\x_t)', 'q(x_{t−1} | x_t)'],
    ['\\sqrt{1-\\beta_t}\\,\\x_{t-1}', '√(1−β_t) x_{t−1}'],
    ['\\frac{\\abar_t}{1-\\abar_t}', 'ᾱ_t/(1−ᾱ_t)'],
    ['\\hat{\\x}_0', 'x̂_0'],
    ['-\\sum_k w_k\\log w_k', '−∑_k w_k log w_k'],
    ['\\E[\\eps\\mid\\x_t]', 'E[ϵ | x_t]'],
    ['\\sigma^2=\\eta^2\\tilde\\beta_t', 'σ^2 = η^2β̃_t'],
    ['a < b \\,\\&\\, c', 'a < b & c'],
  ])('%s', (tex, text) => expect(read(tex)).toBe(text.normalize('NFC')));

  it.each(Object.entries(formulas))(
    '%s keeps every letter, and no index runs into its letter',
    (_, { tex }) => {
      const text = read(tex);
      expect(text).not.toMatch(/undefined|\\|<|>\w|[{][}]/);
      // The letters of KaTeX's own MathML, in order of their counts.
      const mathml = /<math\b.*?(?=<annotation)/s.exec(render(tex))![0];
      const letters = (from: string) =>
        [...from.replace(/[^\p{Lu}\p{Ll}\d]/gu, '')].sort().join('');
      expect(letters(text.normalize('NFD'))).toBe(
        letters(textOf(mathml.replace(/&[^;]+;/g, '')).normalize('NFD')),
      );
      const indexed = (mathml.match(/<msub>|<msubsup>/g) ?? []).length;
      expect((text.match(/_/g) ?? []).length).toBeGreaterThanOrEqual(indexed);
    },
  );
});

describe('a page as the index reads it', () => {
  it('has each formula once, as text, and the rest as it was', () => {
    const html = `<p>Noise ${render('\\x_t')} and <b>signal</b>, <i>${render('\\abar_t', true)}</i>.</p>`;
    expect(textOf(searchable(html))).toBe('Noise x_t and signal, ᾱ_t.');
    // As markdown's own formulas stand in a built page.
    const marked = render('\\x_t').replace('class="katex"', 'translate="no" class="katex" id="a"');
    expect(textOf(searchable(`<p>${marked}</p>`))).toBe('x_t');
    expect(searchable('<p>no formula</p>')).toBe('<p>no formula</p>');
  });
  it('parts what only layout parts: terms, meanings, cells', () => {
    const html =
      '<dl><dt><a>score</a><span>得分</span></dt><dd>a way</dd></dl><table><tr><td>1</td><td>2</td></tr></table>';
    expect(textOf(searchable(html))).toBe('score 得分 a way 1 2');
  });
  it('is refused when an element is never closed', () =>
    expect(() => searchable('<p><span class="katex"><span>x</p>')).toThrow(/never closed/));
});
