/** The worker's code in the page itself, so that a test can break its devices and its storage. */
import { createTrainer, type Trainer } from '../../../src/lib/worker/client.ts';
import { createHost } from '../../../src/lib/worker/host.ts';
import type { Request, WorkerEvent, WorkerMessage } from '../../../src/lib/worker/protocol.ts';

export interface Watched {
  trainer: Trainer;
  events: WorkerEvent[];
  next<T extends WorkerEvent['type']>(
    type: T,
    fits?: (event: Extract<WorkerEvent, { type: T }>) => boolean,
  ): Promise<Extract<WorkerEvent, { type: T }>>;
}

/** A trainer with all its events, and a way to wait for one (past ones count). */
export function watched(trainer: Trainer): Watched {
  const events: WorkerEvent[] = [];
  trainer.on((event) => events.push(event));
  return {
    trainer,
    events,
    next(type, fits = () => true) {
      type Wanted = Extract<WorkerEvent, { type: typeof type }>;
      const is = (event: WorkerEvent): event is Wanted =>
        event.type === type && fits(event as Wanted);
      const past = events.find(is);
      if (past) return Promise.resolve(past);
      return new Promise((resolve) => {
        const off = trainer.on((event) => {
          if (!is(event)) return;
          off();
          resolve(event);
        });
      });
    },
  };
}

export function inPageTrainer(): Watched {
  const spawn = () => {
    const shim: { onmessage: ((event: { data: WorkerMessage }) => void) | null } = {
      onmessage: null,
    };
    const handle = createHost((message) => {
      const data = structuredClone(message);
      queueMicrotask(() => shim.onmessage?.({ data }));
    });
    return Object.assign(shim, {
      postMessage: (request: Request) => void handle(structuredClone(request)),
      terminate: () => handle.close(),
    }) as unknown as Worker;
  };
  return watched(createTrainer({ spawn, baseUrl: new URL('/nowhere/', location.href).href }));
}
