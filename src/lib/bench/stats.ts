/** Medians, spreads, rows and ratios of a bench: pure functions. */
import { graphFlops } from '../tensor/graph/node.ts';
import { unet } from '../tensor/networks/unet.ts';
import {
  BENCH_MODEL,
  BENCH_MODEL_NAME,
  type BenchCell,
  type BenchRow,
  type CellInfo,
  DDIM_STEPS,
  type Peaks,
  type Speeds,
  type Timing,
} from './types.ts';

/** The middle value; of an even number of values, the mean of the middle two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function timing(values: readonly number[]): Timing {
  return {
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    repeats: values.length,
  };
}

/** Floating-point operations of one training step: a backward pass counts as two forward passes. */
export function stepFlops(batch: number): number {
  return 3 * batch * graphFlops(unet(BENCH_MODEL));
}

/** GFLOP/s from operations and milliseconds. */
export const gflopsOf = (flops: number, ms: number): number => flops / ms / 1e6;

const round = (x: number, digits = 4): number => (Number.isFinite(x) ? +x.toPrecision(digits) : x);

export interface Samples {
  train: number[];
  forward: number[];
  js: number[];
  sample: number[];
  losses: number[];
  dispatches: number;
  bytes: number;
}

export function rowOf(cell: BenchCell, info: CellInfo, samples: Samples): BenchRow {
  const train = timing(samples.train);
  const forward = timing(samples.forward);
  const sample = median(samples.sample);
  return {
    engine: cell.engine,
    backend: cell.backend,
    threads: info.threads,
    model: BENCH_MODEL_NAME,
    batch: cell.batch,
    trainMs: round(train.median),
    forwardMs: round(forward.median),
    gflops: round(gflopsOf(stepFlops(cell.batch), train.median), 3),
    dispatches: cell.backend === 'webgpu' ? samples.dispatches : null,
    firstStepMs: round(info.firstStepMs),
    repeats: train.repeats,
    min: round(train.min),
    max: round(train.max),
    forwardRepeats: forward.repeats,
    forwardMin: round(forward.min),
    forwardMax: round(forward.max),
    parameters: info.parameters,
    adapter: info.adapter,
    software: info.software,
    detail: info.detail,
    jsMs: samples.js.length > 0 ? round(median(samples.js), 3) : null,
    memoryBytes: samples.bytes > 0 ? samples.bytes : null,
    sampleMs: samples.sample.length > 0 ? round(sample) : null,
    sampleRatio:
      samples.sample.length > 0 ? round(sample / (DDIM_STEPS * forward.median), 3) : null,
    losses: [info.loss, ...samples.losses.slice(0, 2)],
    variant: cell.variant ?? '',
  };
}

/** One change of places: milliseconds of some steps, then the speeds of each worker. */
export interface PeakTurn {
  train: number[];
  speeds: Speeds[];
}

/**
 * Medians, because one lucky run is no peak. The share is the median of the turns' shares, because neighbours that slow the
 * machine for a second slow both. The best of each is what a quiet machine would show.
 */
export function peaksOf(batch: number, turns: readonly PeakTurn[]): Peaks {
  const most = (list: number[]) => Math.max(...list);
  const speed = (ms: number) => gflopsOf(stepFlops(batch), ms);
  const workers = turns[0].speeds.map((_, i) => turns.map(({ speeds }) => speeds[i]));
  const workersOf = (reduce: (list: number[]) => number, value: (s: Speeds) => number) =>
    workers.reduce((sum, worker) => sum + reduce(worker.map(value)), 0);
  const fastest = (reduce: (list: number[]) => number) =>
    Object.keys(turns[0].speeds[0].convolutions)
      .map((name) => ({ name, value: workersOf(reduce, (s) => s.convolutions[name]) }))
      .reduce((a, b) => (b.value > a.value ? b : a));
  const { name, value: convolution } = fastest(median);
  const shareOf = ({ train, speeds }: PeakTurn) =>
    speed(median(train)) / speeds.reduce((sum, { convolutions }) => sum + convolutions[name], 0);
  const times = turns.flatMap(({ train }) => train);
  return {
    threads: workers.length,
    batch,
    convolution: round(convolution),
    operation: name,
    matmul: round(workersOf(median, (s) => s.matmul)),
    step: round(speed(median(times))),
    share: round(median(turns.map(shareOf)), 3),
    bestShare: round(speed(Math.min(...times)) / fastest(most).value, 3),
    repeats: times.length,
  };
}

type Key = Partial<Pick<BenchRow, 'engine' | 'backend' | 'threads' | 'batch' | 'variant'>>;

/** The first row with these values. */
export function findRow<R extends Key>(rows: readonly R[], key: Key): R | undefined {
  const names = Object.keys(key) as (keyof Key)[];
  return rows.find((row) => names.every((name) => row[name] === key[name]));
}

/** How many times as long a step of `slow` takes as one of `fast`; null unless both were measured. */
export function ratio(
  slow: { trainMs: number } | undefined,
  fast: { trainMs: number } | undefined,
): number | null {
  const value = slow && fast ? slow.trainMs / fast.trainMs : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
