/** The boxes of the flow chart: two chains and the training that ties them together. `theta`: the box depends on θ. */
export interface Box {
  to: string;
  tex: string;
  word: string;
  /** A random step, drawn dashed; the others are states. */
  edge?: boolean;
  theta?: boolean;
}

export const forwardChain: readonly Box[] = [
  { to: 'from-noise', tex: '\\x_0\\sim\\text{data}', word: 'an image' },
  { to: 'markov-chain', tex: 'q(\\x_t\\mid\\x_{t-1})', word: 'a little noise', edge: true },
  { to: 'any-step', tex: '\\x_t', word: 'any step at once' },
  { to: 'markov-chain', tex: 'q(\\x_{t+1}\\mid\\x_t)', word: 'again, T times', edge: true },
  { to: 'any-step', tex: '\\x_T\\approx\\N(\\mathbf 0,\\I)', word: 'almost pure noise' },
];

export const training: readonly Box[] = [
  { to: 'bound', tex: '\\log p_\\theta(\\x_0)\\ge\\text{ELBO}', word: 'the bound', theta: true },
  { to: 'bound-to-loss', tex: 'L_{\\text{simple}}', word: 'the loss', theta: true },
  { to: 'training', tex: '\\nabla_\\theta', word: 'a step of training', theta: true },
];

export const reverseChain: readonly Box[] = [
  { to: 'sampling', tex: '\\x_T\\sim\\N(\\mathbf 0,\\I)', word: 'fresh noise' },
  {
    to: 'going-back',
    tex: 'p_\\theta(\\x_{t-1}\\mid\\x_t)',
    word: 'one step back',
    edge: true,
    theta: true,
  },
  { to: 'network', tex: '\\epsth(\\x_t,t)', word: 'the network inside', theta: true },
  {
    to: 'sampling',
    tex: 'p_\\theta(\\x_{t-2}\\mid\\x_{t-1})',
    word: 'again, T times',
    edge: true,
    theta: true,
  },
  { to: 'four-pixels', tex: '\\x_0', word: 'a new image' },
];
