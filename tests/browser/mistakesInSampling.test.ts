/** The mistakes that a program makes only when it draws: a run that has one draws with it. */
import { expect, it } from 'vitest';
import type { BugName } from '../../src/lib/math/mistakes/bugs.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import type { SampleRequest } from '../../src/lib/tensor/recipes/diffusion/questions.ts';
import type { RunConfig } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { createTrainer } from '../../src/lib/worker/client.ts';
import { watched } from './support/inPage.ts';

const STEPS = 20;
const request: SampleRequest = {
  count: 8,
  steps: 5,
  sampler: 'ddim',
  variance: 'betaTilde',
  eta: 0,
  seed: 4,
  clip: true,
  weights: 'ema',
};

/** A short run with the mistake, and what it draws for each request. */
async function drawings(bug: BugName | undefined, requests: SampleRequest[]) {
  const { trainer, next } = watched(createTrainer());
  try {
    const config: RunConfig = { ...defaultRun('points'), backend: 'wasm', steps: STEPS };
    await trainer.start(bug ? { ...config, bug } : config);
    await next('paused', ({ reason }) => reason === 'finished');
    const images: Float32Array[] = [];
    for (const wanted of requests) images.push((await trainer.sample(wanted)).images);
    return images;
  } finally {
    trainer.dispose();
  }
}

it('raw weights, and no clipping', async () => {
  const [right, raw, unclipped] = await drawings(undefined, [
    request,
    { ...request, weights: 'raw' },
    { ...request, clip: false },
  ]);
  // The right program, a few steps in: both mistakes can be seen.
  expect(raw).not.toEqual(right);
  expect(unclipped).not.toEqual(right);
  expect(await drawings('noEma', [request])).toEqual([raw]);
  expect(await drawings('noClip', [request])).toEqual([unclipped]);
});
