/** What is asked alike of a run and of loaded weights: where the worker comes from, and questions that are answered bit by bit. */
import type { DatasetName } from '../data/index.ts';
import type { Frame, Kind } from '../tensor/recipes/recipe.ts';
import type { Connection } from './connection.ts';
import type { Owner } from './owner.ts';
import type { BackendName, DrawRequest, DrawResult, WorkerEvent } from './protocol.ts';

/** A frame as it is told, with its number and its size. */
export type FrameEvent = Extract<WorkerEvent, { type: 'frame' }> & Frame;

export interface CallOptions {
  /** Aborting rejects with WorkerError 'cancelled' and stops the work. */
  signal?: AbortSignal;
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

export function spawnTrainWorker(): Worker {
  // What is said where it fails comes along, while there is a network (components/trainer/sayError.ts).
  void import('../words/errors/index.ts').catch(() => {});
  return new Worker(new URL('./trainWorker.ts', import.meta.url), {
    type: 'module',
    name: 'from-noise',
  });
}

/** Where the site's own data files lie. */
export function siteBase(): string {
  const base = import.meta.env?.BASE_URL ?? '/';
  return new URL(base.endsWith('/') ? base : `${base}/`, location.href).href;
}

/** Pictures by the weights of `model`, which the worker knows by that name. */
export function drawWith(
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

/** A measurement of `model`; `on`: the data set, where it is not that of the run, and where the site lies. */
export function measureWith<K extends Kind>(
  connection: Connection,
  model: string,
  request: K['measure'],
  on: { dataset?: DatasetName; baseUrl: string },
  onPoint?: (point: K['point'], done: number, of: number) => void,
  options: CallOptions = {},
): Promise<K['result']> {
  return streamed(connection, { type: 'measure', model, request, ...on }, options, (id, event) => {
    if (event.type === 'measured' && event.id === id) onPoint?.(event.point, event.done, event.of);
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
