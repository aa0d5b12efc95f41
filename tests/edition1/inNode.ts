/** The worker's code in this process, on plain JavaScript: what a page asks, asked in Node. */
import 'fake-indexeddb/auto';
import { createTrainer, type Trainer } from '../../src/lib/worker/client.ts';
import { createHost } from '../../src/lib/worker/host.ts';
import type { Request, WorkerMessage } from '../../src/lib/worker/protocol.ts';
import { createSampler, type Sampler } from '../../src/lib/worker/sampler.ts';

/** In place of a worker. */
export function spawn(): Worker {
  const shim: { onmessage: ((event: { data: WorkerMessage }) => void) | null } = {
    onmessage: null,
  };
  const host = createHost((message) => {
    const data = structuredClone(message);
    queueMicrotask(() => shim.onmessage?.({ data }));
  });
  return Object.assign(shim, {
    postMessage: (request: Request) => void host(structuredClone(request)),
    terminate: () => host.close(),
  }) as unknown as Worker;
}

/** Runs `use` with a trainer that computes in this process. */
export async function withTrainer<T>(use: (trainer: Trainer) => Promise<T>): Promise<T> {
  const trainer = createTrainer({ spawn, baseUrl: 'http://book.invalid/' });
  try {
    return await use(trainer);
  } finally {
    trainer.dispose();
  }
}

export const ON_CPU = { backend: 'cpu', kernels: 'stock', keep: false } as const;

export async function withSampler<T>(use: (sampler: Sampler) => Promise<T>): Promise<T> {
  const sampler = createSampler({ spawn, backend: 'cpu', kernels: 'stock' });
  try {
    return await use(sampler);
  } finally {
    sampler.dispose();
  }
}
