export const en = {
  title: 'One step back, exactly',
  caption:
    'A pixel that was +1 or −1 with equal chance. The solid curve is the true reverse step, the sum of two bells; the dashed one has the same mean and variance.',
  example: 'the example, cut finer',
  noisy: 'noisy pixel x at t',
  steps: 'steps T',
  step: 'step t',
  schedule: 'Schedule',
  here: 'Divergence here',
  averaged: 'Averaged over x at t',
  nats: (value: string) => `${value} nats`,
  bumps: 'Bumps',
  tops: (count: number) => (count > 1 ? 'Their tops at' : 'Its top at'),
  drop: 'SNR destroyed by this step',
  bells: 'Bells at',
  width: 'Width of each',
  truth: 'true reverse q(x at t−1 | x at t)',
  best: 'best Gaussian',
  where: 'where x at t is: drag it',
  densityTitle: 'Where was it one step earlier?',
  densitySummary: (
    xt: string,
    weights: readonly [string, string],
    places: readonly [string, string],
    tops: readonly string[],
    mean: string,
    deviation: string,
  ) =>
    `Given x at t = ${xt}, two bells of weight ${weights[0]} and ${weights[1]} stand at ${places[0]} and ${places[1]}; their sum has its ${tops.length > 1 ? 'tops' : 'top'} at ${tops.join(' and ')}. The best Gaussian has mean ${mean} and standard deviation ${deviation}.`,
  meltTitle: 'The average divergence, as the same noise is cut into more steps',
  meltSummary: (most: string, least: string, steps: number, now: string) =>
    `At this noise level the divergence averaged over x at t falls from ${most} nats with 2 steps to ${least} with 1000; now, with ${steps} steps, it is ${now}.`,
  axes: {
    earlier: 'one step earlier: x at t − 1',
    density: 'density',
    steps: 'steps T',
    price: 'nats per pixel',
  },
};
export type ReverseKernelWords = typeof en;
