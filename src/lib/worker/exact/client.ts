/** Exact numbers that take longer than a frame, computed off the page. */
import type { Bound } from '../../math/bound/elbo.ts';
import { createAsking } from '../asking.ts';
import type { BoundRequest, ExactQuestion, FloorRequest } from './protocol.ts';

export interface ExactClient {
  bound(request: BoundRequest): Promise<Bound>;
  /** mmse_t for t = 0..T, summed over pixels. */
  mmse(request: FloorRequest): Promise<Float64Array>;
  /** Drops what is under way, if anything: its promises stay pending for ever, and nobody should await them. */
  drop(): void;
}

const spawnExactWorker = () =>
  new Worker(new URL('./exactWorker.ts', import.meta.url), { type: 'module' });

/** One worker for one widget, started with the first question. */
export function createExact(spawn = spawnExactWorker): ExactClient {
  const { ask, waiting, drop } = createAsking<ExactQuestion, string, never>({
    spawn,
    refused: (message) => new Error(message),
    crashed: () =>
      new Error(
        'The worker for exact numbers did not start; nothing was lost. Try again, or reload the page.',
      ),
  });
  return {
    bound: (request) => ask({ type: 'bound', request }),
    mmse: (request) => ask({ type: 'mmse', request }),
    drop() {
      // A sum under way cannot be interrupted: its worker is ended. One that rests is kept.
      if (waiting() > 0) drop();
    },
  };
}
