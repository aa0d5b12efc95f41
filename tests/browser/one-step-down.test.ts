/** What is missing costs one step, not the whole way down: threads → one thread, relaxed SIMD → SIMD; and it is said. */

import { afterEach, describe, expect, it } from 'vitest';
import type { UNetConfig } from '../../src/lib/checkpoint/config.ts';
import { loadDataset } from '../../src/lib/data/index.ts';
import { startBackend } from '../../src/lib/tensor/backend.ts';
import { createBrowserPlan, planThreads } from '../../src/lib/tensor/kernels/wasm/browserPlan.ts';
import { kernelModule } from '../../src/lib/tensor/kernels/wasm/files.ts';
import { graphOf } from '../../src/lib/tensor/networks/index.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import {
  disposeSession,
  openSession,
  trainStep,
} from '../../src/lib/tensor/recipes/diffusion/train.ts';
import { sayWarning } from '../../src/lib/words/errors/worker.ts';
import { inPageTrainer } from './support/inPage.ts';

const Memory = WebAssembly.Memory;
const realFetch = globalThis.fetch;
afterEach(() => {
  WebAssembly.Memory = Memory;
  globalThis.fetch = realFetch;
});

/** A browser that grants memory to one thread, and none to be shared. */
function refuseSharedMemory() {
  WebAssembly.Memory = new Proxy(Memory, {
    construct(target, [descriptor]) {
      if (descriptor.shared) throw new RangeError('Out of memory');
      return new target(descriptor);
    },
  });
}

const config: UNetConfig = {
  ...{ kind: 'unet', imageSize: 4, channels: 1, base: 8 },
  ...{ multipliers: [1, 2], groups: 4, classes: 0 },
};

// In this order: the last case leaves the page without threads, as a page is left that was refused them.
describe('one step down', () => {
  it('from relaxed SIMD to SIMD, and back when the file can be had', async () => {
    globalThis.fetch = (input, init) =>
      String(input).includes('relaxed')
        ? Promise.resolve(new Response(null, { status: 404 }))
        : realFetch(input, init);
    const plain = await kernelModule(false);
    expect(plain.relaxed).toBe(false);
    expect(WebAssembly.Module.exports(plain.module).map(({ name }) => name)).toContain('run_job');
    globalThis.fetch = realFetch;
    expect((await kernelModule(false)).relaxed).toBe(true);
  });

  it('from a plan of two threads to one of one, with the same numbers', async () => {
    const values = {
      x: Float32Array.from({ length: 32 }, (_, i) => Math.sin(i)),
      features: Float32Array.from({ length: 64 }, (_, i) => Math.cos(i)),
    };
    const draw = async () => {
      const plan = await createBrowserPlan(graphOf(config), 2, { threads: 2 });
      if (!plan) throw new Error('no plan');
      plan.state.params.forEach((_, i) => {
        plan.state.params[i] = 0.1 * Math.sin(7 * i);
      });
      plan.changed();
      const { threads, note } = plan;
      const prediction = plan.forward({ values }, 'raw');
      plan.dispose();
      return { threads, note, prediction };
    };
    const two = await draw();
    expect(two.threads).toBe(2);
    expect(two.note).toBe('');
    refuseSharedMemory();
    const one = await draw();
    expect(one.threads).toBe(1);
    expect(one.note).toContain('2 threads would not start (Out of memory), so one computes.');
    expect(one.prediction).toEqual(two.prediction);
  });

  it('from threads to one in the whole backend, whose training stays compiled, and the reader hears of it', async () => {
    expect(planThreads(2)).toBe(2);
    refuseSharedMemory();
    const run = inPageTrainer();
    const wanted = { ...defaultRun('two'), backend: 'wasm', sampleEvery: 0, steps: 3 } as const;
    await run.trainer.forgetRun(wanted);
    const { backend } = await run.trainer.start(wanted);
    expect(backend).toMatchObject({ name: 'wasm', threads: 1 });
    expect(backend.kernels).toMatch(/^ours/);
    const skipped = await run.next('warning', ({ code }) => code === 'backendSkipped');
    expect(sayWarning(skipped)).toContain('so one computes');
    await run.next('paused', ({ reason }) => reason === 'finished');
    run.trainer.dispose();
    expect(planThreads(2)).toBe(1);
    // Without a plan a stepper tells of no threads.
    const session = await openSession(wanted, await loadDataset('two'));
    expect(session.stepper.threads).toBe(1);
    expect(Number.isFinite((await trainStep(session)).loss)).toBe(true);
    disposeSession(session);
    const again = await startBackend('auto', 'ours');
    expect(again.info).toMatchObject({ name: 'wasm', threads: 1 });
  });
});
