/** Weights that come without the optimiser's moments: trained on as by a new optimiser, counted as one run. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { all16 } from '../../src/lib/data/index.ts';
import { createNetwork } from '../../src/lib/tensor/network.ts';
import { freshState } from '../../src/lib/tensor/optimizer.ts';
import { initialParameters } from '../../src/lib/tensor/params.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import {
  createSession,
  disposeSession,
  readState,
  trainStep,
} from '../../src/lib/tensor/recipes/diffusion/train.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

const base = defaultRun('all16');
const options = { ...base, steps: 0, batchSize: 4, model: { ...base.model, base: 8 } };

it('takes the steps that a new optimiser takes, and goes on counting', async () => {
  const weights = initialParameters(createNetwork(options.model).specs, 3);
  const anew = createSession(options, all16(), freshState(weights));
  const after = createSession(options, all16(), { ...freshState(weights), step: 500, before: 500 });
  for (let k = 1; k <= 3; k++) {
    const expected = await trainStep(anew);
    const found = await trainStep(after);
    expect(found).toEqual({ ...expected, step: 500 + k });
  }
  const { step: _, ...expected } = await readState(anew);
  expect(await readState(after)).toEqual({ ...expected, step: 503, before: 500 });
  for (const session of [anew, after]) disposeSession(session);
});
