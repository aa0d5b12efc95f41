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
  residualBlock: {
    title: 'A residual block',
    tex: '\\begin{aligned}\\mathbf h&=\\mathrm{conv}_1\\!\\big(\\mathrm{silu}(\\mathrm{GN}(\\x))\\big)+W_t\\,\\mathrm{silu}(\\sym{emb}{\\mathbf e(t)})\\\\ \\mathbf y&=\\mathrm{conv}_2\\!\\big(\\mathrm{silu}(\\mathrm{GN}(\\mathbf h))\\big)+\\sym{skip}{\\mathrm{skip}(\\x)}\\end{aligned}',
    symbols: {
      emb: {
        tex: '\\mathbf e(t)',
        meaning: 'the time embedding: 64 numbers that say where in the chain we are',
      },
      skip: {
        tex: '\\mathrm{skip}(\\x)',
        meaning:
          'the input itself, or a 1×1 convolution of it where the number of channels changes',
      },
    },
  },
  timeEmbedding: {
    title: 'Sinusoidal time embedding',
    tex: '\\mathbf e(t)=\\big[\\sin(\\sym{omega}{\\omega_k} t),\\;\\cos(\\sym{omega}{\\omega_k} t)\\big]_{k=0}^{31},\\qquad \\omega_k=10000^{-k/32}',
    code: 'math/timeFeatures.ts#timeFeatures',
    symbols: {
      omega: {
        tex: '\\omega_k',
        meaning: 'the k-th angular frequency: 1 for k = 0, then ever slower',
      },
    },
  },
};
