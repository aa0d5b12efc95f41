import type { Term } from './term.ts';

export const fewStepsTerms: Term[] = [
  {
    term: 'order of a solver',
    zh: '求解器的阶',
    meaning:
      'The power k by which its error falls with the number of steps n, as 1/nᵏ: twice the steps, an error 2ᵏ times smaller.',
    chapter: 'few-steps',
  },
  {
    term: 'Heun’s method',
    zh: 'Heun 方法',
    meaning:
      'A solver that takes each step twice, the second time along the mean of the slopes at its two ends; of order 2.',
    chapter: 'few-steps',
  },
  {
    term: 'DPM-Solver++(2M)',
    zh: 'DPM-Solver++(2M)',
    meaning:
      'A solver that keeps the guess of the step before and goes on along the line through both; of order 2 for one evaluation a step.',
    chapter: 'few-steps',
  },
  {
    term: 'preconditioning',
    zh: '预处理',
    meaning:
      'Factors around a network, known for every noise level, so that what it sees and what it must answer always have variance 1.',
    chapter: 'few-steps',
  },
];
