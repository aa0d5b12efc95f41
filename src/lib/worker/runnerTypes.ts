/** What the host asks of the run. Every method may throw a Refusal. */
import type { BackendInfo } from '../tensor/options.ts';
import type { LiveRun } from './liveRun.ts';
import type { Hyper, ModelInfo, RunConfig } from './protocol.ts';

export interface Runner {
  /** The run, or a refusal where there is none. */
  current(): LiveRun;
  running(): LiveRun | null;
  /** Starts a backend where none runs, or where another one is asked for by name. */
  ensureBackend(asked: RunConfig['backend'], kernels: RunConfig['kernels']): Promise<BackendInfo>;
  start(config: RunConfig, restore: boolean, baseUrl: string): Promise<ModelInfo>;
  pause(): Promise<{ step: number }>;
  resume(): Promise<void>;
  step(): Promise<{ step: number; loss: number }>;
  reset(): Promise<void>;
  load(bytes: Uint8Array, baseUrl: string): Promise<ModelInfo & { step: number }>;
  save(): Promise<Uint8Array<ArrayBuffer>>;
  exportWeights(record: Record<string, string>): Promise<Uint8Array<ArrayBuffer>>;
  setHyper(hyper: Hyper): Promise<void>;
  /** The page became hidden: save now, it may never come back. */
  hidden(): Promise<void>;
}
