/**
 * The shelf: runs that this browser keeps besides those in training. What was saved by hand, what Reset or another run of
 * the same name took the place of, what could not be read. Nothing on it is ever overwritten; the reader clears it.
 * An entry's label is its key, so that the shelf can be listed without reading megabytes.
 */
import { answerOf, type Durable } from './durable.ts';

export const REASONS = ['saved', 'reset', 'replaced', 'unreadable'] as const;
export type Reason = (typeof REASONS)[number];

export interface Label {
  why: Reason;
  /** Name of the run (runKey). */
  run: string;
  dataset: string;
  step: number;
  /** ISO date of the moment it was put there. */
  date: string;
  /** Size of its file. */
  bytes: number;
  /** What the reader calls it; left out where nobody gave it a name. */
  name?: string;
}

export interface Shelved extends Label {
  /** Its key in the store. */
  id: string;
}

const PREFIX = 'shelf:';

export const shelfKey = (label: Label): string => {
  const { why, run, dataset, step, date, bytes, name } = label;
  return PREFIX + JSON.stringify({ date, why, run, dataset, step, bytes, name });
};

export function labelOf(key: unknown): Shelved | null {
  if (typeof key !== 'string' || !key.startsWith(PREFIX)) return null;
  try {
    const { why, run, dataset, step, date, bytes, name } = JSON.parse(key.slice(PREFIX.length));
    if (!REASONS.includes(why)) return null;
    const named = typeof name === 'string' ? { name } : {};
    return { id: key, why, run, dataset, step, date, bytes, ...named };
  } catch {
    return null;
  }
}

/** All labels, the newest first. */
export const listShelf = (durable: Durable): Promise<Shelved[]> =>
  durable.use('readonly', async (store) => {
    const keys = await answerOf(store.getAllKeys());
    return keys
      .map(labelOf)
      .filter((label) => label !== null)
      .sort((a, b) => b.date.localeCompare(a.date));
  });

export const takeFromShelf = (durable: Durable, id: string): Promise<Uint8Array | null> =>
  durable.use('readonly', async (store) => (await answerOf(store.get(id))) ?? null);

export const putOnShelf = (durable: Durable, label: Label, bytes: Uint8Array): Promise<void> =>
  durable.use('readwrite', async (store) => {
    store.put(bytes, shelfKey(label));
  });

export const clearFromShelf = (durable: Durable, id: string): Promise<void> =>
  durable.use('readwrite', async (store) => {
    store.delete(id);
  });

/** Gives an entry another label, under which it lies from then on: all of it happens, or nothing. */
export const relabel = (durable: Durable, id: string, label: Label): Promise<void> =>
  durable.use('readwrite', async (store) => {
    const bytes = await answerOf(store.get(id));
    if (bytes === undefined || id === shelfKey(label)) return;
    store.put(bytes, shelfKey(label));
    store.delete(id);
  });
