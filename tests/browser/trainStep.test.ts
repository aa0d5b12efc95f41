/** Some steps on every backend: the same losses as on cpu, memory flat, the loss falls. */
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { all16 } from '../../src/lib/data/toy2x2.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { disposeSession, openSession, train } from '../../src/lib/tensor/train.ts';
import { defaultRun } from '../../src/lib/worker/defaults.ts';
import { BACKENDS, useBackend } from './support/backends.ts';

async function losses(steps: number, onStep?: (step: number) => void): Promise<number[]> {
  const session = await openSession({ ...defaultRun('all16'), batchSize: 16, steps }, all16());
  const out: number[] = [];
  for await (const { step, loss } of train(session)) {
    out.push(loss);
    onStep?.(step);
  }
  disposeSession(session);
  return out;
}

let reference: number[] | undefined;
/** The stock ops take a second a step on the software adapter of WebGPU. */
const stepsOn = (name: string, kernels: string) =>
  name === 'webgpu' && kernels === 'stock' ? 6 : 20;

describe.each(BACKENDS)('%s', (name) => {
  afterAll(() => setKernels('ours'));

  it.each(['stock', 'ours'] as const)(
    'trains like cpu with %s kernels, without leaking',
    async (kernels) => {
      await useBackend('cpu');
      reference ??= await losses(20);
      await useBackend(name, kernels);
      const before = memory().numTensors;
      let early = 0;
      let late = 0;
      const steps = stepsOn(name, kernels);
      const own = await losses(steps, (step) => {
        if (step === 3) early = memory().numTensors;
        if (step === steps) late = memory().numTensors;
      });
      own.forEach((loss, i) => {
        expect(Math.abs(loss - reference![i]), `step ${i + 1}`).toBeLessThan(1e-4);
      });
      expect(late).toBe(early);
      expect(memory().numTensors).toBe(before);
    },
  );
});
