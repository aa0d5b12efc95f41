import { en as flow } from '../flow-plane/words.ts';

export const en = {
  ...flow,
  title: 'Reflow',
  caption:
    'The same noise along two exact velocities. Left: lines from each noise to a point of the shape drawn by chance, and their mean velocity. Right: lines from each noise to its own end under the flow on the left, and their mean velocity. It is computed exactly, or learned by a small network in this page.',
  first: 'Pairs by chance',
  second: 'Pairs by the flow',
  secondSummary: (t: number) =>
    `The same noise along the velocity of reflow, at t = ${(t / 200).toFixed(2)}.`,
  before:
    'No pairs yet: each noise has to be followed to its own end, in sixteen steps of Heun’s. That takes a few seconds.',
  reflow: 'Reflow',
  pairing: 'Some thousand noises are followed to their ends …',
  kind: 'Velocity of the new pairs',
  kinds: { exact: 'exact', learned: 'learned' },
  learned: 'Pairs by the flow, learned',
  untrained: (pairs: number, steps: number) =>
    `No network yet. ${pairs} noises will be followed to their ends, and a small network will learn from these pairs in ${steps} steps.`,
  bend: 'Bend',
  bendSecond: 'Bend after reflow',
  nearSecond: 'On the shape after reflow',
};
export type ReflowWords = typeof en;
