/** The loops of the run: one begins and stops here, and goes on from the last good copy when something breaks. */
import { type BackendKeeper, createBackendKeeper } from './backendKeeper.ts';
import { type Held, type LiveRun, type Post, ready, setState } from './liveRun.ts';
import { assemble } from './prepare.ts';
import { reasonOf } from './refusal.ts';
import type { RunStore } from './storage.ts';
import { createControl, type LoopControl, type LoopEnd, trainLoop } from './trainLoop.ts';

export interface Loops {
  /** The worker's backend: a lost one is replaced here. */
  backends: BackendKeeper;
  /** Begins the loop of the run; returns at once. */
  launch(live: LiveRun): void;
  /** Stops the loop, also one that a recovery began while this waited. */
  halt(): Promise<void>;
  /** Resolves when the present loop has ended by itself. */
  over(): Promise<void>;
  /** Puts the last good copy back on the device. */
  restoreGood(live: LiveRun): Promise<void>;
  /** The same after a loss that is not a number, which the page hears of. */
  goBack(live: LiveRun): Promise<void>;
}

export function createLoops(post: Post, runs: RunStore, held: Held): Loops {
  let control: LoopControl | null = null;
  let loop: Promise<void> = Promise.resolve();
  const backends = createBackendKeeper(post, (what) => {
    if (control) control.lose(what);
    else void recover(what, false);
  });

  /** Goes on from the last good copy on the next backend. */
  async function recover(what: string, training: boolean): Promise<void> {
    const old = held.run;
    backends.drop();
    if (!old) return;
    const { step } = old.good.state;
    try {
      const info = await backends.use('auto', old.config.kernels);
      const next = await assemble(old.config, old.dataset, info, old, old.good);
      held.run = next;
      const values = { at: old.training.step, what, kept: step, training, next: info.reason };
      post({ type: 'error', code: 'deviceLost', values });
      ready(next, post);
      if (training) launch(next);
      else setState(next, 'paused', post);
    } catch (error) {
      const values = { what, why: reasonOf(error), kept: step };
      post({ type: 'error', code: 'noBackendLeft', values });
      setState(old, 'failed', post);
    }
  }

  function launch(live: LiveRun): void {
    const own = createControl();
    control = own;
    setState(live, 'training', post);
    loop = trainLoop(live, own, post, runs)
      .then((end) => ended(live, own, end))
      .catch((error) => {
        setState(live, 'failed', post);
        const kept = live.good.state.step;
        const values = { at: live.training.step, why: reasonOf(error), kept };
        post({ type: 'error', code: 'crashed', values });
      })
      .finally(() => {
        if (control === own) control = null;
      });
  }

  async function ended(live: LiveRun, own: LoopControl, end: LoopEnd): Promise<void> {
    if (end === 'lost') {
      control = null;
      return recover(own.lost ?? 'its device went away', true);
    }
    if (end === 'notFinite') return goBack(live);
    setState(live, end === 'finished' ? 'finished' : 'paused', post);
    post({ type: 'paused', step: live.training.step, reason: end });
  }

  async function goBack(live: LiveRun): Promise<void> {
    const at = live.last?.step ?? 0;
    await restoreGood(live);
    const { step } = live.good.state;
    post({ type: 'error', code: 'lossNotFinite', values: { at, kept: step } });
    setState(live, 'paused', post);
    post({ type: 'paused', step, reason: 'failed' });
  }

  async function restoreGood(live: LiveRun): Promise<void> {
    const fresh = await assemble(live.config, live.dataset, live.backend, live, live.good);
    live.training.dispose();
    Object.assign(live, { training: fresh.training, meter: fresh.meter, good: fresh.good });
  }

  async function halt(): Promise<void> {
    for (let waited: unknown = null; waited !== loop; ) {
      waited = loop;
      if (control) control.stop = true;
      await loop;
    }
  }

  return { backends, launch, halt, over: () => loop, restoreGood, goBack };
}
