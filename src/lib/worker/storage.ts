/** Where runs are kept: IndexedDB, or this tab's memory when the browser forbids it or is full. */
import { createStore, del, get, set } from 'idb-keyval';

export interface StoredRun {
  bytes: Uint8Array<ArrayBuffer>;
  step: number;
  date: string;
}

export interface RunStore {
  put(key: string, run: StoredRun): Promise<'indexedDB' | 'memory'>;
  get(key: string): Promise<StoredRun | null>;
  remove(key: string): Promise<void>;
}

/** `onTrouble` is called once, with a sentence, when IndexedDB first fails. */
export function openRunStore(onTrouble: (message: string) => void): RunStore {
  const memory = new Map<string, StoredRun>();
  let store: ReturnType<typeof createStore> | undefined;
  let told = false;
  const inStore = () => {
    store ??= createStore('from-noise', 'runs');
    return store;
  };
  const trouble = (error: unknown) => {
    if (told) return;
    told = true;
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    onTrouble(
      `${full ? 'The browser’s storage is full' : 'The browser does not let this page store data'}, so the run cannot survive a reload. It is kept in this tab; use Save to keep it as a file.`,
    );
  };
  return {
    async put(key, run) {
      try {
        await set(key, run, inStore());
        memory.delete(key);
        return 'indexedDB';
      } catch (error) {
        trouble(error);
        memory.set(key, run);
        return 'memory';
      }
    },
    async get(key) {
      const kept = memory.get(key);
      if (kept) return kept;
      try {
        return (await get<StoredRun>(key, inStore())) ?? null;
      } catch (error) {
        trouble(error);
        return null;
      }
    },
    async remove(key) {
      memory.delete(key);
      try {
        await del(key, inStore());
      } catch (error) {
        trouble(error);
      }
    },
  };
}
