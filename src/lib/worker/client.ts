/**
 * What pages use: `createTrainer()` and `createSampler()`. No TensorFlow.js here; the worker loads it when first asked.
 *
 *   const trainer = createTrainer();
 *   trainer.on((event) => { if (event.type === 'step') draw(event.loss); });
 *   await trainer.start(defaultRun('all16'));
 */
import type { CheckpointRecord } from '../checkpoint/config.ts';
import type { DatasetName } from '../data/index.ts';
import type { Frame, Kind, RunSettings } from '../tensor/recipes/recipe.ts';
import type { FirstKind } from '../tensor/recipes/record.ts';
import { type Connection, connect, type Listener, WorkerError } from './connection.ts';
import { linkedBackend } from './linkedBackend.ts';
import { createOwner, type Owner, pageOwner } from './owner.ts';
import {
  type BackendName,
  type Command,
  type DrawRequest,
  type DrawResult,
  type KernelChoice,
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

export type { CheckpointRecord };
export { WorkerError };

/** A frame as it is told, with its number and its size. */
export type FrameEvent = Extract<WorkerEvent, { type: 'frame' }> & Frame;

export interface CallOptions {
  /** Aborting rejects with WorkerError 'cancelled' and stops the work. */
  signal?: AbortSignal;
}

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

export interface Sampler<K extends Kind = FirstKind> {
  on(listener: (event: WorkerEvent<K>) => void): () => void;
  /** Fetches (URL) or takes (bytes) a checkpoint and starts the backend. */
  load(source: string | URL | Uint8Array): Promise<ModelInfo<K>>;
  sample(
    request: K['draw'],
    onStep?: (step: FrameEvent) => void,
    options?: CallOptions,
  ): Promise<DrawResult>;
  activations(request: K['look']): Promise<K['layers']>;
  evaluate(
    dataset: DatasetName,
    request: K['measure'],
    onPoint?: (point: K['point'], done: number, of: number) => void,
    options?: CallOptions,
  ): Promise<K['result']>;
  dispose(): void;
}

export interface ClientOptions {
  /** Where a config says 'auto'. Default: what the page's address asks for (linkedBackend.ts). */
  backend?: 'auto' | BackendName;
  /** Where the site's own data files lie; default: the site's base path. */
  baseUrl?: string;
  /** For tests. */
  spawn?: () => Worker;
  /** Which trainers share a page; default: those of this page, and with a `spawn` of its own each one for itself. */
  owner?: Owner;
}

function spawnTrainWorker(): Worker {
  // What is said where it fails comes along, while there is a network (components/trainer/sayError.ts).
  void import('../words/errors/index.ts').catch(() => {});
  return new Worker(new URL('./trainWorker.ts', import.meta.url), {
    type: 'module',
    name: 'from-noise',
  });
}

function siteBase(): string {
  const base = import.meta.env?.BASE_URL ?? '/';
  return new URL(base.endsWith('/') ? base : `${base}/`, location.href).href;
}

function sampleOn(
  connection: Connection,
  model: string,
  request: DrawRequest,
  onStep?: (step: FrameEvent) => void,
  options: CallOptions = {},
): Promise<DrawResult> {
  return streamed(connection, { type: 'draw', model, request }, options, (id, event) => {
    if (event.type === 'frame' && event.id === id) onStep?.(event);
  });
}

/** Asks, listens for the events of that answer, and cancels when the signal says so. */
async function streamed<T>(
  connection: Connection,
  command: Parameters<Connection['ask']>[0],
  options: CallOptions,
  onEvent: (id: number, event: WorkerEvent) => void,
): Promise<T> {
  let own = 0;
  let aborted = options.signal?.aborted ?? false;
  const off = connection.on((event) => onEvent(own, event));
  const cancel = () => void connection.ask({ type: 'cancel', target: own }).catch(() => {});
  const abort = () => {
    aborted = true;
    // While it waits for its turn it has no number yet.
    if (own) cancel();
  };
  try {
    const answer = connection.ask<T>(command, {
      onId: (id) => {
        own = id;
        if (aborted) queueMicrotask(cancel);
      },
    });
    options.signal?.addEventListener('abort', abort, { once: true });
    return await answer;
  } finally {
    off();
    options.signal?.removeEventListener('abort', abort);
  }
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
    sample: (request, onStep, options) => sampleOn(connection, RUN_MODEL, request, onStep, options),
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
    evaluate: (request, onPoint, options = {}) =>
      streamed(
        connection,
        { type: 'measure', model: RUN_MODEL, request, baseUrl: baseUrl() },
        options,
        (id, event) => {
          if (event.type === 'measured' && event.id === id)
            onPoint?.(event.point, event.done, event.of);
        },
      ),
    activations: (request) => connection.ask({ type: 'look', model: RUN_MODEL, request }),
    memory: () => connection.ask({ type: 'memory' }),
    setHyper: (hyper) => connection.ask({ type: 'setHyper', hyper }),
    savedRun: (config) => connection.ask({ type: 'savedRun', config }),
    forgetRun: (config, { take = false } = {}) =>
      connection.ask({ type: 'forgetRun', config, take }),
    dispose: () => connection.close(),
  };
}

/** Samplers of one page share one worker (and so one copy of TensorFlow.js); it closes with the last of them. */
const shared: { connection: Connection | null; users: number; made: number } = {
  connection: null,
  users: 0,
  made: 0,
};

export function createSampler<K extends Kind = FirstKind>(
  options: ClientOptions & { kernels?: KernelChoice } = {},
): Sampler<K> {
  shared.connection ??= connect(options.spawn ?? spawnTrainWorker);
  shared.users++;
  const connection = shared.connection;
  const model = `sampler-${++shared.made}`;
  const offs: (() => void)[] = [];
  let open = true;
  /** What was loaded, and into which worker: one that takes the place of a dead worker is told again. */
  let loaded: { command: Command; ended: number } | null = null;
  async function told<T>(question: () => Promise<T>): Promise<T> {
    if (loaded && loaded.ended !== connection.ended()) {
      loaded.ended = connection.ended();
      await connection.ask(loaded.command);
    }
    return question();
  }
  return {
    on(listener) {
      const off = connection.on(listener as Listener);
      offs.push(off);
      return off;
    },
    async load(source) {
      const bytes = source instanceof Uint8Array ? source : await download(source);
      const { backend = linkedBackend(), kernels = 'ours' } = options;
      const command = { type: 'loadModel', model, bytes, backend, kernels } as const;
      const info = await connection.ask<ModelInfo<K>>(command);
      loaded = { command, ended: connection.ended() };
      return info;
    },
    sample: (request, onStep, call) =>
      told(() => sampleOn(connection, model, request, onStep, call)),
    activations: (request) => told(() => connection.ask({ type: 'look', model, request })),
    evaluate: (dataset, request, onPoint, call = {}) =>
      told(() =>
        streamed(
          connection,
          { type: 'measure', model, request, dataset, baseUrl: options.baseUrl ?? siteBase() },
          call,
          (id, event) => {
            if (event.type === 'measured' && event.id === id)
              onPoint?.(event.point, event.done, event.of);
          },
        ),
      ),
    dispose() {
      if (!open) return;
      open = false;
      for (const off of offs) off();
      void connection.ask({ type: 'unloadModel', model }).catch(() => {});
      if (--shared.users === 0) {
        connection.close();
        shared.connection = null;
      }
    },
  };
}

async function download(source: string | URL): Promise<Uint8Array> {
  const response = await fetch(source);
  if (!response.ok)
    throw new WorkerError({
      code: 'badCheckpoint',
      values: { url: String(source), status: response.status },
    });
  return new Uint8Array(await response.arrayBuffer());
}
