/** The page's connection with a training worker: commands and their answers, and who hears what it tells by itself. */
import { asText } from '../data/reason.ts';
import { type Asking, createAsking } from './asking.ts';
import type { Command, ErrorCode, RefusalReason, WorkerEvent } from './protocol.ts';

/** A command that was refused. `message` is for programmers; readers get the sentence of `reason`. */
export class WorkerError extends Error {
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason) {
    super(asText(reason));
    this.name = 'WorkerError';
    this.reason = reason;
  }

  get code(): ErrorCode {
    return this.reason.code;
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
    refused: (reason) => new WorkerError(reason),
    crashed(crash) {
      ended++;
      tell({ type: 'error', code: 'workerStopped', values: { crash } });
      tell({ type: 'gone' });
      return new WorkerError({ code: 'internal', values: { crash } });
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
      asking.close(new WorkerError({ code: 'cancelled', values: { closed: true } }));
      listeners.clear();
    },
  };
}
