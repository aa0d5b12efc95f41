/** Losses that stay on the device for some steps: fewer read-backs, the same numbers, none lost. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { all16 } from '../../src/lib/data/toy2x2.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import type { BackendInfo } from '../../src/lib/tensor/options.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import {
  disposeSession,
  openSession,
  type TrainStep,
  trainStep,
} from '../../src/lib/tensor/recipes/diffusion/train.ts';
import { assemble } from '../../src/lib/worker/prepare.ts';
import type { WorkerEvent } from '../../src/lib/worker/protocol.ts';
import { createControl, readTogether, trainLoop } from '../../src/lib/worker/trainLoop.ts';
import { useBackend } from './support/backends.ts';
import { ONE_LEVEL } from './support/tinyNet.ts';

const { mapAsync } = GPUBuffer.prototype;
let info: BackendInfo;
let reads = 0;

beforeAll(async () => {
  info = await useBackend('webgpu', 'ours');
});
afterEach(() => {
  GPUBuffer.prototype.mapAsync = mapAsync;
});
afterAll(() => setKernels('ours'));

function countReads() {
  reads = 0;
  GPUBuffer.prototype.mapAsync = function (...args) {
    reads++;
    return mapAsync.apply(this, args);
  };
}

const config = (steps: number) => ({
  ...defaultRun('all16'),
  model: ONE_LEVEL,
  batchSize: 4,
  steps,
});

describe('unread steps', () => {
  async function follow(unread: (step: number) => boolean): Promise<TrainStep[]> {
    const session = await openSession(config(0), all16());
    countReads();
    const steps = Array.from({ length: 20 }, (_, i) => trainStep(session, unread(i + 1)));
    session.stepper.flush?.();
    const done = await Promise.all(steps);
    GPUBuffer.prototype.mapAsync = mapAsync;
    disposeSession(session);
    return done;
  }

  it('bring the same numbers in fewer read-backs', async () => {
    const each = await follow(() => false);
    expect(reads).toBe(20);
    const fives = await follow((step) => step % 5 !== 0);
    expect(reads).toBe(4);
    expect(fives).toEqual(each);
    // Sixteen rows at most wait; the other four are flushed.
    expect(await follow(() => true)).toEqual(each);
    expect(reads).toBe(2);
  });
});

describe('the training loop', () => {
  const kept = { id: 1, lease: { key: 'all16', release: () => {} } };
  it.each([0, 1, 4])('that reads %i steps together reports every loss', async (group) => {
    const run = await assemble(config(11), all16(), info, kept);
    const losses: number[] = [];
    const post = (event: WorkerEvent) => {
      if (event.type === 'losses') losses.push(...event.steps);
    };
    let saves = 0;
    const runs = {
      put: async () => {
        saves++;
        return 'memory' as const;
      },
      get: async () => null,
      saved: async () => null,
      setAside: async () => null,
      take: async () => null,
    };
    countReads();
    const end = await trainLoop(run, createControl(), post, runs, () => group);
    expect(end).toBe('finished');
    expect(losses).toEqual(Array.from({ length: 11 }, (_, i) => i + 1));
    // Each save reads four arrays too: the last one, and on a slow machine one every five seconds.
    expect(saves).toBeGreaterThan(0);
    expect(reads - 4 * saves).toBe(group === 4 ? 3 : 11);
    expect(run.last?.step).toBe(11);
    run.training.dispose();
  });

  it('reads every 30 ms on a GPU, and each step elsewhere', async () => {
    const run = await assemble(config(1), all16(), info, kept);
    const at = (stepsPerSecond: number, software: boolean) =>
      readTogether({
        ...run,
        backend: { ...info, software },
        meter: { ...run.meter, stepsPerSecond: () => stepsPerSecond },
      });
    expect([0, 10, 200, 5000].map((speed) => at(speed, false))).toEqual([1, 1, 6, 16]);
    expect(at(200, true)).toBe(0);
    run.training.dispose();
  });
});
