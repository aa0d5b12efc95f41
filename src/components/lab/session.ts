/** One trainer: what the reader asks of it, what it answers, and what the page then knows (sessionState.ts). */
import type { CheckpointConfig } from '../../lib/checkpoint/config.ts';
import {
  type ClientOptions,
  createTrainer,
  type SampleStep,
  type Trainer,
  WorkerError,
} from '../../lib/worker/client.ts';
import type { RunConfig, SampleRequest, WorkerEvent } from '../../lib/worker/protocol.ts';
import { addMoment, recordMoment } from './film.ts';
import { createFilmClock } from './filmClock.ts';
import { filmRequestOf } from './runConfig.ts';
import { createPace, createState, type SessionState } from './sessionState.ts';

export type { StepStats } from './sessionState.ts';

export interface Session extends SessionState {
  train(config: RunConfig): Promise<void>;
  /** Brings back the run this browser keeps for `config`, paused where it stood; false when it keeps none. */
  bring(config: RunConfig): Promise<boolean>;
  pause(): Promise<void>;
  step(config: RunConfig): Promise<void>;
  reset(config: RunConfig): Promise<void>;
  /** `request` is told how often this was asked for in the run: 1, 2, 3, … */
  sample(config: RunConfig, request: (press: number) => SampleRequest): Promise<void>;
  /** Takes up a checkpoint; null when it was refused (and everything stays). `run` is what a saved run tells besides. */
  load(bytes: Uint8Array): Promise<{ config: CheckpointConfig; run?: RunConfig } | null>;
  trainer: Trainer;
  /** Runs `work`; a failure becomes `trouble`, and whatever stood before stays. */
  attempt<T>(work: () => Promise<T>): Promise<T | null>;
  dispose(): void;
}

/** Runs are the same when a link would say the same; how far to train may change on the way. */
export const sameRun = (a: RunConfig | null, b: RunConfig): boolean =>
  a !== null && JSON.stringify({ ...a, steps: 0 }) === JSON.stringify({ ...b, steps: 0 });

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

  /** What the worker last said it runs. */
  let said: RunConfig | null = null;
  const heard = (): RunConfig | null => said;
  let filmBusy = false;
  const clock = createFilmClock();
  let presses = 0;
  /** Draws the fixed noise with the weights of now. Skipped while another drawing runs or the tab is hidden. */
  const shoot = async () => {
    const run = s.run.value;
    if (filmBusy || !run || s.sampling.value || document.hidden || options.film === false) return;
    filmBusy = true;
    const recording = recordMoment(pace.now());
    try {
      const { trained, seconds } = await trainer.sample(
        filmRequestOf(run, pace.now()),
        recording.add,
      );
      clock.taken(trained, s.state.value === 'training' ? seconds : 0);
      if (recording.moment && s.run.value === run)
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
        s.backend.value = event.backend;
        s.parameters.value = event.parameters;
        said = event.config;
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
        s.savedAt.value = { step: event.step, bytes: s.savedAt.value?.bytes ?? 0 };
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
      case 'error':
        s.trouble.value = {
          message: event.message,
          kept: event.kept,
          todo: event.todo,
        };
        break;
    }
  };
  trainer.on(onEvent);

  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof WorkerError ? error.code : 'internal';
      if (code === 'cancelled') return null;
      const message = error instanceof Error ? error.message : String(error);
      // The worker says the same as an event first, with what was kept: that one stays.
      if (!s.trouble.value?.message.includes(message.slice(0, 60)))
        s.trouble.value = {
          message,
          kept: 'Whatever was there before is untouched.',
          todo: '',
        };
      return null;
    }
  };

  const isLoaded = (config: RunConfig): boolean =>
    sameRun(s.run.value, config) && s.state.value !== 'failed' && s.state.value !== 'idle';

  /** Loads the run for `config` unless it is loaded; true when it had to start, and so trains. */
  const ensure = async (config: RunConfig): Promise<boolean> => {
    if (isLoaded(config)) {
      if (s.run.value?.steps !== config.steps) await trainer.setHyper({ steps: config.steps });
      s.run.value = config;
      return false;
    }
    if (!sameRun(s.run.value, config)) forget();
    s.run.value = config;
    s.note.value = '';
    s.trouble.value = null;
    s.replacedBy.value = null;
    said = null;
    s.warnings.value = [];
    s.state.value = 'loading';
    try {
      await trainer.start(config, { restore: true });
      // Data that cannot be fetched are replaced by the worker: the page must say what really trains.
      const dataset = heard()?.dataset ?? config.dataset;
      if (dataset !== config.dataset) {
        s.run.value = { ...config, dataset };
        s.replacedBy.value = dataset;
      }
    } catch (error) {
      s.state.value = 'failed';
      throw error;
    }
    return true;
  };

  /** Loads the run for `config`, takes `more` steps, and stands still. */
  const open = async (config: RunConfig, more: 0 | 1): Promise<void> => {
    const at = ((await trainer.savedRun(config))?.step ?? 0) + more;
    // A run that starts with its own step as the target is restored and takes none. A new one takes at least one.
    await ensure({ ...config, steps: Math.max(1, at) });
    await trainer.pause();
    if (at === 0) {
      await trainer.reset();
      forget();
    }
    await trainer.setHyper({ steps: config.steps });
    if (s.run.value) s.run.value = { ...s.run.value, steps: config.steps };
    if (config.steps === 0 || at < config.steps) s.state.value = 'paused';
  };

  let starting: Promise<unknown> = Promise.resolve();
  const session: Session = {
    ...s,
    trainer,
    attempt,
    async train(config) {
      starting = attempt(async () => {
        if (!(await ensure(config))) {
          s.trouble.value = null;
          await trainer.resume();
        }
      });
      await starting;
    },
    async bring(config) {
      const done = await attempt(async () => {
        if (!(await trainer.savedRun(config))) return false;
        await open(config, 0);
        return true;
      });
      return done ?? false;
    },
    async pause() {
      await starting;
      if (s.state.value === 'training') await attempt(() => trainer.pause());
    },
    async step(config) {
      await attempt(async () => {
        if (!isLoaded(config)) return open(config, 1);
        await ensure(config);
        await trainer.step();
      });
    },
    async reset(config) {
      await attempt(async () => {
        s.note.value = '';
        if (sameRun(s.run.value, config) && s.state.value !== 'idle' && s.state.value !== 'failed')
          await trainer.reset();
        else {
          if (s.state.value === 'training') await trainer.pause();
          await trainer.forgetRun(config);
          s.run.value = null;
          s.state.value = 'idle';
        }
        forget();
        s.trouble.value = null;
      });
    },
    async sample(config, request) {
      if (s.sampling.value) return;
      s.sampling.value = true;
      await attempt(async () => {
        if (!isLoaded(config)) await open(config, 0);
        const asked = request(++presses);
        const recording = recordMoment(pace.now(), asked.seed);
        const show = (event: SampleStep) => {
          recording.add(event);
          s.sampled.value = recording.moment && { ...recording.moment };
        };
        await trainer.sample(asked, show);
      });
      s.sampling.value = false;
    },
    load: (bytes) =>
      attempt(async () => {
        if (s.state.value === 'training') await trainer.pause();
        said = null;
        const info = await trainer.load(bytes);
        forget();
        s.trouble.value = null;
        s.backend.value = info.backend;
        s.parameters.value = info.parameters;
        s.note.value = `Loaded: ${info.config.dataset}, ${info.parameters.toLocaleString('en')} parameters, step ${info.step.toLocaleString('en')}.`;
        s.savedAt.value = { step: info.step, bytes: bytes.length };
        return { config: info.config, run: heard() ?? undefined };
      }),
    dispose() {
      pace.stop();
      trainer.dispose();
    },
  };
  return session;
}
