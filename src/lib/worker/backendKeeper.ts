/** The worker's one backend: started, watched, and replaced when its device goes away. */
import { toldBy } from '../data/reason.ts';
import { dropBackend, startBackend, watchDevice } from '../tensor/backend.ts';
import type { BackendInfo, BackendName } from '../tensor/options.ts';
import type { RunSettings } from '../tensor/recipes/recipe.ts';
import type { Post } from './liveRun.ts';
import { refuse } from './refusal.ts';

export interface BackendKeeper {
  current(): BackendInfo | null;
  /**
   * Whether what runs is what is asked for. Backend and kernels are one choice for all that this worker computes: networks of
   * two choices cannot stand in it side by side.
   */
  serves(asked: RunSettings['backend'], kernels: RunSettings['kernels']): boolean;
  /** Starts the asked backend or the best one that was not lost. Throws Refusal 'backendFailed'. */
  use(asked: RunSettings['backend'], kernels: RunSettings['kernels']): Promise<BackendInfo>;
  /** The running backend is gone; it is not tried again until `forgive`. */
  drop(): void;
  forgive(): void;
}

export function createBackendKeeper(post: Post, onLost: (what: string) => void): BackendKeeper {
  let info: BackendInfo | null = null;
  /** What was asked for when it was started; a browser may have had another backend to offer. */
  let asked: RunSettings['backend'] | null = null;
  let kernels: RunSettings['kernels'] | null = null;
  const lost = new Set<BackendName>();
  let stopWatching = () => {};
  return {
    current: () => info,
    serves: (backend, choice) =>
      info !== null &&
      choice === kernels &&
      (backend === 'auto' || backend === info.name || backend === asked),
    async use(backend, choice) {
      stopWatching();
      try {
        const started = await startBackend(backend, choice, [...lost]);
        for (const { message } of started.skipped)
          post({ type: 'warning', code: 'backendSkipped', values: { message } });
        info = started.info;
        asked = backend;
        kernels = choice;
      } catch (error) {
        throw refuse('backendFailed', toldBy(error));
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
