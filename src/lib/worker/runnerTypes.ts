/** What the host asks of the run. Every method may throw a Refusal. */
import type { BackendInfo } from '../tensor/options.ts';
import type { RunSettings } from '../tensor/recipes/recipe.ts';
import type { LiveRun } from './liveRun.ts';
import type { LoadedRun, LoadOptions, ModelInfo, StartOptions } from './protocol.ts';
import type { Shelved } from './shelf.ts';

export interface Runner {
  /** The run, or a refusal where there is none. */
  current(): LiveRun;
  running(): LiveRun | null;
  /**
   * Starts a backend where none runs, or another one where nothing (no run, no `others`) needs the present one; refuses
   * what cannot run beside it.
   */
  ensureBackend(
    asked: RunSettings['backend'],
    kernels: RunSettings['kernels'],
    others: boolean,
  ): Promise<BackendInfo>;
  /** `signal` ends the opening, not the run. */
  start(
    config: RunSettings,
    options: StartOptions,
    baseUrl: string,
    signal: AbortSignal,
  ): Promise<ModelInfo>;
  pause(): Promise<{ step: number }>;
  resume(): Promise<void>;
  step(): Promise<{ step: number; loss: number }>;
  /** Back to step 0; what was kept of the run is put on the shelf and named. */
  reset(): Promise<Shelved | null>;
  load(
    bytes: Uint8Array,
    options: LoadOptions,
    baseUrl: string,
    signal: AbortSignal,
  ): Promise<LoadedRun>;
  /** Takes up what an ended worker held. Where another has or had the run since, it stays there: 'ownedElsewhere'. */
  wake(bytes: Uint8Array, keep: boolean, baseUrl: string, signal: AbortSignal): Promise<void>;
  /** Puts the kept run of a config that is not open on the shelf. */
  forget(config: RunSettings, take: boolean): Promise<Shelved | null>;
  /** Lets go of what other tabs may wait for. */
  close(): void;
  save(): Promise<Uint8Array<ArrayBuffer>>;
  exportWeights(record: Record<string, string>): Promise<Uint8Array<ArrayBuffer>>;
  setHyper(hyper: object): Promise<void>;
  /** The page became hidden: save now, it may never come back. */
  hidden(): Promise<void>;
}
