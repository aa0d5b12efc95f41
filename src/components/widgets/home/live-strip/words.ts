import { printCount } from '../../../../lib/words/printCount.ts';

export const en = {
  start: 'Start',
  pause: 'Pause',
  noise: 'Ten squares of pure noise, about to become the digits 0 to 9',
  underWay: (level: number | undefined) =>
    `Ten squares on their way from noise to the digits 0 to 9: noise level ${level} of 1000`,
  steps: 'Steps taken',
  stepsOf: (step: number, steps: number, t: number) => `${step} of ${steps}, t = ${t}`,
  fetching: 'Fetching the network, 0.7 MB…',
  ready: (parameters: number, backend: string) =>
    `${printCount(parameters, 'en')} parameters on ${backend}`,
};
export type LiveStripWords = typeof en;
