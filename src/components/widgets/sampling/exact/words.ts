export const en = {
  title: 'The same noise, exact and learned',
  caption:
    'Left: the exact denoiser, a formula. Right: a small network that you train here. Both start from the same 64 noises and add the same fresh noise on the way.',
  data: 'Data',
  along: 'Along the drawing',
  at: (t: number) => `t = ${t}`,
  agree: (same: number, count: number) =>
    `${same} of ${count} noises end in the same picture both ways.`,
  exact: 'Exact',
  learned: 'Learned',
  byFormula: (count: number, t: number) => `${count} images by the formula, t = ${t}`,
  byNetwork: (count: number, t: number) => `${count} images by the network, t = ${t}`,
  training: (step: string, steps: string, loss: string) =>
    `Training: step ${step} of ${steps}, loss ${loss}`,
  untrained: 'No network yet. Training one on these pictures takes about half a minute.',
  train: 'Train it',
  shares: 'How often each picture came (ticks: in the data)',
  sharesSummary: (percent: string, count: number) =>
    `${percent} % of the ${count} samples are pictures that are not in the data.`,
  paths: (count: number) => `The first pixel of ${count} samples on its way (exact)`,
  pathsSummary: (t: number, steps: number) =>
    `From normal noise at t = ${t} each path ends near −1 or 1, in ${steps} steps.`,
  axes: {
    picture: 'picture (its four pixels, 1 = white)',
    share: 'share, %',
    value: 'value of the first pixel',
  },
};
export type ExactSamplerWords = typeof en;
