/** The page's side of a bench: cells in workers, and rounds that go from one to the next, A B A B. */

import { createAsking } from '../worker/asking.ts';
import type { WorkerEvent } from '../worker/protocol.ts';
import { rowOf, type Samples } from './stats.ts';
import type {
  BenchCell,
  BenchQuestion,
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

/** The worker that this page brings. */
export const spawnBenchWorker = (): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Starts a worker, opens the engine in it and lets it take its first step. `signal` ends the worker. */
export async function openCell(
  cell: BenchCell,
  spawn: () => Worker,
  signal?: AbortSignal,
): Promise<OpenCell> {
  const { ask, close: end } = createAsking<BenchQuestion, string, WorkerEvent>({
    spawn,
    refused: (message) => new Error(message),
    crashed({ why, message }) {
      const error = new Error(why === 'thrown' ? message : 'its worker could not be loaded');
      // Another worker would have no engine.
      end(error);
      return error;
    },
  });
  const close = () => end(new DOMException('stopped', 'AbortError'));
  signal?.addEventListener('abort', close, { once: true });
  if (signal?.aborted) close();
  try {
    const info = await ask<CellInfo>({ type: 'open', cell });
    return {
      cell,
      info,
      run: (work, repeats, cap) => ask({ type: 'run', work, repeats, cap }),
      speeds: () => ask({ type: 'speeds' }),
      close,
    };
  } catch (error) {
    close();
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
