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
  /** Questions that wait for their answers. */
  waiting(): number;
  /** Runs `work`, whose events nobody hears but that the run or the worker is gone. */
  unheard<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the worker, which nobody waits for; the next question starts another. */
  rest(): void;
  /** How many workers have failed: what was told to an earlier one, this one does not know. */
  ended(): number;
  close(): void;
}

/** Opens a connection. `spawn` makes the worker (tests pass their own). */
export function connect(spawn: () => Worker): Connection {
  let worker: Worker | null = null;
  let nextId = 1;
  let ended = 0;
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<Listener>();
  let deaf = 0;
  const tell = (event: WorkerEvent) => {
    if (deaf > 0 && event.type !== 'gone' && event.type !== 'yielded') return;
    for (const listener of [...listeners]) listener(event);
  };
  /** A worker has answered once: its script can be loaded. */
  let heard = false;
  const onVisibility = () => {
    worker?.postMessage({
      type: 'hidden',
      hidden: document.hidden,
      id: nextId++,
    } satisfies Request);
  };

  function onMessage(message: WorkerMessage) {
    heard = true;
    if (message.type === 'reply' || message.type === 'refusal') {
      const entry = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.type === 'reply') entry?.resolve(message.value);
      else entry?.reject(new WorkerError(message.code, message.message));
    } else tell(message);
  }

  /** A worker that failed once is not trusted again: the next question starts another. */
  function onCrash(dead: Worker, why: string) {
    if (worker !== dead) return;
    dead.terminate();
    worker = null;
    ended++;
    const message = `The training worker stopped: ${why}.`;
    for (const entry of waiting.values()) entry.reject(new WorkerError('internal', message));
    waiting.clear();
    tell({
      type: 'error',
      code: 'internal',
      message,
      kept: 'What this browser keeps of a run is untouched.',
      todo: heard
        ? 'Press Train: a new worker goes on from there.'
        : 'See whether you are connected, then press the button again: a new worker is started.',
    });
    tell({ type: 'gone' });
  }

  function start(): Worker {
    const made = spawn();
    made.onmessage = (event: MessageEvent<WorkerMessage>) => {
      if (worker === made) onMessage(event.data);
    };
    made.onerror = (event) => onCrash(made, event.message || 'it could not be loaded');
    made.onmessageerror = () => onCrash(made, 'what it said could not be read');
    if (typeof document !== 'undefined')
      document.addEventListener('visibilitychange', onVisibility);
    return made;
  }

  return {
    ended: () => ended,
    waiting: () => waiting.size,
    async unheard(work) {
      deaf++;
      try {
        return await work();
      } finally {
        deaf--;
      }
    },
    rest() {
      worker?.terminate();
      worker = null;
    },
    async ask<T>(
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
