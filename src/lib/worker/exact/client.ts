/** Exact numbers that take longer than a frame, computed off the page. */
import type { Bound } from '../../math/bound/elbo.ts';
import type { BoundRequest, ExactReply, ExactRequest, FloorRequest } from './protocol.ts';

export interface ExactClient {
  bound(request: BoundRequest): Promise<Bound>;
  /** mmse_t for t = 0..T, summed over pixels. */
  mmse(request: FloorRequest): Promise<Float64Array>;
  /** Drops what is under way, if anything: its promises stay pending for ever, and nobody should await them. */
  drop(): void;
}

/** One worker for one widget, started with the first question. */
export function createExact(): ExactClient {
  let worker: Worker | null = null;
  let next = 0;
  const waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (reason: Error) => void }
  >();
  const start = () => {
    const fresh = new Worker(new URL('./exactWorker.ts', import.meta.url), { type: 'module' });
    fresh.onmessage = ({ data }: MessageEvent<ExactReply>) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if ('error' in data) asked?.reject(new Error(data.error));
      else asked?.resolve(data.value as never);
    };
    fresh.onerror = () => {
      // A worker that did not load stays dead: the next question starts another.
      fresh.terminate();
      if (worker === fresh) worker = null;
      for (const { reject } of waiting.values())
        reject(
          new Error(
            'The worker for exact numbers did not start; nothing was lost. Try again, or reload the page.',
          ),
        );
      waiting.clear();
    };
    return fresh;
  };
  type Question = ExactRequest extends infer R
    ? R extends { id: number }
      ? Omit<R, 'id'>
      : never
    : never;
  const ask = <T>(question: Question): Promise<T> => {
    worker ??= start();
    const id = next++;
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker?.postMessage({ id, ...question });
    });
  };
  return {
    bound: (request) => ask<Bound>({ type: 'bound', request }),
    mmse: (request) => ask<Float64Array>({ type: 'mmse', request }),
    drop() {
      if (waiting.size > 0) {
        // A sum under way cannot be interrupted: end its worker.
        worker?.terminate();
        worker = null;
        waiting.clear();
      }
    },
  };
}
