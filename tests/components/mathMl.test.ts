import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { latexOf } from '../../src/components/page/formulaTools.ts';
import { mathMlOf } from '../../src/components/page/mathMl.ts';
import { katexOptions } from '../../src/markdown/katex.ts';

const drawn = (tex: string, macros = katexOptions.macros) =>
  katex
    .renderToString(tex, { ...katexOptions, macros: { ...macros }, displayMode: true })
    .match(/<math.*<\/math>/s)?.[0] as string;

describe('a formula as MathML', () => {
  it.each([
    '\\sym{a}{\\abar_t}=1',
    '\\begin{aligned}a&=b<c\\\\c&=\\sym{d}{d}\\end{aligned}',
    '\\eps\\sim\\N(\\mathbf 0,\\I)',
  ])('is what plain LaTeX without a number gives: %s', (tex) => {
    const numbered = `${tex}\\tag{3.2}`;
    const latex = latexOf(numbered);
    expect(latex).not.toMatch(/\\tag|\\sym|\\abar|\\eps\b/);
    // The book's macros make groups of their own, which count for nothing.
    const bare = (math: string) => math.replaceAll(/<\/?mrow>/g, '');
    expect(bare(mathMlOf(drawn(numbered), latex))).toBe(bare(drawn(latex, {})));
    expect(bare(mathMlOf(drawn(tex), latex))).toBe(bare(drawn(latex, {})));
  });
});
