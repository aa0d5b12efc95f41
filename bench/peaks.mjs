/** What a step is compared with: our own operations, one at a time. */
import { peaksOf } from '../src/lib/bench/stats.ts';

/** How often the two change places in one turn. */
const REPEATS = 6;

/**
 * Single operations of our kernels on as many workers as `cell` has threads. A turn goes to and fro between training steps
 * and operations, so that both meet the same machine: its neighbours slow it for a tenth of a second at a time.
 */
export async function openPeaks(page, cell, step) {
  const { threads, batch } = cell;
  const single = { ...cell, threads: 1, batch: 1 };
  const ids = Array.from({ length: threads }, (_, i) => `peaks ${threads} ${i}`);
  const all = (call) => page.evaluate(call, [ids, single]);
  await all(([list, c]) => Promise.all(list.map((id) => window.bench.open(id, c))));
  const turns = [];
  return {
    async turn() {
      for (let i = 0; i < REPEATS; i++) {
        await step.run('train', 1, 0); // fills the caches again
        const train = (await step.run('train', 2, Number.POSITIVE_INFINITY)).ms;
        const speeds = await all(([list]) =>
          Promise.all(list.map((id) => window.bench.speeds(id))),
        );
        turns.push({ train, speeds });
      }
    },
    result: () => peaksOf(batch, turns),
    close: () =>
      all(([list]) => {
        for (const id of list) window.bench.close(id);
      }),
  };
}
