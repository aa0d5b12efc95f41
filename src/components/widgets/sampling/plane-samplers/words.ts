import { en as plane } from '../../plane/words.ts';

export const en = {
  ...plane,
  title: 'Home by any sampler',
  caption:
    'Left: two thousand particles from fresh noise, brought back by the exact denoiser of the shape. Right: the same noise, brought back by a small network that is trained in this page on draws from the shape. Between two stops of the sampler a particle is drawn on a straight line.',
  exact: 'Exact',
  learned: 'Learned',
  sampler: 'Sampler',
  steps: 'Evaluations',
  fresh: 'Other noise',
  train: 'Train a network',
  stop: 'Stop',
  untrained: (points: number, steps: number) =>
    `No network yet. One with two inputs and two outputs will learn from ${points} draws of the shape, in ${steps} steps.`,
  stepOf: (step: number, steps: number) => `Step ${step} of ${steps}`,
  drawing: 'The network brings its particles back …',
  training: 'Training',
  near: 'On the shape',
  nearLearned: 'On the shape, learned',
  nearData: 'Of the data themselves',
  nearHint:
    'The share of particles that end within three standard deviations of the bells from the line',
  percent: (share: number) => `${(100 * share).toFixed(1)} %`,
  learnedSummary: (t: number) =>
    `The same noise, brought back by the trained network, at t = ${t}.`,
};
export type PlaneSamplersWords = typeof en;
