/**
 * One object store of IndexedDB that outlives its connection: a lost one (a laptop that slept, a browser that closed it) is
 * opened anew, and one that never answers is given up after a while, for this time.
 */
import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import { Silence, within } from '../data/within.ts';

export type Work<T> = (store: IDBObjectStore) => Promise<T>;

export interface Durable {
  /** Runs `work` in one transaction: all of it happens, or nothing. Rejects with what the browser says, or Silence. */
  use<T>(mode: IDBTransactionMode, work: Work<T>): Promise<T>;
}

export const answerOf = <T>(request: IDBRequest<T>): Promise<T> => promisifyRequest(request);

/** What another connection would not mend. */
const FINAL = ['QuotaExceededError', 'SecurityError', 'DataCloneError'];
const isFinal = (error: unknown) =>
  error instanceof Silence || FINAL.includes((error as { name?: string })?.name ?? '');

/** Nothing lies there: asking for it tells whether the storage answers, before megabytes are waited for. */
const NO_KEY = '';
/** What a storage that answers may take to read or to write a run, milliseconds: at most 268 MB on a slow disk. */
const TO_MOVE = 120_000;

/** `patience`: milliseconds before a storage that does not answer is given up; another tab may be writing to it. */
export function openDurable(database: string, name: string, patience = 10_000): Durable {
  let connection: UseStore | undefined;
  /** A question that was never answered. Until it is, others are refused at once: they would only pile up behind it. */
  let silent: Promise<unknown> | null = null;
  const run = <T>(mode: IDBTransactionMode, work: Work<T>): Promise<T> => {
    connection ??= createStore(database, name);
    return connection(mode, async (store) => {
      const value = await work(store);
      if (mode === 'readwrite') await settled(store.transaction);
      return value;
    });
  };
  const attempt = async <T>(mode: IDBTransactionMode, work: Work<T>): Promise<T> => {
    let begins = () => {};
    const begun = new Promise<void>((resolve) => {
      begins = resolve;
    });
    const answer = run(mode, async (store) => {
      await answerOf(store.getKey(NO_KEY));
      begins();
      return work(store);
    });
    try {
      await within(patience, Promise.race([begun, answer]));
      return await within(TO_MOVE, answer);
    } catch (error) {
      if (error instanceof Silence) {
        const answered = () => {
          silent = null;
        };
        silent = answer.then(answered, answered);
      }
      throw error;
    }
  };
  return {
    async use(mode, work) {
      if (silent) throw new Silence(patience);
      try {
        return await attempt(mode, work);
      } catch (error) {
        connection = undefined;
        if (isFinal(error)) throw error;
        return attempt(mode, work);
      }
    },
  };
}

/** A transaction that has only been asked for may still fail, for want of room. */
const settled = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
