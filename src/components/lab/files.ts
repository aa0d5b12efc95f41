/** Files in and out of the lab, and the shelf of runs that this browser keeps (lib/worker/shelf.ts). */
import { del, get } from 'idb-keyval';
import { within } from '../../lib/data/within.ts';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import { formerKey, runKey } from '../../lib/tensor/recipes/diffusion/run.ts';
import { openDurable } from '../../lib/worker/durable.ts';
import type { SavedRun } from '../../lib/worker/protocol.ts';
import {
  clearFromShelf,
  type Label,
  listShelf,
  putOnShelf,
  relabel,
  type Shelved,
  shelfKey,
  takeFromShelf,
} from '../../lib/worker/shelf.ts';
import { readSaved } from '../../lib/worker/stamp.ts';
import { DATABASE, RUNS } from '../../lib/worker/storage.ts';

/** Where the lab kept one run by hand before it had a shelf. */
const FORMER = 'from-noise-lab-kept-run';

interface FormerRun {
  bytes: Uint8Array;
  dataset: string;
  step: number;
  date: string;
}

const durable = openDurable(DATABASE, RUNS);

const CHANGED = 'from-noise-shelf';
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANGED);

/** Tells the other tabs that what this browser keeps has changed. `removed`: the shelved run that is gone. */
export const announce = (removed = ''): void => channel?.postMessage(removed);
/** Tells this page too. */
const changed = (removed = '') => {
  announce(removed);
  globalThis.dispatchEvent?.(new CustomEvent(CHANGED, { detail: removed }));
};

/**
 * Calls `update` whenever what is kept may have changed: here, in another tab, or while this page lay in the browser's
 * cache; with the id of the shelved run that was removed, or ''.
 */
export function onKeptChange(update: (removed: string) => void): () => void {
  const there = (event: MessageEvent<string>) => update(event.data);
  const here = (event: Event) => update((event as CustomEvent<string>).detail);
  const shown = (event: PageTransitionEvent) => event.persisted && update('');
  channel?.addEventListener('message', there);
  addEventListener(CHANGED, here);
  addEventListener('pageshow', shown);
  return () => {
    channel?.removeEventListener('message', there);
    removeEventListener(CHANGED, here);
    removeEventListener('pageshow', shown);
  };
}

/** The runs on this browser's shelf, newest first; none where storage is forbidden or does not answer. */
export async function shelf(): Promise<Shelved[]> {
  try {
    const former = await within(5000, get<FormerRun>(FORMER)).catch(() => undefined);
    if (former) {
      await keepRun(former.bytes, former.dataset, former);
      await del(FORMER);
    }
    return await listShelf(durable);
  } catch {
    return [];
  }
}

/** Puts a run on the shelf; its id there. Rejects where storage is full, forbidden or silent. */
export async function keepRun(
  bytes: Uint8Array,
  run: string,
  { dataset, step, date, name }: Pick<Label, 'dataset' | 'step' | 'date' | 'name'>,
): Promise<string> {
  const label: Label = { why: 'saved', run, dataset, step, date, bytes: bytes.length, name };
  await putOnShelf(durable, label, bytes);
  changed();
  return shelfKey(label);
}

/** Gives a run of the shelf a name; its id from then on. */
export async function renameRun(entry: Shelved, name: string): Promise<string> {
  const { id, ...label } = entry;
  const renamed = { ...label, name: name || undefined };
  await relabel(durable, id, renamed);
  changed();
  return shelfKey(renamed);
}

/** What this browser keeps of a run; null where that is nothing, or where storage does not answer. */
export const savedRun = (config: RunConfig): Promise<SavedRun | null> =>
  durable
    .use('readonly', (store) => readSaved(store, runKey(config), formerKey(config)))
    .catch(() => null);

export const takeRun = (id: string): Promise<Uint8Array | null> => takeFromShelf(durable, id);

export async function forgetRun(id: string): Promise<void> {
  await clearFromShelf(durable, id);
  changed(id);
}

/** The step that a run's file says it stood at. */
export function stepOfFile(file: Uint8Array): number {
  const length = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  return Number(JSON.parse(header.__metadata__.record).steps);
}

/** What a run's file is called. */
export const fileName = ({ dataset, step }: { dataset: string; step: number }): string =>
  `from-noise-run-${dataset}-${step}.safetensors`;

export function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
