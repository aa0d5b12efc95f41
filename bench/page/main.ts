/** The page that `npm run bench` drives: it opens cells and runs what it is told, by number. */
import { type OpenCell, openCell } from '../../src/lib/worker/benchClient.ts';
import type { BenchCell, BenchWork } from '../../src/lib/worker/benchTypes.ts';

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
};

export type BenchPage = typeof bench;
Object.assign(window, { bench });
