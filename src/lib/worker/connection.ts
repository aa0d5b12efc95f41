/** One worker and the bookkeeping of its questions and answers. Spawned at the first question, not before. */
import type { Command, ErrorCode, Request, WorkerEvent, WorkerMessage } from './protocol.ts';

/** A command that was refused, with the worker's plain sentence. */
export class WorkerError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'WorkerError';
    this.code = code;
  }
}

export type Listener = (event: WorkerEvent) => void;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (reason: WorkerError) => void;
}

export interface Connection {
  /** Sends a command; `id` is passed to `onId` before anything can come back. */
  ask<T>(
    command: Command,
    options?: { transfer?: Transferable[]; onId?: (id: number) => void },
  ): Promise<T>;
  on(listener: Listener): () => void;
  close(): void;
}

/** Opens a connection. `spawn` makes the worker (tests pass their own). */
export function connect(spawn: () => Worker): Connection {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<Listener>();
  const tell = (event: WorkerEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const onVisibility = () => {
    worker?.postMessage({
      type: 'hidden',
      hidden: document.hidden,
      id: nextId++,
    } satisfies Request);
  };

  function onMessage(message: WorkerMessage) {
    if (message.type === 'reply' || message.type === 'refusal') {
      const entry = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.type === 'reply') entry?.resolve(message.value);
      else entry?.reject(new WorkerError(message.code, message.message));
    } else tell(message);
  }

  function onCrash(event: ErrorEvent) {
    const message = `The training worker stopped: ${event.message || 'it could not be loaded'}.`;
    for (const entry of waiting.values()) entry.reject(new WorkerError('internal', message));
    waiting.clear();
    tell({
      type: 'error',
      code: 'internal',
      message,
      kept: 'The last checkpoint saved in this browser is untouched.',
      todo: 'Reload the page and press Train: the run continues from that checkpoint.',
    });
  }

  function start(): Worker {
    const made = spawn();
    made.onmessage = (event: MessageEvent<WorkerMessage>) => onMessage(event.data);
    made.onerror = onCrash;
    if (typeof document !== 'undefined')
      document.addEventListener('visibilitychange', onVisibility);
    return made;
  }

  return {
    ask<T>(
      command: Command,
      options: { transfer?: Transferable[]; onId?: (id: number) => void } = {},
    ) {
      worker ??= start();
      const id = nextId++;
      options.onId?.(id);
      const answer = new Promise<T>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      });
      worker.postMessage({ ...command, id } satisfies Request, options.transfer ?? []);
      return answer;
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      worker?.terminate();
      worker = null;
      if (typeof document !== 'undefined')
        document.removeEventListener('visibilitychange', onVisibility);
      for (const entry of waiting.values())
        entry.reject(new WorkerError('cancelled', 'The worker was closed before it answered.'));
      waiting.clear();
      listeners.clear();
    },
  };
}
