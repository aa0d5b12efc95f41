import type { KatexOptions } from 'katex';

/** One set of macros for MDX, formulas.ts and widgets: a symbol is written the same way everywhere. */
export const katexOptions: KatexOptions = {
  strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'),
  throwOnError: true,
  // \htmlClass marks symbols so that the page can explain them.
  trust: ({ command }: { command: string }) =>
    command === '\\htmlClass' || command === '\\htmlId' || command === '\\href',
  macros: {
    '\\abar': '\\bar{\\alpha}',
    '\\eps': '\\boldsymbol{\\epsilon}',
    '\\epsth': '\\boldsymbol{\\epsilon}_\\theta',
    '\\x': '\\mathbf{x}',
    '\\z': '\\mathbf{z}',
    '\\I': '\\mathbf{I}',
    '\\N': '\\mathcal{N}',
    '\\E': '\\mathbb{E}',
    '\\KL': 'D_{\\mathrm{KL}}',
    '\\dd': '\\mathrm{d}',
    '\\sym': '\\htmlClass{sym sym-#1}{#2}',
  },
};
