/** What the page knows of a trainer, as signals; and the pace at which they change. */
import { type Signal, signal } from '@preact/signals';
import type { DatasetName } from '../../lib/data/records.ts';
import type { DiffusionKind } from '../../lib/tensor/recipes/diffusion/kind.ts';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import type {
  BackendInfo,
  LoadedRun,
  RunState,
  WarningCode,
  WorkerEvent,
} from '../../lib/worker/protocol.ts';
import type { Shelved } from '../../lib/worker/shelf.ts';
import type { Moment } from './film.ts';
import { createLossHistory } from './lossHistory.ts';

export type StepStats = Extract<WorkerEvent, { type: 'step' }>;

export interface Trouble {
  /** What happened; what was kept; what to do. */
  message: string;
  kept: string;
  todo: string;
  /** What can be done about it here and now. */
  action?: { label: string; act: () => void };
}

/** The last checkpoint in this browser. */
export interface Saved {
  step: number;
  /** 0 where nobody said. */
  bytes: number;
  /** Only in this tab's memory, because storage is full, forbidden or silent. */
  tab?: boolean;
  /** The name (runKey) of a run that another tab took over, and keeps from there on. */
  elsewhere?: string;
}

/** A run that Reset took out, and the film of it, which nothing else keeps. */
export interface Aside extends Shelved {
  film: Moment[];
  /** The step from which on this page had it. */
  opened: number;
}

export function createState() {
  return {
    state: signal<RunState>('idle'),
    /** A sentence about what goes on now: "Continued at step 120". */
    note: signal(''),
    trouble: signal<Trouble | null>(null),
    /** The same two of Save, Load and Export, said beside their buttons. */
    fileNote: signal(''),
    fileTrouble: signal<Trouble | null>(null),
    /** The run that Reset took out, until another command: it can be had back. */
    aside: signal<Aside | null>(null),
    warnings: signal<{ code: WarningCode; message: string }[]>([]),
    backend: signal<BackendInfo | null>(null),
    parameters: signal(0),
    stats: signal<StepStats | null>(null),
    progress: signal<{ loaded: number; total: number; label: string } | null>(null),
    losses: createLossHistory(),
    /** Rises when `losses` grew enough to draw again. */
    lossVersion: signal(0),
    film: signal<Moment[]>([]),
    /** What the Sample button made last. */
    sampled: signal<Moment | null>(null),
    sampling: signal(false),
    /** The number of the run that the worker held last (its `ready`): another one is another run. */
    era: signal(0),
    /** The run that the worker holds, as it says, or null. */
    run: signal<RunConfig | null>(null),
    /** The file or shelved run that was taken up last. */
    taken: signal<LoadedRun<DiffusionKind> | null>(null),
    /** The step at which this page took it up: what came before was seen by another page, or by nobody. */
    opened: signal(0),
    /** The step at which it stood when it was opened or paused; the newest numbers are in `stats`. */
    at: signal(0),
    /** Set when the data asked for could not be had and others took their place. */
    replacedBy: signal<DatasetName | null>(null),
    savedAt: signal<Saved | null>(null),
  };
}

export type SessionState = ReturnType<typeof createState>;

const NUMBERS_MS = 100;
const CURVE_MS = 350;

/**
 * Worker events may come hundreds of times a second. The newest numbers wait here for an animation frame, and change
 * their signals at most ten times a second, the curve three times: drawing never gets in the reader's way.
 */
export function createPace(stats: Signal<StepStats | null>, lossVersion: Signal<number>) {
  let latest: StepStats | null = null;
  let frame = 0;
  let lastNumbers = 0;
  let lastCurve = 0;
  let curveWaits = false;
  const flush = (now: number) => {
    frame = 0;
    if (latest && now - lastNumbers >= NUMBERS_MS) {
      stats.value = latest;
      latest = null;
      lastNumbers = now;
    }
    if (curveWaits && now - lastCurve >= CURVE_MS) {
      lossVersion.value++;
      curveWaits = false;
      lastCurve = now;
    }
    if (latest || curveWaits) schedule();
  };
  const schedule = () => {
    if (!frame) frame = requestAnimationFrame(flush);
  };
  return {
    step(event: StepStats) {
      latest = event;
      schedule();
    },
    curve() {
      curveWaits = true;
      schedule();
    },
    /** The run went back to `step`. */
    back(step: number) {
      const last = latest ?? stats.value;
      if (last) this.step({ ...last, step });
    },
    /** The newest step heard of, drawn or not. */
    now: (): number => latest?.step ?? stats.value?.step ?? 0,
    clear() {
      latest = null;
      stats.value = null;
      lossVersion.value++;
    },
    stop() {
      if (frame) cancelAnimationFrame(frame);
    },
  };
}
