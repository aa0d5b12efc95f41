import { computeBound, computeMmse } from './compute.ts';
import type { ExactReply, ExactRequest } from './protocol.ts';

const reply = (message: ExactReply) => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ExactRequest>) => {
  try {
    const value = data.type === 'bound' ? computeBound(data.request) : computeMmse(data.request);
    reply({ id: data.id, value });
  } catch (error) {
    reply({ id: data.id, error: error instanceof Error ? error.message : String(error) });
  }
};
