/** What a step is compared with: our own operations, one at a time. */
import { peaksOf } from '../src/lib/worker/benchStats.ts';

/**
 * Single operations of our kernels, on `threads` workers at once. Their turn follows that of the step which is compared
 * with them, so that both have met the same machine.
 */
export async function openPeaks(page, threads, batch) {
  const cell = { engine: 'ours', backend: 'wasm', threads: 1, batch: 1 };
  const ids = Array.from({ length: threads }, (_, i) => `peaks ${threads} ${i}`);
  const all = (call) => page.evaluate(call, [ids, cell]);
  await all(([list, c]) => Promise.all(list.map((id) => window.bench.open(id, c))));
  const workers = ids.map(() => ({ convolutions: {}, matmul: [] }));
  return {
    async turn() {
      const speeds = await all(([list]) => Promise.all(list.map((id) => window.bench.speeds(id))));
      speeds.forEach(({ convolutions, matmul }, i) => {
        workers[i].matmul.push(...matmul);
        for (const [name, list] of Object.entries(convolutions))
          workers[i].convolutions[name] = [...(workers[i].convolutions[name] ?? []), ...list];
      });
    },
    result: () => peaksOf(batch, workers),
    close: () =>
      all(([list]) => {
        for (const id of list) window.bench.close(id);
      }),
  };
}
