/** Files in and out of the lab, and the one run kept by hand in this browser. */
import { del, get, set } from 'idb-keyval';

const KEY = 'from-noise-lab-kept-run';

export interface KeptRun {
  bytes: Uint8Array;
  dataset: string;
  step: number;
  date: string;
}

/** Where the browser forbids storage (a sandboxed frame), opening it throws at once: async makes that a rejection too. */
export const keepRun = async (run: KeptRun): Promise<void> => set(KEY, run);
export const keptRun = async (): Promise<KeptRun | undefined> => get<KeptRun>(KEY);
export const dropKeptRun = async (): Promise<void> => del(KEY);

/** Largest file that is read at all: the largest run of the lab is below a tenth of it. */
export const MOST_BYTES = 256e6;

export function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Where the last visit left off, so that a reload can go on without asking. Private windows may forbid it. */
const MARK = 'from-noise-lab';
export interface Mark {
  /** The run's settings, as its link says them. */
  query: string;
  training: boolean;
}

export function readMark(): Mark | null {
  try {
    const mark = JSON.parse(sessionStorage.getItem(MARK) ?? 'null');
    return typeof mark?.query === 'string'
      ? { query: mark.query, training: !!mark.training }
      : null;
  } catch {
    return null;
  }
}

export function writeMark(mark: Mark | null): void {
  try {
    if (mark) sessionStorage.setItem(MARK, JSON.stringify(mark));
    else sessionStorage.removeItem(MARK);
  } catch {
    // Without storage a reload starts from the link alone.
  }
}
