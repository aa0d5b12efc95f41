/** The right to keep a run, with the browser's own locks. */
import { expect, it } from 'vitest';

it('is had by a worker that was busy for long after it had asked: nobody else has the run', async () => {
  const worker = new Worker(new URL('./support/busyClaim.ts', import.meta.url), { type: 'module' });
  const claimed = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
  });
  worker.terminate();
  expect(claimed).toBe('lease');
});
