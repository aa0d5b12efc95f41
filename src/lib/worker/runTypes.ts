/** A run as page and worker know it: how it begins, how it stands. Its settings are its recipe's. */
import type { CheckpointRecord } from '../checkpoint/config.ts';
import type { BackendInfo, BackendName, KernelChoice } from '../tensor/options.ts';
import type { Kind } from '../tensor/recipes/recipe.ts';

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
  /** The recipe that its run must be of; default: the first one. */
  recipe?: string;
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

export interface ModelInfo<K extends Kind = Kind> {
  config: K['description'];
  record: CheckpointRecord | null;
  parameters: number;
  backend: BackendInfo;
}

/** A run that was loaded: its step, and all of its config. */
export interface LoadedRun<K extends Kind = Kind> extends ModelInfo<K> {
  step: number;
  run: K['config'];
}

export type RunState = 'idle' | 'loading' | 'training' | 'paused' | 'finished' | 'failed';
