/** What a reader does with a saved run: opens it, lets it train on, draws from it. The same for whoever made the fixtures. */

import type { SampleRequest } from '../../src/lib/tensor/recipes/diffusion/questions.ts';
import type { Trainer } from '../../src/lib/worker/client.ts';

/** One draw of two images, with the averaged weights: what the moving average has become. */
export const DRAWING: SampleRequest = {
  count: 2,
  steps: 3,
  sampler: 'ddim',
  variance: 'betaTilde',
  eta: 0.5,
  seed: 4,
  clip: true,
  weights: 'ema',
};

/** Steps after the file. */
export const STEPS = 4;

export interface GoneOn {
  /** Step at which the file stands. */
  step: number;
  /** Of the steps after it. */
  losses: number[];
  /** Every `every`-th number of the images drawn after those. */
  drawn: number[];
}

/** Numbers of an image worth keeping: all of a small one, some of a large one. */
export const some = (values: ArrayLike<number>): number[] =>
  Array.from(values).filter((_, i) => values.length <= 16 || i % 97 === 50);

export async function goOn(trainer: Trainer, bytes: Uint8Array): Promise<GoneOn> {
  const { step } = await trainer.load(bytes, { keep: false });
  const losses: number[] = [];
  for (let n = 0; n < STEPS; n++) losses.push((await trainer.step()).loss);
  const { images } = await trainer.sample(DRAWING);
  return { step, losses, drawn: some(images) };
}
