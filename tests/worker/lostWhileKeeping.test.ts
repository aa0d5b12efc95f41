/** A device that goes away while the run is being kept: its read-back never comes, and nobody may wait for it. */
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import type { LiveRun } from '../../src/lib/worker/liveRun.ts';
import { createControl, trainLoop } from '../../src/lib/worker/trainLoop.ts';

it('ends the loop, which waits for no answer of a lost device', async () => {
  await setBackend('cpu');
  const control = createControl();
  let step = 0;
  let reads = 0;
  const run = {
    config: { steps: 3 },
    backend: { name: 'webgl', software: true },
    meter: {
      stepsPerSecond: () => 1,
      add: () => {},
      history: () => ({}),
      takeLosses: () => ({ steps: [], losses: [] }),
      smoothed: () => 0.5,
      seconds: () => 0,
    },
    training: {
      flops: 1,
      get step() {
        return step;
      },
      next: async () => ({ step: ++step, loss: 0.5, scalars: {} }),
      read: () => {
        reads++;
        control.lose('the WebGL context was lost');
        return new Promise(() => {});
      },
    },
  } as unknown as LiveRun;
  const runs = {} as Parameters<typeof trainLoop>[3];
  expect(await trainLoop(run, control, () => {}, runs)).toBe('lost');
  expect(reads).toBe(1);
});
