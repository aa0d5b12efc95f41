export const en = {
  title: 'The step back when the clean pixel is known',
  caption:
    'Drag x₀ and xₜ along the line. Two arrows make the mean: a fixed share of the clean pixel, then a fixed share of the noisy one. The bell around it has the same width wherever it rides.',
  clean: 'clean pixel x₀',
  noisy: 'noisy pixel xₜ',
  steps: 'steps T',
  schedule: 'Schedule',
  cleanShare: 'share of x₀',
  noisyShare: 'share of xₜ',
  mean: 'mean',
  variance: 'variance β̃',
  together: 'shares together',
  bellTitle: 'Where x at t − 1 was',
  bellSummary: (x0: string, xt: string, mean: string, variance: string) =>
    `With x₀ = ${x0} and x at t = ${xt}, the bell stands at ${mean} with variance ${variance}.`,
  sharesTitle: 'The two shares over t',
  sharesSummary: (t: number, T: number, clean: string, noisy: string) =>
    `At t = ${t} of ${T} the clean pixel has share ${clean}, the noisy one ${noisy}.`,
  ofClean: 'of x₀',
  ofNoisy: 'of xₜ',
  plot: { value: 'pixel value', mean: 'mean', share: 'share' },
};
export type PosteriorLineWords = typeof en;
