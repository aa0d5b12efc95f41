export const en = {
  title: 'The network beside the exact answer',
  caption: (steps: number, samples: number) =>
    `${steps} steps of training, then ${samples} samples: each belongs to the image it is nearest to.`,
  data: 'Data',
  sets: { all16: 'all sixteen', two: '{a, −a}' },
  chain: 'Chain',
  stop: 'Stop',
  train: 'Train and compare',
  training: 'Training',
  measuring: 'Measuring …',
  stepOf: (step: number, steps: number) => `Step ${step} of ${steps}`,
  loss: 'Loss of the network',
  least: 'Least possible loss',
  chi: 'χ² against the exact law',
  chiOn: (statistic: string, degrees: number) => `${statistic} on ${degrees}`,
  pValue: 'p-value',
  pHint: 'The chance of counts at least this uneven if the network sampled exactly',
  exact: 'exact',
  network: 'the network',
  networkLater: 'the network, once trained',
  lossTitle: 'Loss at each t',
  lossAt: (t: number, mean: string, floor: string) =>
    `t = ${t}: ${mean && `${mean}, `}floor ${floor}`,
  pullTitle: (t: number) => `Pull on a slice at t = ${t}`,
  pullSummary:
    'Arrows from points of a plane towards where each denoiser believes the clean image to be. Where the thin arrows cover the thick ones the network is right.',
  counts: 'How often each image was drawn, and how often it should have been',
  counted: (image: number, drawn: number, expected: string) =>
    `Image ${image}: drawn ${drawn} times, expected ${expected}`,
  axes: {
    checkerboard: 'along the checkerboard',
    white: 'along all-white',
    loss: 'loss per pixel',
  },
};
export type LearnedVsExactWords = typeof en;
