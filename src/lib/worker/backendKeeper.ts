/** The worker's one backend: started, watched, and replaced when its device goes away. */
import { dropBackend, startBackend, watchDevice } from '../tensor/backend.ts';
import type { BackendInfo, BackendName } from '../tensor/options.ts';
import type { Post } from './liveRun.ts';
import type { RunConfig } from './protocol.ts';
import { Refusal } from './refusal.ts';

export interface BackendKeeper {
  current(): BackendInfo | null;
  /** Starts the asked backend or the best one that was not lost. Throws Refusal 'backendFailed'. */
  use(asked: RunConfig['backend'], kernels: RunConfig['kernels']): Promise<BackendInfo>;
  /** The running backend is gone; it is not tried again until `forgive`. */
  drop(): void;
  forgive(): void;
}

export function createBackendKeeper(post: Post, onLost: (what: string) => void): BackendKeeper {
  let info: BackendInfo | null = null;
  const lost = new Set<BackendName>();
  let stopWatching = () => {};
  return {
    current: () => info,
    async use(asked, kernels) {
      stopWatching();
      try {
        const started = await startBackend(asked, kernels, [...lost]);
        for (const { message } of started.skipped)
          post({ type: 'warning', code: 'backendSkipped', message });
        info = started.info;
      } catch (error) {
        throw new Refusal('backendFailed', error instanceof Error ? error.message : String(error));
      }
      stopWatching = watchDevice(onLost);
      return info;
    },
    drop() {
      stopWatching();
      if (info) {
        lost.add(info.name);
        dropBackend(info.name);
      }
      info = null;
    },
    forgive: () => lost.clear(),
  };
}
