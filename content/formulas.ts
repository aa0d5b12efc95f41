/** Named formulas of the book, shared by both languages. `code` names the tested function that computes each. */
export interface FormulaSymbol {
  tex: string;
  meaning: string;
  /** Key of the page's live state that shows this symbol's value now. */
  live?: string;
}
export interface Formula {
  title: string;
  tex: string;
  code?: string;
  symbols?: Record<string, FormulaSymbol>;
}

export const formulas: Record<string, Formula> = {
  forwardStep: {
    title: 'One step of the forward chain',
    tex: '\\sym{xt}{\\x_t} = \\sqrt{1-\\sym{beta}{\\beta_t}}\\,\\sym{xprev}{\\x_{t-1}} + \\sqrt{\\sym{beta}{\\beta_t}}\\,\\sym{eps}{\\eps_t},\\qquad \\eps_t\\sim\\N(\\mathbf 0,\\I)',

    symbols: {
      xt: { tex: '\\x_t', meaning: 'the image after t steps' },
      xprev: { tex: '\\x_{t-1}', meaning: 'the image one step earlier' },
      beta: {
        tex: '\\beta_t',
        meaning: 'the variance of the noise added at step t, between 0 and 1',
        live: 'beta',
      },
      eps: {
        tex: '\\eps_t',
        meaning: 'fresh standard normal noise: one independent number for each pixel and step',
      },
    },
  },
};
