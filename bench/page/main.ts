/** The page that `npm run bench` drives: it opens cells and runs what it is told, by number. */
import { type OpenCell, openCell } from '../../src/lib/worker/benchClient.ts';
import type { BenchCell, BenchWork } from '../../src/lib/worker/benchTypes.ts';

const cells = new Map<number, OpenCell>();

const spawn = () => new Worker(new URL('./cellWorker.ts', import.meta.url), { type: 'module' });

const find = (id: number): OpenCell => {
  const open = cells.get(id);
  if (!open) throw new Error(`there is no cell ${id}`);
  return open;
};

const bench = {
  isolated: crossOriginIsolated,
  cores: navigator.hardwareConcurrency,
  async open(id: number, cell: BenchCell) {
    const open = await openCell(cell, spawn);
    cells.set(id, open);
    return open.info;
  },
  run: (id: number, work: BenchWork, repeats: number, cap: number) =>
    find(id).run(work, repeats, cap),
  peaks: (id: number) => find(id).peaks(),
  close(id: number) {
    cells.get(id)?.close();
    cells.delete(id);
  },
};

export type BenchPage = typeof bench;
Object.assign(window, { bench });
