/**
 * Where runs are kept: IndexedDB, or this tab's memory when the browser forbids it, is full or does not answer.
 * A stored run is overwritten only by whoever read or wrote it last. Any other one in its place is put on the shelf first.
 */
import { Silence } from '../data/within.ts';
import { answerOf, openDurable } from './durable.ts';
import type { StorageFault } from './reasons.ts';
import type { SavedRun } from './runTypes.ts';
import { type Label, type Reason, type Shelved, shelfKey } from './shelf.ts';
import { readSaved, type StoredRun, savedOf, stampKey, stampOf } from './stamp.ts';

export type Where = 'indexedDB' | 'memory';

export interface RunStore {
  put(key: string, run: StoredRun): Promise<Where>;
  /** `former`: an older name of the same run, under which it may lie still. */
  get(key: string, former?: string): Promise<StoredRun | null>;
  /** What `get` would give, told only. */
  saved(key: string, former?: string): Promise<SavedRun | null>;
  /** Puts what is stored under `key` on the shelf and leaves the place empty; null where nothing was. */
  setAside(key: string, why: Reason): Promise<Shelved | null>;
  /** A run on the shelf; null where it is no longer there. Rejects where storage is forbidden or silent. */
  take(id: string): Promise<Uint8Array<ArrayBuffer> | null>;
}

export const DATABASE = 'from-noise';
export const RUNS = 'runs';

const datasetOf = (key: string) => key.split(/[:-]/)[0];

/** Why something could not be stored. */
export function faultOf(error: unknown): StorageFault {
  if (error instanceof Silence) return 'silent';
  return (error as { name?: string })?.name === 'QuotaExceededError' ? 'full' : 'forbidden';
}

/**
 * `onTrouble` is told why when storing a run first fails, and when it is found to be written by another tab;
 * anew where it fails again after it was stored, or opened again.
 */
export function openRunStore(
  onTrouble: (why: StorageFault | 'elsewhere') => void,
  { patience }: { patience?: number } = {},
): RunStore {
  const durable = openDurable(DATABASE, RUNS, patience);
  const memory = new Map<string, StoredRun>();
  const memoryShelf = new Map<string, { label: Label; bytes: Uint8Array<ArrayBuffer> }>();
  /** Names this store in its stamps; and of what others wrote, the last stamp that was read ('' for none). */
  const me = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  let writes = 0;
  const known = new Map<string, string>();
  /** Runs of which trouble was told. */
  const told = new Set<string>();
  const tell = (key: string, why: StorageFault | 'elsewhere') => {
    if (told.has(key)) return;
    told.add(key);
    onTrouble(why);
  };
  const trouble = (key: string, error: unknown) => tell(key, faultOf(error));
  const label = (key: string, why: Reason, { step, bytes }: StoredRun): Label => ({
    why,
    run: key,
    dataset: datasetOf(key),
    step,
    date: new Date().toISOString(),
    bytes: bytes.length,
  });

  return {
    async put(key, run) {
      try {
        const outcome = await durable.use('readwrite', async (store) => {
          const stamp = await answerOf<string | undefined>(store.get(stampKey(key)));
          const there = stamp !== undefined || (await answerOf(store.getKey(key))) !== undefined;
          if (there && !stamp?.startsWith(me) && known.get(key) !== (stamp ?? '')) {
            if (known.has(key)) return 'elsewhere';
            const old = await answerOf<StoredRun>(store.get(key));
            if (old) store.put(old.bytes, shelfKey(label(key, 'replaced', old)));
          }
          store.put(run, key);
          store.put(stampOf(me, ++writes, run), stampKey(key));
          return 'indexedDB';
        });
        if (outcome === 'indexedDB') {
          memory.delete(key);
          told.delete(key);
          return outcome;
        }
        tell(key, 'elsewhere');
      } catch (error) {
        trouble(key, error);
      }
      memory.set(key, run);
      return 'memory';
    },
    async get(key, former) {
      told.delete(key);
      const kept = memory.get(key);
      if (kept) return kept;
      try {
        return await durable.use('readwrite', async (store) => {
          if (former !== undefined && (await answerOf(store.getKey(key))) === undefined) {
            const older = await answerOf<StoredRun | undefined>(store.get(former));
            if (older) {
              store.put(older, key);
              store.delete(former);
            }
          }
          known.set(key, (await answerOf<string | undefined>(store.get(stampKey(key)))) ?? '');
          return (await answerOf<StoredRun | undefined>(store.get(key))) ?? null;
        });
      } catch (error) {
        trouble(key, error);
        return null;
      }
    },
    async saved(key, former) {
      const kept = memory.get(key);
      if (kept) return savedOf(kept);
      try {
        return await durable.use('readonly', (store) => readSaved(store, key, former));
      } catch (error) {
        trouble(key, error);
        return null;
      }
    },
    async setAside(key, why) {
      const kept = memory.get(key);
      memory.delete(key);
      try {
        return await durable.use('readwrite', async (store) => {
          const old = kept ?? (await answerOf<StoredRun | undefined>(store.get(key)));
          store.delete(key);
          store.delete(stampKey(key));
          known.set(key, '');
          if (!old) return null;
          const made = label(key, why, old);
          store.put(old.bytes, shelfKey(made));
          return { ...made, id: shelfKey(made) };
        });
      } catch (error) {
        trouble(key, error);
        if (!kept) return null;
        const made = label(key, why, kept);
        const id = shelfKey(made);
        memoryShelf.set(id, { label: made, bytes: kept.bytes });
        return { ...made, id };
      }
    },
    async take(id) {
      const here = memoryShelf.get(id);
      if (here) return here.bytes;
      return durable.use('readonly', async (store) => (await answerOf(store.get(id))) ?? null);
    },
  };
}
