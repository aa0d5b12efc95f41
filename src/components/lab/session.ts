/**
 * One trainer as a state machine: commands of the reader go in at one place, what the worker tells at another, and the page
 * shows what came of it (sessionState.ts). What runs is what the worker's `ready` says, never what was asked for. A `ready` with
 * another number is another run: whatever was heard or is still drawn of the one before is dropped.
 */
import {
  type ClientOptions,
  createTrainer,
  type SampleStep,
  type Trainer,
  WorkerError,
} from '../../lib/worker/client.ts';
import type {
  LoadedRun,
  RunConfig,
  SampleRequest,
  WorkerEvent,
} from '../../lib/worker/protocol.ts';
import { runKey } from '../../lib/worker/runConfig.ts';
import { addMoment, recordMoment } from './film.ts';
import { createFilmClock } from './filmClock.ts';
import { filmRequestOf } from './runConfig.ts';
import { createPace, createState, type SessionState } from './sessionState.ts';

export type { StepStats } from './sessionState.ts';

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
  /** Runs `work`; a failure becomes `trouble`, and whatever stood before stays. */
  attempt<T>(work: () => Promise<T>): Promise<T | null>;
  /** The same for files: what comes of them is said beside their buttons. */
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
  const { losses } = s;
  const pace = createPace(s.stats, s.lossVersion);

  const forget = () => {
    losses.clear();
    pace.clear();
    clock.restart();
    presses = 0;
    s.film.value = [];
    s.sampled.value = null;
    s.savedAt.value = null;
  };

  /** The number of the run that the worker holds, and the machine that was asked for it. */
  let era = 0;
  let machine: Machine | null = null;
  let filmBusy = false;
  const clock = createFilmClock();
  let presses = 0;
  const stepNow = () => Math.max(pace.now(), s.at.value);
  /** Draws the fixed noise with the weights of now. Skipped while another drawing runs or the tab is hidden. */
  const shoot = async () => {
    const run = s.run.value;
    const own = era;
    if (filmBusy || !run || s.sampling.value || document.hidden || options.film === false) return;
    filmBusy = true;
    const recording = recordMoment(stepNow());
    try {
      const { trained, seconds } = await trainer.sample(
        filmRequestOf(run, stepNow()),
        recording.add,
      );
      clock.taken(trained, s.state.value === 'training' ? seconds : 0);
      if (recording.moment && era === own)
        s.film.value = addMoment(s.film.value, { ...recording.moment, step: trained });
    } catch {
      // A run that ended or was replaced meanwhile has told so itself; the film is only shorter.
    } finally {
      filmBusy = false;
    }
  };

  const onEvent = (event: WorkerEvent) => {
    switch (event.type) {
      case 'state':
        s.state.value = event.state;
        if (event.state !== 'loading') s.progress.value = null;
        break;
      case 'ready':
        if (event.run !== era) forget();
        era = event.run;
        s.backend.value = event.backend;
        s.parameters.value = event.parameters;
        s.run.value = event.config;
        s.at.value = event.step;
        break;
      case 'progress':
        s.progress.value = { loaded: event.loaded, total: event.total, label: event.label };
        break;
      case 'step':
        pace.step(event);
        if (s.state.value === 'training' && clock.due(event.step, event.seconds)) void shoot();
        break;
      case 'losses':
        losses.append(event.steps, event.losses);
        pace.curve();
        break;
      case 'restored':
        s.savedAt.value = { step: event.step, bytes: 0 };
        s.note.value = `Continued at step ${event.step.toLocaleString('en')}, from the checkpoint this browser kept (${new Date(event.date).toLocaleString('en')}). Reset begins again at step 0.`;
        break;
      case 'saved':
        s.savedAt.value = {
          step: event.step,
          bytes: event.bytes,
          tab: event.where === 'memory',
        };
        break;
      case 'paused':
        s.at.value = event.step;
        if (event.reason === 'failed') pace.back(event.step);
        else void shoot();
        break;
      case 'warning':
        if (event.code === 'dataFallback') {
          const todo = 'This run goes on with the drawn digits, which need no download.';
          s.trouble.value = { message: event.message, kept: '', todo };
          break;
        }
        if (!s.warnings.value.includes(event.message))
          s.warnings.value = [...s.warnings.value, event.message].slice(-4);
        break;
      case 'yielded':
        s.run.value = null;
        s.state.value = 'idle';
        s.savedAt.value = null;
        s.note.value = `Another tab took this run over at step ${event.step.toLocaleString('en')}, or another trainer of this page, and keeps it now. What is shown here stood at that step; Train asks for it back.`;
        break;
      case 'gone':
        s.run.value = null;
        s.progress.value = null;
        if (s.state.value !== 'idle') s.state.value = 'failed';
        break;
      case 'error':
        troubleOf().value = { message: event.message, kept: event.kept, todo: event.todo };
        break;
    }
  };

  let files = 0;
  const troubleOf = () => (files > 0 ? s.fileTrouble : s.trouble);

  /** `again` is how the same can be had where another tab has the run. */
  const attempt = async <T>(work: () => Promise<T>, again?: () => void): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof WorkerError ? error.code : 'internal';
      // Stopped by the reader, who knows.
      if (code === 'cancelled') return null;
      const message = error instanceof Error ? error.message : String(error);
      const trouble = troubleOf();
      // The worker says the same as an event first, with what was kept: that one stays.
      if (!trouble.value?.message.includes(message.slice(0, 60)))
        trouble.value = {
          message,
          kept: code === 'ownedElsewhere' ? '' : 'Whatever was there before is untouched.',
          todo: '',
          ...(code === 'ownedElsewhere' && again
            ? { action: { label: 'Take it over', act: again } }
            : {}),
        };
      return null;
    }
  };

  /** The run for `config` is the one that the worker holds, on the machine that is asked for. */
  const holds = (config: RunConfig): boolean =>
    sameRun(s.run.value, config) &&
    s.state.value !== 'failed' &&
    machine?.backend === config.backend &&
    machine.kernels === config.kernels;

  const setTarget = async (steps: number) => {
    const run = s.run.value;
    if (!run || run.steps === steps) return;
    s.run.value = { ...run, steps };
    await trainer.setHyper({ steps });
  };

  let openings = 0;
  /** Shows that the worker gets something ready; where that fails, what stood before stands. */
  async function opening<T>(work: () => Promise<T>): Promise<T> {
    const own = ++openings;
    const before = s.state.value === 'loading' ? 'paused' : s.state.value;
    s.state.value = 'loading';
    try {
      return await work();
    } catch (error) {
      // A command that came later has a state of its own.
      if (own === openings && s.state.value === 'loading') {
        const stopped = error instanceof WorkerError && error.code === 'cancelled';
        s.state.value = s.run.value ? before : stopped ? 'idle' : 'failed';
      }
      throw error;
    } finally {
      if (own === openings) s.progress.value = null;
    }
  }

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
    if (!train && s.at.value > 0) void shoot();
    // Data that cannot be fetched are replaced by the worker: the page must say what really trains.
    const dataset = s.run.value?.dataset ?? config.dataset;
    if (dataset !== config.dataset) s.replacedBy.value = dataset;
    return true;
  };

  const train = (config: RunConfig, take = false): Promise<unknown> =>
    attempt(
      async () => {
        if (await ensure(config, true, take)) return;
        s.trouble.value = null;
        await trainer.resume();
      },
      () => void train(config, true),
    );
  const bring = (config: RunConfig, take = false): Promise<unknown> =>
    attempt(
      async () => {
        if (await trainer.savedRun(config)) await ensure(config, false, take);
      },
      () => void bring(config, true),
    );
  const step = (config: RunConfig, take = false): Promise<unknown> =>
    attempt(
      async () => {
        await ensure(config, false, take);
        await trainer.step();
      },
      () => void step(config, true),
    );
  const reset = (config: RunConfig, take = false): Promise<unknown> =>
    attempt(
      async () => {
        s.note.value = '';
        s.trouble.value = null;
        if (sameRun(s.run.value, config) && s.state.value !== 'failed')
          s.aside.value = await trainer.reset();
        else {
          if (s.state.value === 'training') await trainer.pause();
          s.aside.value = await trainer.forgetRun(config, { take });
          s.run.value = null;
          s.state.value = 'idle';
          s.at.value = 0;
          forget();
        }
      },
      () => void reset(config, true),
    );
  const sample = async (
    config: RunConfig,
    request: (press: number) => SampleRequest,
    take = false,
  ): Promise<void> => {
    if (s.sampling.value) return;
    s.sampling.value = true;
    await attempt(
      async () => {
        if (!holds(config)) await ensure(config, false, take);
        const own = era;
        const asked = request(++presses);
        const recording = recordMoment(stepNow(), asked.seed);
        await trainer.sample(asked, (event: SampleStep) => {
          if (era !== own) return;
          recording.add(event);
          s.sampled.value = recording.moment && { ...recording.moment };
        });
      },
      () => void sample(config, request, true),
    );
    s.sampling.value = false;
  };
  const filing = async <T>(work: () => Promise<T>, again?: () => void): Promise<T | null> => {
    s.fileNote.value = '';
    s.fileTrouble.value = null;
    files++;
    try {
      return await attempt(work, again);
    } finally {
      files--;
    }
  };
  const take = async (asked: Machine, work: () => Promise<LoadedRun>): Promise<LoadedRun> => {
    const info = await opening(work);
    machine = { ...asked };
    s.note.value = '';
    s.trouble.value = null;
    s.aside.value = null;
    s.taken.value = info;
    if (info.step > 0) void shoot();
    return info;
  };

  trainer.on(onEvent);
  return {
    ...s,
    trainer,
    attempt,
    filing,
    train: async (config) => void (await train(config)),
    bring: async (config) => void (await bring(config)),
    step: async (config) => void (await step(config)),
    reset: async (config) => void (await reset(config)),
    sample,
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
      const { aside } = s;
      const entry = aside.value;
      if (!entry) return;
      await attempt(() => take(asked, () => trainer.takeBack(entry.id, asked)));
    },
    load(bytes, asked) {
      const load = (over: boolean): Promise<LoadedRun | null> =>
        filing(
          async () => {
            const loading = () => trainer.load(bytes, { ...asked, take: over });
            const info = await take(asked, loading);
            const { config, parameters } = info;
            s.fileNote.value = `Loaded: ${config.dataset}, ${parameters.toLocaleString('en')} parameters, step ${info.step.toLocaleString('en')}.`;
            return info;
          },
          () => void load(true),
        );
      return load(false);
    },
    dispose() {
      pace.stop();
      trainer.dispose();
    },
  };
}
