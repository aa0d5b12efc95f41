/** The loop of a run: step, report, save, and let messages in between. */

import { deviceIsLost } from '../tensor/backend.ts';
import type { StepReport } from '../tensor/recipes/recipe.ts';
import { type LiveRun, type Post, report, seconds, store, takeSnapshot } from './liveRun.ts';
import { nextTask } from './nextTask.ts';
import type { RunStore } from './storage.ts';

/** Seconds between reports, and between checkpoints. */
const REPORT_EVERY = 0.05;
const SAVE_EVERY = 5;
/** The largest network's checkpoint has 124 MB: saving takes at most this share of the time. */
const SAVE_SHARE = 0.1;

/** Why a loop ended. `lost`: its device went away. */
export type LoopEnd = 'asked' | 'finished' | 'notFinite' | 'lost';

export interface LoopControl {
  /** Set to leave after the step under way. */
  stop: boolean;
  /** Set by the watcher of the device. */
  lost: string | null;
  /** Ends the waiting for answers that a lost device will never give. */
  whenLost: Promise<never>;
  lose(what: string): void;
}

export function createControl(): LoopControl {
  let reject!: (reason: Error) => void;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  promise.catch(() => {});
  return {
    stop: false,
    lost: null,
    whenLost: promise,
    lose(what) {
      this.lost = what;
      reject(new Error(what));
    },
  };
}

/**
 * How many steps have their losses read together. A GPU works on the next steps while those of the last ones travel back;
 * a read-back every 30 ms is soon enough for any plot. (A software adapter has nothing to overlap.)
 */
export function readTogether({ backend, meter }: LiveRun): number {
  if ((backend.name !== 'webgpu' && backend.name !== 'webgl') || backend.software) return 0;
  return Math.max(1, Math.min(16, Math.round(0.03 * meter.stepsPerSecond())));
}

export async function trainLoop(
  run: LiveRun,
  control: LoopControl,
  post: Post,
  runs: RunStore,
  together = readTogether,
): Promise<LoopEnd> {
  /** Steps issued since the last one whose loss is read. */
  let unread = 0;
  const pending: Promise<StepReport>[] = [];
  let lastReport = 0;
  let lastSave = seconds();
  let saveCost = 0;
  let clock = seconds();

  /** Waits for the oldest step, whose loss must be under way. Throws where it is not a number. */
  const settle = async () => {
    const step = await Promise.race([pending.shift() as Promise<StepReport>, control.whenLost]);
    if (deviceIsLost()) throw new Error('the device is gone');
    if (!isFiniteStep(step)) throw new NotFinite(step);
    run.last = step;
    const now = seconds();
    run.meter.add(step, now - clock);
    clock = now;
  };

  /** Waits for all steps. */
  const drain = async () => {
    run.training.flush?.();
    unread = 0;
    while (pending.length > 0) await settle();
  };

  /** A read-back may wait for ever for a device that went away meanwhile. */
  const keepNow = () => Promise.race([keep(run, post, runs), control.whenLost]);

  try {
    while (!control.stop && !finished(run)) {
      const group = together(run);
      unread = unread + 1 < group ? unread + 1 : 0;
      const step = run.training.next(unread > 0);
      // A lost device rejects steps that nobody waits for any more.
      step.catch(() => {});
      pending.push(step);
      // The losses of one group travel while the next group is issued.
      if (unread === 0) while (pending.length > (group === 1 ? 2 : group)) await settle();
      if (seconds() - lastReport > REPORT_EVERY) {
        report(run, post);
        lastReport = seconds();
      }
      await nextTask();
      if (seconds() - lastSave > Math.max(SAVE_EVERY, saveCost / SAVE_SHARE)) {
        const began = seconds();
        await keepNow();
        lastSave = seconds();
        saveCost = lastSave - began;
        clock = lastSave;
      }
    }
    await drain();
    report(run, post);
    await keepNow();
    return control.stop ? 'asked' : 'finished';
  } catch (error) {
    if (error instanceof NotFinite) {
      run.last = error.step;
      report(run, post);
      return 'notFinite';
    }
    if (control.lost || deviceIsLost() || (await lostSoon(control))) return 'lost';
    throw error;
  }
}

export const isFiniteStep = ({ loss, scalars }: StepReport): boolean =>
  [loss, ...Object.values(scalars)].every(Number.isFinite);

class NotFinite extends Error {
  readonly step: StepReport;
  constructor(step: StepReport) {
    super('loss is not finite');
    this.step = step;
  }
}

function finished({ training, config }: LiveRun): boolean {
  return config.steps > 0 && training.step >= config.steps;
}

/** A failing operation may be heard of before the loss of its device is. */
async function lostSoon(control: LoopControl): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return control.lost !== null;
}

/** Host copy and stored checkpoint of a run whose numbers are finite. */
export async function keep(run: LiveRun, post: Post, runs: RunStore): Promise<void> {
  if (await takeSnapshot(run)) await store(run, runs, post);
}
