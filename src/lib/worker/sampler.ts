/** What pages use to draw from a checkpoint: `createSampler()`. TensorFlow.js comes with the worker, when it is first asked. */
import type { DatasetName } from '../data/index.ts';
import type { Kind } from '../tensor/recipes/recipe.ts';
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
import { type Connection, connect, type Listener, WorkerError } from './connection.ts';
import { linkedBackend } from './linkedBackend.ts';
import type { Command, DrawResult, KernelChoice, ModelInfo, WorkerEvent } from './protocol.ts';

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
      told(() => drawWith(connection, model, request, onStep, call)),
    activations: (request) => told(() => connection.ask({ type: 'look', model, request })),
    evaluate: (dataset, request, onPoint, call) =>
      told(() => {
        const on = { dataset, baseUrl: options.baseUrl ?? siteBase() };
        return measureWith<K>(connection, model, request, on, onPoint, call);
      }),
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
