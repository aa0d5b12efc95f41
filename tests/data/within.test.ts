import { expect, it } from 'vitest';
import { Silence, within } from '../../src/lib/data/within.ts';

const sleep = (ms: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, ms);

it('ends a wait for what never comes', async () => {
  await expect(within(20, new Promise(() => {}))).rejects.toThrow(Silence);
});

it('does not take a thread that was busy for an answer that did not come', async () => {
  // Two tasks: overdue timers come between them.
  const answered = new Promise((resolve) => setImmediate(setImmediate, () => resolve('here')));
  const waited = within(20, answered);
  // The whole time, and more.
  sleep(100);
  expect(await waited).toBe('here');
});
