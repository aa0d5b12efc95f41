/** The right to keep a run in this browser: a lease (leases.ts), or a sentence where there is none to be had. */
import type { RunSettings } from '../tensor/recipes/recipe.ts';
import { recipeOf } from '../tensor/recipes/record.ts';
import { createLeases, type Lease } from './leases.ts';
import type { Post } from './liveRun.ts';
import { ownedElsewhere } from './refusal.ts';
import { type RunFile, sameTensors } from './runFile.ts';
import type { RunStore } from './storage.ts';

export interface Keeping {
  /** `take`: from the tab or trainer that has it. Throws Refusal 'ownedElsewhere'. */
  lease(config: RunSettings, take: boolean): Promise<Lease>;
  /**
   * The lease of a run that rested, with its file. Where another has it, or has gone on with it since, the page hears so.
   * Throws Refusal 'ownedElsewhere'.
   */
  regain(file: RunFile, bytes: Uint8Array): Promise<Lease>;
  /** Lets go of what other tabs may wait for. */
  close(): void;
}

/** `onLost` saves and stops the run called `key`: another takes it over. */
export function createKeeping(
  post: Post,
  runs: RunStore,
  onLost: (key: string) => Promise<void>,
): Keeping {
  const leases = createLeases(onLost);

  async function lease(config: RunSettings, take: boolean): Promise<Lease> {
    const key = recipeOf(config).keyOf(config);
    const claimed = await leases.claim(key, take);
    if (claimed === 'elsewhere') throw ownedElsewhere();
    if (claimed !== 'unguarded') return claimed;
    post({
      type: 'warning',
      code: 'noLocks',
      values: {},
    });
    return { key, release: () => {} };
  }

  async function regain({ config, state }: RunFile, bytes: Uint8Array): Promise<Lease> {
    const { keyOf, formerKeyOf } = recipeOf(config);
    try {
      const held = await lease(config, false);
      const kept = await runs.get(held.key, formerKeyOf?.(config));
      if (!kept || sameTensors(kept.bytes, bytes)) return held;
      held.release();
      throw ownedElsewhere();
    } catch (thrown) {
      post({ type: 'yielded', key: keyOf(config), step: state.step });
      throw thrown;
    }
  }

  return { lease, regain, close: leases.close };
}
