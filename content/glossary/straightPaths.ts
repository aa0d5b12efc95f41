/** Words of the chapter on straight paths. */
import type { Term } from './term.ts';

export const straightPathTerms: Term[] = [
  {
    term: 'coupling',
    zh: '耦合',
    meaning:
      'A rule that says which noise is paired with which datum: by chance, or each noise with its own end under a flow.',
    chapter: 'straight-paths',
  },
  {
    term: 'flow matching',
    zh: '流匹配',
    meaning:
      'Training a network on the velocities of lines between noise and data, so that it learns their mean at each place and time.',
    chapter: 'straight-paths',
  },
  {
    term: 'marginal velocity',
    zh: '边缘速度',
    symbol: String.raw`\mathbf v(\mathbf x,t)`,
    meaning:
      'The mean velocity of all lines that pass a place at a time, each by its probability; along it particles have the same distribution as on the lines.',
    chapter: 'straight-paths',
  },
  {
    term: 'rectified flow',
    zh: '整流流',
    meaning:
      'The flow along the mean velocity of straight lines between given pairs; also the name of the models that learn it.',
    chapter: 'straight-paths',
  },
  {
    term: 'reflow',
    zh: '重流',
    meaning:
      'Pairing each noise with its own end under a flow, and taking or learning the mean velocity of these new lines.',
    chapter: 'straight-paths',
  },
  {
    term: 'straightness',
    zh: '直度',
    symbol: 'S',
    meaning:
      'The mean squared difference between the velocity of a particle and its mean velocity on the way: 0 for a straight line at an even speed.',
    chapter: 'straight-paths',
  },
];
