import type { CellReply, CellRequest } from './protocol.ts';
import { runCell } from './run.ts';

const reply = (message: CellReply) => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<CellRequest>) => {
  const start = performance.now();
  runCell(data.code, (output) => reply({ type: 'output', output }));
  reply({ type: 'done', milliseconds: performance.now() - start });
};
