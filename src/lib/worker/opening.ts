/** From a config or a file to a run: the right to keep it, its backend, its data, its tensors. Until it stands, the run before does. */
import type { RunSettings } from '../tensor/recipes/recipe.ts';
import { recipeOf } from '../tensor/recipes/record.ts';
import type { BackendKeeper } from './backendKeeper.ts';
import type { Keeping } from './keeping.ts';
import { type Held, type LiveRun, newRunId, type Post, setState } from './liveRun.ts';
import { nextTask } from './nextTask.ts';
import { assemble, loadRunData, savedRunOf, warnOfLabels } from './prepare.ts';
import type { StartOptions } from './protocol.ts';
import { reasonOf, stopped } from './refusal.ts';
import type { RunFile } from './runFile.ts';
import type { RunStore } from './storage.ts';

/** What is to be opened: a config, or a file with its config. */
export interface Opening {
  config: RunSettings;
  options: StartOptions & { file?: RunFile };
  baseUrl: string;
}

export interface Opened {
  live: LiveRun;
  /** The file that it continues. */
  saved: RunFile | null;
}

export type Open = (wanted: Opening, signal: AbortSignal) => Promise<Opened>;

/** Where what it makes fails, an event says what is left of the run that is held. */
export function createOpen(
  post: Post,
  runs: RunStore,
  backends: BackendKeeper,
  keeping: Keeping,
  held: Held,
): Open {
  async function open(wanted: Opening, signal: AbortSignal): Promise<Opened> {
    const { file, restore = false, keep = true, take = false } = wanted.options;
    let lease = keep ? await keeping.lease(wanted.config, take) : null;
    try {
      signal.throwIfAborted();
      const keptOf = async (config: RunSettings) =>
        file ?? (restore ? await savedRunOf(config, runs, post) : null);
      let saved = await keptOf(wanted.config);
      const info = await backends.use(wanted.config.backend, wanted.config.kernels);
      signal.throwIfAborted();
      const loaded = await loadRunData(wanted.config, wanted.baseUrl, post, signal);
      if (lease && recipeOf(loaded.config).keyOf(loaded.config) !== lease.key) {
        // Other data took the place of those asked for: that is another run, with a place of its own.
        lease.release();
        lease = await keeping.lease(loaded.config, take);
        saved = await keptOf(loaded.config);
      }
      warnOfLabels(loaded.config, loaded.dataset, post);
      const { steps, backend, kernels } = loaded.config;
      const config = saved
        ? { ...saved.config, dataset: loaded.config.dataset, steps, backend, kernels }
        : loaded.config;
      const of = { id: newRunId(), lease };
      const live = await assemble(config, loaded.dataset, info, of, saved ?? undefined);
      // Commands that came while the thread was busy are heard now.
      await nextTask();
      if (signal.aborted) live.training.dispose();
      signal.throwIfAborted();
      return { live, saved };
    } catch (thrown) {
      lease?.release();
      throw thrown;
    }
  }

  return async (wanted, signal) => {
    try {
      return await open(wanted, signal);
    } catch (thrown) {
      const { run } = held;
      const cancelled = signal.aborted;
      const why = reasonOf(thrown);
      // Stopped by the reader, or held by another tab: the page knows what to say.
      if (!cancelled && why.code !== 'ownedElsewhere') {
        const values = { why, step: run ? run.training.step : null };
        post({ type: 'error', code: 'notStarted', values });
      }
      if (!run) post({ type: 'state', state: 'idle' });
      else {
        setState(run, run.state === 'training' ? 'paused' : run.state, post);
        // The new run may have got as far as a backend of its own.
        if (!backends.serves(run.backend.name, run.config.kernels))
          await backends.use(run.backend.name, run.config.kernels);
      }
      throw cancelled ? stopped() : thrown;
    }
  };
}
