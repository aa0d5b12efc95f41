/** A run as page and worker know it: its settings, how it begins, how it stands. */
import type { CheckpointConfig, CheckpointRecord } from '../checkpoint/config.ts';
import type { DatasetName } from '../data/index.ts';
import type {
  BackendInfo,
  BackendName,
  KernelChoice,
  TrainOptions,
  Weighting,
} from '../tensor/options.ts';

/** A run: (this) is all that a link needs to reproduce it on the same backend. */
export interface RunConfig extends TrainOptions {
  dataset: DatasetName;
  /** Samples, terms of the bound and the lab's plots are those of a chain: so are a run's objectives. */
  weighting?: Weighting;
  backend: 'auto' | BackendName;
  kernels: KernelChoice;
  /** The reader's own 2×2 images, each four numbers in [-1, 1], for dataset 'drawn'. */
  drawn?: number[][];
}

/** Settings that may change while a run goes on. */
export interface Hyper {
  learningRate?: number;
  emaDecay?: number;
  steps?: number;
  weighting?: Weighting;
  kernels?: KernelChoice;
}

/** How a run begins. */
export interface StartOptions {
  /** Go on with the run of the same name that this browser keeps. Default false. */
  restore?: boolean;
  /** Keep it in this browser, as its one owner among all tabs. Default true; a widget's own short run is nobody's to keep. */
  keep?: boolean;
  /** Train at once; else it stands still where it is. Default true. */
  train?: boolean;
  /** Take the run over from the tab that has it. Default false. */
  take?: boolean;
}

export interface LoadOptions {
  /** Where to compute; default: as the file says. */
  backend?: 'auto' | BackendName;
  kernels?: KernelChoice;
  /** As for a start. */
  take?: boolean;
  keep?: boolean;
}

/** What is kept of a run. */
export interface SavedRun {
  step: number;
  /** ISO date of the save. */
  date: string;
  /** Size of its file. */
  bytes: number;
}

export interface ModelInfo {
  config: CheckpointConfig;
  record: CheckpointRecord | null;
  parameters: number;
  backend: BackendInfo;
}

/** A run that was loaded: its step, and all of its config. */
export interface LoadedRun extends ModelInfo {
  step: number;
  run: RunConfig;
}

export type RunState = 'idle' | 'loading' | 'training' | 'paused' | 'finished' | 'failed';
