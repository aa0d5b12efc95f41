/**
 * A worker that is asked things: the page's end (`createAsking`) and the worker's (`createAnswering`). Whoever has a worker has it by
 * these two. Questions bear numbers, each is answered once; whatever else a worker says goes to `hear`.
 */

export type Numbered<Question> = Question & { id: number };

/** Worker → page. `Reason` is what a refusal carries: plain data. */
export type Answer<Reason> =
  | { type: 'reply'; id: number; value: unknown }
  | { type: 'refusal'; id: number; reason: Reason };

/** How a worker failed. `message` is the browser's, '' but for `thrown`. */
export interface Crash {
  why: 'thrown' | 'notLoaded' | 'unreadable';
  message: string;
  /** One of these workers has said something before: their script can be loaded. */
  heard: boolean;
}

interface Ways<Reason, Message> {
  /** Makes the worker, when it is needed (tests make their own). */
  spawn(): Worker;
  /** What a question that was refused is rejected with. */
  refused(reason: Reason): Error;
  /** What those are rejected with that wait for a worker which failed. It is gone: the next question starts another. */
  crashed(crash: Crash): Error;
  /** What the worker says unasked. */
  hear?(message: Message): void;
}

export interface AskOptions {
  transfer?: Transferable[];
  /** Is told the question's number before anything can come back. */
  onId?: (id: number) => void;
}

export interface Asking<Question> {
  /** Resolves with the answer. The first question starts the worker. Rejects where it cannot be sent (DataCloneError). */
  ask<T>(question: Question, options?: AskOptions): Promise<T>;
  /** Whether there is a worker. */
  alive(): boolean;
  /** Questions that wait for their answers. */
  waiting(): number;
  /** Ends the worker; what waits stays pending for ever, and nobody should await it. The next question starts another. */
  drop(): void;
  /** Ends the worker for good: what waits, and what is asked later, is rejected with `error`. */
  close(error: Error): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: Error): void;
}

/** Starts no worker yet. `Message` is what it says besides answers: it has no type 'reply' or 'refusal'. */
export function createAsking<Question extends object, Reason, Message extends { type: string }>(
  ways: Ways<Reason, Message>,
): Asking<Question> {
  let worker: Worker | null = null;
  let nextId = 1;
  let heard = false;
  let closed: Error | null = null;
  const waiting = new Map<number, Waiting>();

  const end = (): Waiting[] => {
    worker?.terminate();
    worker = null;
    const left = [...waiting.values()];
    waiting.clear();
    return left;
  };

  function onMessage(message: Answer<Reason> | Message): void {
    heard = true;
    if (message.type !== 'reply' && message.type !== 'refusal') {
      ways.hear?.(message as Message);
      return;
    }
    const answer = message as Answer<Reason>;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.type === 'reply') asked?.resolve(answer.value);
    else asked?.reject(ways.refused(answer.reason));
  }

  function start(): Worker {
    const made = ways.spawn();
    /** A worker that failed once is not trusted again. */
    const crash = (why: Crash['why'], message = '') => {
      if (worker !== made) return;
      const left = end();
      const error = ways.crashed({ why, message, heard });
      for (const { reject } of left) reject(error);
    };
    made.onmessage = ({ data }: MessageEvent<Answer<Reason> | Message>) => {
      if (worker === made) onMessage(data);
    };
    made.onerror = ({ message }) => crash(message ? 'thrown' : 'notLoaded', message);
    made.onmessageerror = () => crash('unreadable');
    return made;
  }

  return {
    alive: () => worker !== null,
    waiting: () => waiting.size,
    async ask<T>(question: Question, { transfer = [], onId }: AskOptions = {}): Promise<T> {
      if (closed) throw closed;
      worker ??= start();
      const id = nextId++;
      onId?.(id);
      const answer = new Promise<T>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      });
      try {
        worker.postMessage({ ...question, id } satisfies Numbered<Question>, transfer);
      } catch (error) {
        waiting.delete(id);
        throw error;
      }
      return answer;
    },
    drop: () => void end(),
    close(error) {
      closed = error;
      for (const { reject } of end()) reject(error);
    },
  };
}

/** An answer, and what of it is handed over rather than copied. */
export interface Reply {
  value: unknown;
  transfer?: Transferable[];
}

/** The worker's end: what is given a question and answers it once, by `send`, also where answering or sending fails. */
export function createAnswering<Question, Reason>(
  send: (message: Answer<Reason>, transfer?: Transferable[]) => void,
  answer: (question: Numbered<Question>) => Reply | Promise<Reply>,
  reasonOf: (thrown: unknown) => Reason,
): (question: Numbered<Question>) => Promise<void> {
  return async (question) => {
    const { id } = question;
    try {
      const { value, transfer } = await answer(question);
      send({ type: 'reply', id, value }, transfer);
    } catch (thrown) {
      send({ type: 'refusal', id, reason: reasonOf(thrown) });
    }
  };
}
