/** A browser tab in Node: the lab's session over the real worker code, on plain JavaScript, with locks and storage in memory. */
import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import { runOf } from '../../../src/components/trainer/runConfig.ts';
import { createSession, type Session } from '../../../src/components/trainer/session.ts';
import { defaultSettings, type LabSettings } from '../../../src/components/trainer/settings.ts';
import type { RunConfig } from '../../../src/lib/tensor/recipes/diffusion/run.ts';
import { createHost } from '../../../src/lib/worker/host.ts';
import type { Owner } from '../../../src/lib/worker/owner.ts';
import type { Request, WorkerMessage } from '../../../src/lib/worker/protocol.ts';
import { createLocks } from './locks.ts';

export const machine = { backend: 'cpu', kernels: 'stock' } as const;

/** A run that takes milliseconds a step. */
export const small = (changes: Partial<LabSettings> = {}): RunConfig =>
  runOf({ ...defaultSettings('two'), ...machine, base: 8, batch: 2, steps: 5, ...changes });

export interface Tab extends Session {
  /** What the worker has said so far. */
  heard: WorkerMessage[];
  /** Kills the worker as a browser does: it says nothing more. */
  crash(): void;
  close(): void;
}

/** What of a page the session needs. */
export function stubPage(): void {
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: true }));
  vi.stubGlobal('location', new URL('http://lab.invalid/'));
  vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) =>
    setTimeout(() => draw(performance.now()), 1),
  );
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  vi.stubGlobal('navigator', { ...globalThis.navigator, locks: createLocks() });
}

/** `owner`: where it is one of several trainers of a page. */
export function openTab(owner?: Owner): Tab {
  const heard: WorkerMessage[] = [];
  let crash = () => {};
  let close = () => {};
  const spawn = () => {
    let dead = false;
    const shim = { onmessage: null, onerror: null } as unknown as Worker;
    const host = createHost((message) => {
      const data = structuredClone(message);
      if (dead) return;
      heard.push(data);
      queueMicrotask(() => shim.onmessage?.({ data } as MessageEvent));
    });
    crash = () => {
      dead = true;
      host.close();
      shim.onerror?.({ message: 'out of memory' } as ErrorEvent);
    };
    close = host.close;
    return Object.assign(shim, {
      postMessage: (request: Request) => void host(structuredClone(request)),
      terminate: () => {
        dead = true;
        host.close();
      },
    });
  };
  const session = createSession({ spawn, owner, film: false, baseUrl: 'http://lab.invalid/' });
  return { ...session, heard, crash: () => crash(), close: () => close() };
}
