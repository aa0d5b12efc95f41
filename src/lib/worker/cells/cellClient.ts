import type { CellOutput, CellReply } from './protocol.ts';

/** Runs a cell in a fresh worker; ends it after `limit` milliseconds or when `signal` aborts. Resolves when it is over. */
export function runInWorker(
  code: string,
  onOutput: (output: CellOutput) => void,
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
    const timer = setTimeout(
      () =>
        end(
          `Stopped after ${limit / 1000} s: the cell did not end. Your code is kept; mend the loop and run it again.`,
        ),
      limit,
    );
    signal?.addEventListener('abort', () => end('Stopped.'));
    worker.onmessage = ({ data }: MessageEvent<CellReply>) =>
      data.type === 'done' ? end() : onOutput(data.output);
    worker.onerror = (event) =>
      end(
        `The cell could not start: ${event.message || 'its worker did not load'}. Reload the page.`,
      );
    worker.postMessage({ code });
  });
}
