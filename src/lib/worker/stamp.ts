/**
 * The stamp beside a stored run: who wrote it, so that nobody overwrites another's, and what, so that a page can say so
 * without reading tens of megabytes.
 */
import { answerOf } from './durable.ts';
import type { SavedRun } from './runTypes.ts';

export interface StoredRun {
  bytes: Uint8Array<ArrayBuffer>;
  step: number;
  date: string;
}

export const stampKey = (key: string): string => `stamp:${key}`;

export const savedOf = ({ step, date, bytes }: StoredRun): SavedRun => ({
  step,
  date,
  bytes: bytes.length,
});

/** `writer` has no spaces; `count` tells its writes apart. */
export const stampOf = (writer: string, count: number, run: StoredRun): string =>
  `${writer} ${count} ${JSON.stringify(savedOf(run))}`;

/** What a stamp says of its run; null where it says nothing, as those of earlier versions of this book. */
export function readStamp(stamp: string | undefined): SavedRun | null {
  try {
    const { step, date, bytes } = JSON.parse(/\{.*/.exec(stamp ?? '')?.[0] ?? '{}');
    return typeof step === 'number' && typeof bytes === 'number' ? { step, date, bytes } : null;
  } catch {
    return null;
  }
}

/** What `store` keeps under `key`, or under the name it had before; the run itself is read only where no stamp tells it. */
export async function readSaved(
  store: IDBObjectStore,
  key: string,
  former?: string,
): Promise<SavedRun | null> {
  const told = readStamp(await answerOf<string | undefined>(store.get(stampKey(key))));
  if (told) return told;
  const at = (name: string) => answerOf<StoredRun | undefined>(store.get(name));
  const run = (await at(key)) ?? (former === undefined ? undefined : await at(former));
  return run ? savedOf(run) : null;
}
