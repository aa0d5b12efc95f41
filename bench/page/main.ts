/** The page that `npm run bench` drives: it opens cells and runs what it is told, by number. */

import { runOf } from '../../src/components/trainer/runConfig.ts';
import { createSession } from '../../src/components/trainer/session.ts';
import { defaultSettings } from '../../src/components/trainer/settings.ts';
import { type OpenCell, openCell } from '../../src/lib/bench/client.ts';
import type { BenchCell, BenchWork } from '../../src/lib/bench/types.ts';

/** A number, or the name of a worker that only times single operations. */
type CellId = number | string;

const cells = new Map<CellId, OpenCell>();

const spawn = () => new Worker(new URL('./cellWorker.ts', import.meta.url), { type: 'module' });

const find = (id: CellId): OpenCell => {
  const open = cells.get(id);
  if (!open) throw new Error(`there is no cell ${id}`);
  return open;
};

const bench = {
  isolated: crossOriginIsolated,
  cores: navigator.hardwareConcurrency,
  async open(id: CellId, cell: BenchCell) {
    const open = await openCell(cell, spawn);
    cells.set(id, open);
    return open.info;
  },
  run: (id: CellId, work: BenchWork, repeats: number, cap: number) =>
    find(id).run(work, repeats, cap),
  speeds: (id: CellId) => find(id).speeds(),
  close(id: CellId) {
    cells.get(id)?.close();
    cells.delete(id);
  },
  /** The lab's default run on the drawn digits from its first step, with or without its film, for some seconds of training. */
  async lab(film: boolean, seconds: number) {
    const session = createSession({ backend: 'wasm', film });
    const run = { ...runOf(defaultSettings('digits')), steps: 0 };
    await session.trainer.forgetRun(run);
    const enough = new Promise<{ steps: number; seconds: number }>((resolve) => {
      session.trainer.on((event) => {
        if (event.type === 'step' && event.seconds >= seconds)
          resolve({ steps: event.step, seconds: event.seconds });
      });
    });
    await session.train(run);
    const result = { ...(await enough), moments: session.film.value.map(({ step }) => step) };
    await session.trainer.pause();
    await session.trainer.forgetRun(run);
    session.dispose();
    return result;
  },
};

export type BenchPage = typeof bench;
Object.assign(window, { bench });
