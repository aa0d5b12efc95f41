import { toldBy } from '../../data/reason.ts';
import { createAnswering } from '../asking.ts';
import { computeBound, computeMmse } from './compute.ts';
import type { ExactQuestion, ExactReason } from './protocol.ts';

const handle = createAnswering<ExactQuestion, ExactReason>(
  (message) => self.postMessage(message),
  ({ type, request }) => ({
    value: type === 'bound' ? computeBound(request) : computeMmse(request),
  }),
  (thrown) => ({ code: 'failed', values: toldBy(thrown) }),
);

self.onmessage = ({ data }) => void handle(data);
