import { en as picker } from '../../../controls/pickerWords.ts';

export const en = {
  picker,
  title: 'A forward chain in your hands',
  caption:
    'Outlines and dashed lines are theory, worked out from β alone; filled bars and solid lines are measured on the pixels you see.',
  start: (picture: string) => `x₀: ${picture}`,
  after: (picture: string, t: number, T: number) => `${picture} after ${t} of ${T} steps`,
  many: '36 of the 256 chains, each with its own noise',
  manyNote: '36 of 256 chains, each with its own noise',
  beta: 'β of this step',
  signal: 'Signal left, √ᾱ',
  mean: 'Mean, measured / theory',
  variance: 'Variance, measured / theory',
  step: 'Step t',
  stepOf: (t: number, T: number) => `${t} of ${T}`,
  histogram: 'Histogram of the pixels',
  histogramSummary: (t: number, mean: string, variance: string, theory: [string, string]) =>
    `At t = ${t} the pixels have mean ${mean} and variance ${variance}; theory expects ${theory[0]} and ${theory[1]}.`,
  moments: 'Mean and variance over time',
  momentsSummary: (mean: [string, string], variance: [string, string]) =>
    `Mean goes from ${mean[0]} to ${mean[1]}, variance from ${variance[0]} to ${variance[1]}.`,
  measured: 'measured',
  theory: 'theory',
  wrongTheory: 'theory of the mistake',
  rightTheory: 'theory of the right chain',
  mistake: 'Make the mistake: add β ε instead of √β ε',
  newNoise: 'New noise',
  end: 'Noise variance at the end, t = T',
  kl: 'KL to N(0, 1) at the end, nats per ±1 pixel',
  axes: {
    value: 'pixel value',
    density: 'density',
    moments: 'mean (thin) and variance (thick)',
  },
  /** At the lines of the plot over time. */
  names: { mean: 'mean', variance: 'variance', should: 'as it should be' },
  film: 'Chain at a glance',
  goTo: (t: number) => `Go to t = ${t}`,
  frame: (t: number) => `x at t = ${t}`,
  steps: 'Steps T',
  schedule: 'Schedule of β',
  scale: 'Scale all β by',
  published: 'Linear, T = 1000',
  betas: 'β of each step',
  range: (first: string, last: string, most: number) =>
    `β from ${first} to ${last}. With ${most} steps or fewer, each β gets its own slider.`,
};
export type ForwardChainWords = typeof en;
