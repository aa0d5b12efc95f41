import { printCount } from '../../../../lib/words/printCount.ts';

export const en = {
  start: 'Start',
  pause: 'Pause',
  replay: 'Play again',
  picture: (step: number, steps: number) =>
    step === 0
      ? 'Ten squares of pure noise, about to become the digits 0 to 9'
      : step === steps
        ? 'Ten handwritten digits, 0 to 9, each drawn from a square of pure noise'
        : `Ten squares on their way from noise to the digits 0 to 9: ${step} of ${steps} steps taken`,
  steps: 'Steps taken',
  stepsOf: (step: number, steps: number) => `${step} of ${steps}`,
  recorded: 'Recorded once. Start draws new ones, here, on your machine.',
  fetching: 'Fetching the network, 0.7 MB…',
  ready: (parameters: number, backend: string) =>
    `Drawn on your machine by ${printCount(parameters, 'en')} numbers (${backend}).`,
};
export type LiveStripWords = typeof en;
