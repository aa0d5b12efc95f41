/**
 * What a bench measures and says: shared by the /bench/ page, by `npm run bench` and by its tests. Types and constants
 * only. Times are milliseconds.
 */
import type { UNetConfig } from '../checkpoint/config.ts';
import type { Speeds } from '../tensor/measure.ts';

export type { Speeds };

export const BENCH_ENGINES = ['ours', 'tfjs', 'tf.layers', 'jax-js', 'pytorch'] as const;
export type BenchEngineName = (typeof BENCH_ENGINES)[number];
export const BENCH_BACKENDS = ['wasm', 'webgl', 'webgpu', 'cpu'] as const;
export type BenchBackend = (typeof BENCH_BACKENDS)[number];

/** The model that every engine runs: 147,745 parameters. */
export const BENCH_MODEL: UNetConfig = {
  kind: 'unet',
  imageSize: 28,
  channels: 1,
  base: 16,
  multipliers: [1, 2, 2],
  groups: 8,
  classes: 0,
};
export const BENCH_MODEL_NAME = 'unet-16-1-2-2';
export const BENCH_PARAMETERS = 147_745;
/** Network evaluations of the timed sampling. */
export const DDIM_STEPS = 50;

/** One thing to time: it lives in a worker of its own. */
export interface BenchCell {
  engine: BenchEngineName;
  backend: BenchBackend;
  /** Threads asked for; matters on wasm and for PyTorch. */
  threads: number;
  batch: number;
  /** A second way of the same engine, e.g. 'im2col'. */
  variant?: string;
}

/** What a cell says of itself once its first step is done. */
export interface CellInfo {
  parameters: number;
  /** Threads that really run. */
  threads: number;
  /** Graphics adapter, '' without one. */
  adapter: string;
  software: boolean;
  /** Version of the engine, or which kernels run. */
  detail: string;
  /** From the start of the worker's own code to the loss of its first step: loading, compilation, one step. */
  firstStepMs: number;
  /** Loss of the first step. */
  loss: number;
}

/**
 * A training step beside what `threads` workers reach with single operations: both in turns, a few of each, medians.
 * GFLOP/s.
 */
export interface Peaks {
  threads: number;
  batch: number;
  /** The fastest convolution, and which one it is: sum of the workers. */
  convolution: number;
  operation: string;
  matmul: number;
  /** The step in the same turns. */
  step: number;
  /** step ÷ convolution: median of the turns' shares, and of the best of each. */
  share: number;
  bestShare: number;
  repeats: number;
}

export type BenchWork = 'train' | 'forward' | 'sample';

/** Times of a few repeats. */
export interface CellRun {
  ms: number[];
  /** Losses of training steps, else empty. */
  losses: number[];
  /** Time for which the call kept the worker's thread, without waiting for the device. */
  jsMs: number[];
  /** WebGPU dispatches of the last repeat; 0 elsewhere. */
  dispatches: number;
  /** Bytes of WebAssembly memories and of GPU buffers that the engine holds; 0 where it does not say. */
  bytes: number;
}

export interface Timing {
  median: number;
  min: number;
  max: number;
  repeats: number;
}

/** One line of a result. */
export interface BenchRow {
  engine: BenchEngineName;
  backend: BenchBackend;
  threads: number;
  model: string;
  batch: number;
  trainMs: number;
  forwardMs: number;
  /** GFLOP/s of the training step: three forward passes of counted multiply–adds, over its median. */
  gflops: number;
  /** WebGPU dispatches of a training step; null on other backends. */
  dispatches: number | null;
  firstStepMs: number;
  /** Timed training steps, their least and greatest time. */
  repeats: number;
  min: number;
  max: number;
  forwardRepeats: number;
  forwardMin: number;
  forwardMax: number;
  parameters: number;
  adapter: string;
  software: boolean;
  detail: string;
  /** Thread time of a training step before it waits for the device; null where nobody measured it. */
  jsMs: number | null;
  memoryBytes: number | null;
  /** 50-step DDIM of the whole batch, and how many times as long it takes as 50 forward passes. */
  sampleMs: number | null;
  sampleRatio: number | null;
  /** Losses of the first three steps. Engines that start from the same weights have to agree on them. */
  losses: number[];
  variant: string;
  /** Peaks.share; only in `npm run bench`. */
  share?: number | null;
}

/** Answered by a CellInfo, by Speeds, by a CellRun. */
export type BenchQuestion =
  | { type: 'open'; cell: BenchCell }
  | { type: 'speeds' }
  | { type: 'run'; work: BenchWork; repeats: number /* seconds */; cap: number };
