/** The boxes of the flow chart: two chains and the training that ties them together. */
export interface Box {
  to: string;
  tex: string;
  word: string;
  zh: string;
  /** A random step, drawn dashed; the others are states or functions. */
  edge?: boolean;
  /** Depends on θ. */
  theta?: boolean;
  /** Done T times: neighbours with this stand inside one loop. */
  loop?: boolean;
}

export const forwardChain: readonly Box[] = [
  { to: 'from-noise', tex: '\\x_0\\sim\\text{data}', word: 'an image', zh: '一幅图像' },
  {
    to: 'markov-chain',
    tex: 'q(\\x_t\\mid\\x_{t-1})',
    word: 'a little noise',
    zh: '加一点噪声',
    edge: true,
    loop: true,
  },
  {
    to: 'any-step',
    tex: '\\x_t',
    word: 'or any step at once',
    zh: '或一次跳到任意一步',
    loop: true,
  },
  {
    to: 'any-step',
    tex: '\\x_T\\approx\\N(\\mathbf 0,\\I)',
    word: 'almost pure noise',
    zh: '几乎是纯噪声',
  },
];

export const training: readonly Box[] = [
  {
    to: 'bound',
    tex: '\\log p_\\theta(\\x_0)\\ge\\text{ELBO}',
    word: 'the bound',
    zh: '界',
    theta: true,
  },
  { to: 'bound-to-loss', tex: 'L_{\\text{simple}}', word: 'the loss', zh: '损失', theta: true },
  {
    to: 'training',
    tex: '\\nabla_\\theta',
    word: 'a step of training',
    zh: '训练一步',
    theta: true,
  },
];

export const reverseChain: readonly Box[] = [
  { to: 'sampling', tex: '\\x_T\\sim\\N(\\mathbf 0,\\I)', word: 'fresh noise', zh: '新抽的噪声' },
  {
    to: 'network',
    tex: '\\epsth(\\x_t,t)',
    word: 'the network’s guess',
    zh: '网络的猜测',
    theta: true,
    loop: true,
  },
  {
    to: 'going-back',
    tex: 'p_\\theta(\\x_{t-1}\\mid\\x_t)',
    word: 'one step back',
    zh: '往回一步',
    edge: true,
    theta: true,
    loop: true,
  },
  { to: 'four-pixels', tex: '\\x_0', word: 'a new image', zh: '一幅新图像' },
];

/** The boxes of a chain in turn, those of a loop together. */
export function grouped(boxes: readonly Box[]): { loop: boolean; boxes: Box[] }[] {
  const groups: { loop: boolean; boxes: Box[] }[] = [];
  for (const box of boxes) {
    const last = groups.at(-1);
    if (box.loop && last?.loop) last.boxes.push(box);
    else groups.push({ loop: box.loop ?? false, boxes: [box] });
  }
  return groups;
}
