/** The page's side of a bench: cells in workers, and rounds that go from one to the next, A B A B. */

import type { WorkerEvent } from '../worker/protocol.ts';
import { rowOf, type Samples } from './stats.ts';
import type {
  BenchCell,
  BenchReply,
  BenchRequest,
  BenchRow,
  BenchWork,
  CellInfo,
  CellRun,
  Speeds,
} from './types.ts';

export interface OpenCell {
  cell: BenchCell;
  info: CellInfo;
  run(work: BenchWork, repeats: number, cap: number): Promise<CellRun>;
  speeds(): Promise<Speeds>;
  close(): void;
}

type Question = BenchRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never;

/** The worker that this page brings. */
export const spawnBenchWorker = (): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Starts a worker, opens the engine in it and lets it take its first step. `signal` ends the worker. */
export async function openCell(
  cell: BenchCell,
  spawn: () => Worker,
  signal?: AbortSignal,
): Promise<OpenCell> {
  const worker = spawn();
  let nextId = 1;
  let refuse: ((error: Error) => void) | null = null;
  const close = () => {
    worker.terminate();
    refuse?.(new DOMException('stopped', 'AbortError'));
  };
  signal?.addEventListener('abort', close, { once: true });

  const ask = <T>(question: Question): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (signal?.aborted) reject(new DOMException('stopped', 'AbortError'));
      refuse = reject;
      worker.onmessage = ({ data }: MessageEvent<BenchReply | WorkerEvent>) => {
        // The steps of a drawing come here too, as they do to the lab.
        if (!('ok' in data)) return;
        if (data.ok) resolve(data.value as T);
        else reject(new Error(data.message));
      };
      worker.onerror = (event) =>
        reject(new Error(event.message || 'its worker could not be loaded'));
      worker.postMessage({ ...question, id: nextId++ });
    });

  try {
    const info = await ask<CellInfo>({ type: 'open', cell });
    return {
      cell,
      info,
      run: (work, repeats, cap) => ask<CellRun>({ type: 'run', work, repeats, cap }),
      speeds: () => ask<Speeds>({ type: 'speeds' }),
      close,
    };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

export interface Rounds {
  rounds: number;
  /** Seconds of measurement that one cell may take; a slow one gets fewer rounds. */
  cap: number;
}

export interface BenchProgress {
  /** 0…1 */
  done: number;
  text: string;
}

export const emptySamples = (): Samples => ({
  train: [],
  forward: [],
  js: [],
  sample: [],
  losses: [],
  dispatches: 0,
  bytes: 0,
});

/**
 * Adds one round, a training step and a forward pass, to the samples. The step before them is not timed: the other engines
 * ran since the last round, and the caches that they share (compiled shaders among them) are no longer this one's.
 */
export async function addRound(open: OpenCell, samples: Samples): Promise<void> {
  samples.losses.push(...(await open.run('train', 1, 0)).losses);
  const train = await open.run('train', 1, 0);
  samples.train.push(...train.ms);
  samples.js.push(...train.jsMs);
  samples.losses.push(...train.losses);
  samples.dispatches = train.dispatches;
  samples.bytes = Math.max(samples.bytes, train.bytes);
  samples.forward.push(...(await open.run('forward', 1, 0)).ms);
}

export interface Outcome {
  rows: BenchRow[];
  /** Cells that could not be measured, with the reason. */
  missing: { cell: BenchCell; message: string }[];
}

const nameOf = ({ engine, backend }: BenchCell) => `${engine}, ${backend}`;

/**
 * Measures cells that are compared with each other: all are opened, then timed in turn, round after round. `report`
 * hears of progress and gets the rows as they stand.
 */
export async function measureTogether(
  cells: BenchCell[],
  { rounds, cap }: Rounds,
  report: (progress: BenchProgress, outcome: Outcome) => void,
  signal: AbortSignal,
  spawn = spawnBenchWorker,
): Promise<Outcome> {
  const live: { open: OpenCell; samples: Samples }[] = [];
  const missing: Outcome['missing'] = [];
  const outcome = (): Outcome => ({
    rows: live
      .filter(({ samples }) => samples.forward.length > 0)
      .map(({ open, samples }) => rowOf(open.cell, open.info, samples)),
    missing,
  });
  try {
    for (const cell of cells) {
      report({ done: 0, text: `Starting ${nameOf(cell)}` }, outcome());
      try {
        const open = await openCell(cell, spawn, signal);
        live.push({ open, samples: emptySamples() });
        // One pass untimed: its first call compiles.
        await open.run('forward', 1, 0);
      } catch (error) {
        if (signal.aborted) throw error;
        missing.push({ cell, message: error instanceof Error ? error.message : String(error) });
      }
    }
    const spent = (samples: Samples) =>
      [...samples.train, ...samples.forward].reduce((a, b) => a + b, 0) / 1000;
    for (let round = 1; round <= rounds; round++)
      for (const { open, samples } of live) {
        if (samples.train.length > 0 && spent(samples) > cap) continue;
        const text = `${nameOf(open.cell)}, round ${round} of ${rounds}`;
        report({ done: (round - 1) / rounds, text }, outcome());
        await addRound(open, samples);
      }
    return outcome();
  } finally {
    for (const { open } of live) open.close();
  }
}
