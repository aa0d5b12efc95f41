/**
 * One trainer as a state machine: commands of the reader go in here, what the worker tells at another place
 * (workerEvents.ts), and the page shows what came of it (sessionState.ts). What runs is what the worker's `ready` says, never what was asked for. A `ready` with
 * another number is another run: whatever was heard or is still drawn of the one before is dropped.
 */

import type { DiffusionKind } from '../../lib/tensor/recipes/diffusion/kind.ts';
import type { SampleRequest } from '../../lib/tensor/recipes/diffusion/questions.ts';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import { runKey } from '../../lib/tensor/recipes/diffusion/run.ts';
import {
  type ClientOptions,
  createTrainer,
  type FrameEvent,
  type Trainer,
  WorkerError,
} from '../../lib/worker/client.ts';
import type { LoadedRun as Loaded } from '../../lib/worker/protocol.ts';
import { createAttempts } from './attempts.ts';
import { createCamera } from './camera.ts';
import { shortTitle } from './dataShape.ts';
import { recordMoment } from './film.ts';
import * as show from './format.ts';
import { filmRequestOf } from './runConfig.ts';
import { createPace, createState, type SessionState } from './sessionState.ts';
import { en as say } from './words.ts';
import { createHearing } from './workerEvents.ts';

export type { StepStats } from './sessionState.ts';

type LoadedRun = Loaded<DiffusionKind>;

/** Where a run is computed; it may change while the run stays the same. */
export type Machine = Pick<RunConfig, 'backend' | 'kernels'>;

export interface Session extends SessionState {
  train(config: RunConfig): Promise<void>;
  /** Brings back the run this browser keeps for `config`, standing where it stood; nothing where it keeps none. */
  bring(config: RunConfig): Promise<void>;
  /** Stops the training, or its getting ready. */
  pause(): Promise<void>;
  step(config: RunConfig): Promise<void>;
  /** Back to step 0; what was kept of the run can be had again by `undo`. */
  reset(config: RunConfig): Promise<void>;
  undo(machine: Machine): Promise<void>;
  /** `request` is told how often this was asked for in the run: 1, 2, 3, … */
  sample(config: RunConfig, request: (press: number) => SampleRequest): Promise<void>;
  /** How far to train. */
  setTarget(steps: number): Promise<void>;
  /** Takes up a checkpoint; null when it was refused (and everything stays). */
  load(bytes: Uint8Array, machine: Machine): Promise<LoadedRun | null>;
  trainer: Trainer;
  /** Runs `work` with a file; what comes of it, also a failure, is said beside the files' buttons. */
  filing<T>(work: () => Promise<T>): Promise<T | null>;
  dispose(): void;
}

/** Runs are the same when they have one name; how far to train, and on what, may change on the way. */
export const sameRun = (a: RunConfig | null, b: RunConfig): boolean =>
  a !== null && runKey(a) === runKey(b);

export interface SessionOptions extends ClientOptions {
  /** False for no film. */
  film?: boolean;
}

export function createSession(options: SessionOptions = {}): Session {
  const trainer = createTrainer(options);
  const s = createState();
  const pace = createPace(s.stats, s.lossVersion);
  const stepNow = () => Math.max(pace.now(), s.at.value);
  const filmAt = (step: number) => s.run.value && filmRequestOf(s.run.value, step);
  const camera = options.film === false ? undefined : createCamera(trainer, s, stepNow, filmAt);
  const { attempt, filing, claiming, opening, tell } = createAttempts(s);
  /** The machine that was asked for the run. */
  let machine: Machine | null = null;
  let presses = 0;

  const forget = () => {
    s.losses.clear();
    pace.clear();
    camera?.restart();
    presses = 0;
    s.film.value = [];
    s.sampled.value = null;
    s.savedAt.value = null;
  };
  trainer.on(createHearing(s, { pace, camera, forget, tell }));

  /** The run for `config` is the one that the worker holds. */
  const holdsRun = (config: RunConfig): boolean =>
    sameRun(s.run.value, config) && s.state.value !== 'failed';
  /** The same, on the machine that is asked for. */
  const holds = (config: RunConfig): boolean =>
    holdsRun(config) && machine?.backend === config.backend && machine.kernels === config.kernels;

  const setTarget = async (steps: number) => {
    const run = s.run.value;
    if (!run || run.steps === steps) return;
    s.run.value = { ...run, steps };
    await trainer.setHyper({ steps });
  };

  /** Opens the run for `config` unless it is open; true when it had to. */
  const ensure = async (config: RunConfig, train: boolean, take: boolean): Promise<boolean> => {
    s.aside.value = null;
    if (holds(config)) {
      await setTarget(config.steps);
      return false;
    }
    s.note.value = '';
    s.trouble.value = null;
    s.replacedBy.value = null;
    s.warnings.value = [];
    await opening(() => trainer.start(config, { restore: true, train, take }));
    machine = { backend: config.backend, kernels: config.kernels };
    if (!train && s.at.value > 0) camera?.shoot();
    // Data that cannot be fetched are replaced by the worker: the page must say what really trains.
    const dataset = s.run.value?.dataset ?? config.dataset;
    if (dataset !== config.dataset) s.replacedBy.value = dataset;
    return true;
  };

  /** Takes up a file or a shelved run. */
  const adopt = async (asked: Machine, work: () => Promise<LoadedRun>): Promise<LoadedRun> => {
    const info = await opening(work);
    machine = { ...asked };
    s.note.value = '';
    s.trouble.value = null;
    s.aside.value = null;
    s.taken.value = info;
    if (info.step > 0) camera?.shoot();
    return info;
  };

  return {
    ...s,
    trainer,
    filing,
    async train(config) {
      await claiming(async (take) => {
        if (await ensure(config, true, take)) return;
        s.trouble.value = null;
        await trainer.resume();
      });
    },
    async bring(config) {
      await claiming(async (take) => {
        if (await trainer.savedRun(config)) await ensure(config, false, take);
      });
    },
    async step(config) {
      await claiming(async (take) => {
        await ensure(config, false, take);
        await trainer.step();
      });
    },
    async reset(config) {
      await claiming(async (take) => {
        s.note.value = '';
        s.trouble.value = null;
        if (holdsRun(config)) {
          const seen = { film: s.film.value, opened: s.opened.value };
          const entry = await trainer.reset();
          s.aside.value = entry && { ...entry, ...seen };
          return;
        }
        if (s.state.value === 'training') await trainer.pause();
        const entry = await trainer.forgetRun(config, { take });
        s.aside.value = entry && { ...entry, film: [], opened: entry.step };
        s.run.value = null;
        s.state.value = 'idle';
        s.at.value = 0;
        forget();
      });
    },
    async sample(config, request) {
      await claiming(async (take) => {
        if (s.sampling.value) return;
        s.sampling.value = true;
        try {
          if (!holds(config)) await ensure(config, false, take);
          const own = s.era.value;
          const asked = request(++presses);
          const recording = recordMoment(stepNow(), asked);
          await trainer.sample(asked, (event: FrameEvent) => {
            if (s.era.value !== own) return;
            recording.add(event);
            s.sampled.value = recording.moment && { ...recording.moment };
          });
        } finally {
          s.sampling.value = false;
        }
      });
    },
    setTarget: async (steps) => void (await attempt(() => setTarget(steps))),
    async pause() {
      if (s.state.value !== 'training' && s.state.value !== 'loading') return;
      await attempt(async () => {
        try {
          await trainer.pause();
        } catch (error) {
          // Nothing stood before what was being got ready: there is nothing to stop any more.
          if (!(error instanceof WorkerError && error.code === 'noRun')) throw error;
        }
      });
    },
    async undo(asked) {
      const entry = s.aside.value;
      if (!entry) return;
      await claiming(async (take) => {
        try {
          await adopt(asked, () => trainer.takeBack(entry.id, { ...asked, take }));
        } catch (error) {
          // It was removed: there is nothing left to be had back.
          if (error instanceof WorkerError && error.code === 'noRun') s.aside.value = null;
          throw error;
        }
        s.film.value = entry.film;
        s.opened.value = entry.opened;
      });
    },
    load(bytes, asked) {
      return claiming(async (take) => {
        const info = await adopt(asked, () => trainer.load(bytes, { ...asked, take }));
        s.fileNote.value = say.run.loaded(
          shortTitle(info.config.dataset),
          show.count(info.parameters),
          show.count(info.step),
        );
        return info;
      }, filing);
    },
    dispose() {
      pace.stop();
      trainer.dispose();
    },
  };
}
