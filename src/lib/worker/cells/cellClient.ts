import type { CellOutput, CellReply } from './protocol.ts';

/** How a run that did not end by itself is told to the reader. */
export interface RunWords {
  tooLong: (seconds: number) => string;
  stopped: string;
  /** `why` in the browser's words, '' where it gives none. */
  notStarted: (why: string) => string;
}

/** Runs a cell in a fresh worker; ends it after `limit` milliseconds or when `signal` aborts. Resolves when it is over. */
export function runInWorker(
  code: string,
  onOutput: (output: CellOutput) => void,
  say: RunWords,
  { limit = 10_000, signal }: { limit?: number; signal?: AbortSignal } = {},
): Promise<number> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./cellWorker.ts', import.meta.url), { type: 'module' });
    const start = performance.now();
    const end = (message?: string) => {
      clearTimeout(timer);
      worker.terminate();
      if (message) onOutput({ kind: 'error', message });
      resolve(performance.now() - start);
    };
    const timer = setTimeout(() => end(say.tooLong(limit / 1000)), limit);
    signal?.addEventListener('abort', () => end(say.stopped));
    worker.onmessage = ({ data }: MessageEvent<CellReply>) =>
      data.type === 'done' ? end() : onOutput(data.output);
    worker.onerror = (event) => end(say.notStarted(event.message));
    worker.postMessage({ code });
  });
}
