import type { Asked, SetName } from './twoRuns.ts';

export const en = {
  title: 'Asked for the velocity, asked for the noise',
  caption:
    'The same network, the same images, the same number of training steps, the same noise to start from. Above it learns the velocity of the straight path and is solved by Euler’s method, below it learns the noise of the cosine chain and is solved by DDIM. Guesses of the image are cut to the range from −1 to 1.',
  data: 'Images',
  sets: { bars: '2 × 2, bars and stripes', digits: 'drawn digits' } satisfies Record<
    SetName,
    string
  >,
  train: 'Train both',
  stop: 'Stop',
  training: 'Training',
  asked: {
    velocity: 'asked for the velocity',
    noise: 'asked for the noise',
  } satisfies Record<Asked, string>,
  stepOf: (asked: string, step: number, steps: number) => `${asked}: step ${step} of ${steps}`,
  drawing: 'Drawing …',
  before: (steps: number) => `Two networks will be trained here, ${steps} steps each.`,
  steps: (n: number) => (n === 1 ? '1 step' : `${n} steps`),
  drawn: (asked: string, steps: string, count: number) =>
    `${count} images of the network ${asked}, drawn in ${steps}`,
  off: 'off',
  offHint: 'Root mean square distance of a pixel from the nearest of the six images',
};
export type FlowAgainstNoiseWords = typeof en;
