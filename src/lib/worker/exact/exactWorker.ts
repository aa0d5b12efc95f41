import { createAnswering } from '../asking.ts';
import { computeBound, computeMmse } from './compute.ts';
import type { ExactQuestion } from './protocol.ts';

const handle = createAnswering<ExactQuestion, string>(
  (message) => self.postMessage(message),
  ({ type, request }) => ({
    value: type === 'bound' ? computeBound(request) : computeMmse(request),
  }),
  (thrown) => (thrown instanceof Error ? thrown.message : String(thrown)),
);

self.onmessage = ({ data }) => void handle(data);
