/** Some steps on every backend: the same losses as on cpu, memory flat, the loss falls. */
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { all16 } from '../../src/lib/data/toy2x2.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { disposeSession, openSession, train } from '../../src/lib/tensor/train.ts';
import { defaultRun } from '../../src/lib/worker/defaults.ts';
import { BACKENDS, useBackend } from './support/backends.ts';

/** The first losses of a run of twenty: its rate falls towards its end. */
async function losses(count: number, onStep?: (step: number) => void): Promise<number[]> {
  const session = await openSession({ ...defaultRun('all16'), batchSize: 8, steps: 20 }, all16());
  const out: number[] = [];
  for await (const { step, loss } of train(session)) {
    out.push(loss);
    onStep?.(step);
    if (step === count) break;
  }
  disposeSession(session);
  return out;
}

let reference: number[] | undefined;
/** Twenty where a step is quick; software adapters take up to a second for one, and compile long before the first. */
const stepsOn = (name: string, kernels: string) =>
  name === 'wasm' ? 20 : name === 'cpu' || kernels === 'ours' ? 8 : 4;

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
