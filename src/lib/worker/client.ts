/**
 * What pages use to train: `createTrainer()`. No TensorFlow.js here; the worker loads it when first asked.
 *
 *   const trainer = createTrainer();
 *   trainer.on((event) => { if (event.type === 'step') draw(event.loss); });
 *   await trainer.start(defaultRun('all16'));
 */
import type { CheckpointRecord } from '../checkpoint/config.ts';
import type { Kind, RunSettings } from '../tensor/recipes/recipe.ts';
import type { FirstKind } from '../tensor/recipes/record.ts';
import {
  type CallOptions,
  type ClientOptions,
  drawWith,
  type FrameEvent,
  measureWith,
  siteBase,
  spawnTrainWorker,
} from './calls.ts';
import { connect, type Listener, WorkerError } from './connection.ts';
import { linkedBackend } from './linkedBackend.ts';
import { createOwner, pageOwner } from './owner.ts';
import {
  type DrawResult,
  type LoadedRun,
  type LoadOptions,
  type MemoryInfo,
  type ModelInfo,
  RUN_MODEL,
  type SavedRun,
  type StartOptions,
  type WorkerEvent,
} from './protocol.ts';
import type { Shelved } from './shelf.ts';
import { tenantOf } from './tenancy.ts';

export type { CheckpointRecord, ClientOptions, FrameEvent };
export { WorkerError };

/** Every method rejects with a WorkerError, whose reason `lib/words/errors` makes a plain sentence of. */
export interface Trainer<K extends Kind = FirstKind> {
  /** Hears every event until the returned function is called. */
  on(listener: (event: WorkerEvent<K>) => void): () => void;
  /** Begins the run (replacing the one before). Resolves when it trains; rejects with 'cancelled' when another command came first. */
  start(config: K['config'], options?: StartOptions): Promise<ModelInfo<K>>;
  pause(): Promise<{ step: number }>;
  resume(): Promise<void>;
  /** One step, paused afterwards. */
  step(): Promise<{ step: number; loss: number }>;
  /** Back to step 0 of the same config, paused; what was kept of it is put on the shelf, from where `takeBack` has it. */
  reset(): Promise<Shelved | null>;
  takeBack(id: string, options?: LoadOptions): Promise<LoadedRun<K>>;
  sample(
    request: K['draw'],
    onStep?: (step: FrameEvent) => void,
    options?: CallOptions,
  ): Promise<DrawResult>;
  /** The whole run (weights, EMA, optimiser, random stream) as safetensors bytes. */
  save(): Promise<Uint8Array<ArrayBuffer>>;
  /** The EMA weights only, with config and record, as a safetensors file for others. */
  export(record?: Record<string, string>): Promise<Uint8Array<ArrayBuffer>>;
  /** Takes up a run from `save()` (paused), or the weights of an exported or shipped checkpoint. */
  load(bytes: Uint8Array, options?: LoadOptions): Promise<LoadedRun<K>>;
  evaluate(
    request: K['measure'],
    onPoint?: (point: K['point'], done: number, of: number) => void,
    options?: CallOptions,
  ): Promise<K['result']>;
  activations(request: K['look']): Promise<K['layers']>;
  memory(): Promise<MemoryInfo>;
  /** Of these, what the recipe lets change on the way. */
  setHyper(hyper: Partial<K['config']>): Promise<void>;
  /** What is stored in this browser for this config, null if nothing. */
  savedRun(config: K['config']): Promise<SavedRun | null>;
  /** Puts the kept run of a config on the shelf; null where there is none. */
  forgetRun(config: K['config'], options?: { take?: boolean }): Promise<Shelved | null>;
  dispose(): void;
}

export function createTrainer<K extends Kind = FirstKind>(
  clientOptions: ClientOptions = {},
): Trainer<K> {
  const { spawn, owner = spawn ? createOwner() : pageOwner } = clientOptions;
  const baseUrl = () => clientOptions.baseUrl ?? siteBase();
  const connection = tenantOf(connect(spawn ?? spawnTrainWorker), owner, (bytes, keep) => ({
    type: 'wake',
    bytes,
    keep,
    baseUrl: baseUrl(),
  }));
  const resolved = <T extends LoadOptions | RunSettings>(asked: T): T =>
    asked.backend === 'auto'
      ? { ...asked, backend: clientOptions.backend ?? linkedBackend() }
      : asked;
  return {
    on: (listener) => connection.on(listener as Listener),
    start: (config, options = {}) =>
      connection.ask({ type: 'start', config: resolved(config), options, baseUrl: baseUrl() }),
    pause: () => connection.ask({ type: 'pause' }),
    resume: () => connection.ask({ type: 'resume' }),
    step: () => connection.ask({ type: 'step' }),
    reset: () => connection.ask({ type: 'reset' }),
    sample: (request, onStep, options) => drawWith(connection, RUN_MODEL, request, onStep, options),
    save: () => connection.ask({ type: 'save' }),
    export: (record) => connection.ask({ type: 'export', record }),
    load: (bytes, options = {}) =>
      connection.ask({ type: 'load', bytes, options: resolved(options), baseUrl: baseUrl() }),
    takeBack: (id, options = {}) =>
      connection.ask({
        type: 'takeBack',
        shelved: id,
        options: resolved(options),
        baseUrl: baseUrl(),
      }),
    evaluate: (request, onPoint, options) =>
      measureWith<K>(connection, RUN_MODEL, request, { baseUrl: baseUrl() }, onPoint, options),
    activations: (request) => connection.ask({ type: 'look', model: RUN_MODEL, request }),
    memory: () => connection.ask({ type: 'memory' }),
    setHyper: (hyper) => connection.ask({ type: 'setHyper', hyper }),
    savedRun: (config) => connection.ask({ type: 'savedRun', config }),
    forgetRun: (config, { take = false } = {}) =>
      connection.ask({ type: 'forgetRun', config, take }),
    dispose: () => connection.close(),
  };
}
