/** The page's connection with a training worker: commands and their answers, and who hears what it tells by itself. */
import { type Asking, type Crash, createAsking } from './asking.ts';
import type { Command, ErrorCode, RefusalReason, WorkerEvent } from './protocol.ts';

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

export interface Connection extends Pick<Asking<Command>, 'ask' | 'waiting'> {
  on(listener: Listener): () => void;
  /** Runs `work`, whose events nobody hears but that the run or the worker is gone. */
  unheard<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the worker, which nobody waits for; the next question starts another. */
  rest(): void;
  /** How many workers have failed: what was told to an earlier one, this one does not know. */
  ended(): number;
  close(): void;
}

const whyOf = ({ why, message }: Crash): string => {
  if (why === 'unreadable') return 'what it said could not be read';
  return why === 'notLoaded' ? 'it could not be loaded' : message;
};

/** Opens a connection. `spawn` makes the worker (tests pass their own). */
export function connect(spawn: () => Worker): Connection {
  let ended = 0;
  const listeners = new Set<Listener>();
  let deaf = 0;
  const tell = (event: WorkerEvent) => {
    if (deaf > 0 && event.type !== 'gone' && event.type !== 'yielded') return;
    for (const listener of [...listeners]) listener(event);
  };
  const onVisibility = () => {
    if (asking.alive()) asking.ask({ type: 'hidden', hidden: document.hidden }).catch(() => {});
  };

  const asking = createAsking<Command, RefusalReason, WorkerEvent>({
    spawn() {
      const worker = spawn();
      if (typeof document !== 'undefined')
        document.addEventListener('visibilitychange', onVisibility);
      return worker;
    },
    refused: ({ code, message }) => new WorkerError(code, message),
    crashed(crash) {
      ended++;
      const message = `The training worker stopped: ${whyOf(crash)}.`;
      tell({
        type: 'error',
        code: 'internal',
        message,
        kept: 'What this browser keeps of a run is untouched.',
        todo: crash.heard
          ? 'Press Train: a new worker goes on from there.'
          : 'See whether you are connected, then press the button again: a new worker is started.',
      });
      tell({ type: 'gone' });
      return new WorkerError('internal', message);
    },
    hear: tell,
  });

  return {
    ask: asking.ask,
    waiting: asking.waiting,
    rest: asking.drop,
    ended: () => ended,
    async unheard(work) {
      deaf++;
      try {
        return await work();
      } finally {
        deaf--;
      }
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      if (typeof document !== 'undefined')
        document.removeEventListener('visibilitychange', onVisibility);
      asking.close(new WorkerError('cancelled', 'The worker was closed before it answered.'));
      listeners.clear();
    },
  };
}
