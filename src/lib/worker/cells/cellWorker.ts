import type { CellReply, CellRequest } from './protocol.ts';
import { runCell } from './run.ts';

const reply = (message: CellReply) => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<CellRequest>) => {
  const start = performance.now();
  await runCell(
    data.code,
    (output) => reply({ type: 'output', output }),
    (failed) => {
      self.addEventListener('unhandledrejection', (event) => {
        event.preventDefault();
        failed(event.reason);
      });
      // Of callbacks that are neither awaited nor timers: queueMicrotask, listeners.
      self.addEventListener('error', (event) => {
        event.preventDefault();
        failed(event.error ?? event.message);
      });
    },
  );
  reply({ type: 'done', milliseconds: performance.now() - start });
};
