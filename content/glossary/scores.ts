import type { Term } from './term.ts';

export const scoreTerms: Term[] = [
  {
    term: 'Langevin dynamics',
    zh: '朗之万动力学',
    meaning:
      'Many small steps uphill along the score, each with a little fresh noise: in the long run they draw from the density whose score it is.',
    chapter: 'scores',
  },
  {
    term: 'stochastic differential equation, SDE',
    zh: '随机微分方程',
    meaning:
      'What a chain of noise becomes when its steps grow small: a drift, and noise whose variance is the time that passes.',
    chapter: 'scores',
  },
  {
    term: 'probability-flow ODE',
    zh: '概率流常微分方程',
    meaning:
      'The way back without fresh noise: other paths than those of the reverse equation, the same density at every time.',
    chapter: 'scores',
  },
  {
    term: 'latent',
    zh: '潜变量',
    meaning:
      'The noise to which an image is carried by the probability-flow ODE, and from which the same curve leads back to it.',
    chapter: 'scores',
  },
];
