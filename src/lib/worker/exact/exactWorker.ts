import { toldBy } from '../../data/reason.ts';
import { createAnswering, type Reply } from '../asking.ts';
import { computeArena, computeLangevin, computeLine } from './arena.ts';
import { computeBound, computeMmse } from './compute.ts';
import { computeDraws } from './draws.ts';
import { computeGuidance } from './guidance.ts';
import { computeMarginal, computeWalk } from './plane.ts';
import type { ExactQuestion, ExactReason } from './protocol.ts';

function answer({ type, request }: ExactQuestion): Reply {
  if (type === 'bound') return { value: computeBound(request) };
  if (type === 'mmse') return { value: computeMmse(request) };
  if (type === 'arena') return { value: computeArena(request) };
  if (type === 'langevin') return { value: computeLangevin(request) };
  if (type === 'marginal') return { value: computeMarginal(request) };
  if (type === 'draws') return { value: computeDraws(request) };
  if (type === 'guidance') return { value: computeGuidance(request) };
  const paths = type === 'line' ? computeLine(request) : computeWalk(request);
  return { value: paths, transfer: [paths.frames.buffer] };
}

const handle = createAnswering<ExactQuestion, ExactReason>(
  (message, transfer = []) => self.postMessage(message, { transfer }),
  answer,
  (thrown) => ({ code: 'failed', values: toldBy(thrown) }),
);

self.onmessage = ({ data }) => void handle(data);
