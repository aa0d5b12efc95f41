/** The life of a run: start, pause, resume, step, reset, load, and what happens when something breaks. */
import { CheckpointError } from '../checkpoint/index.ts';
import type { Dataset } from '../data/index.ts';
import { dropBackend, startBackend, watchDevice } from '../tensor/backend.ts';
import { setKernels } from '../tensor/ops/fused.ts';
import type { BackendInfo, BackendName } from '../tensor/options.ts';
import { countParameters } from '../tensor/params.ts';
import { disposeSession, trainStep } from '../tensor/train.ts';
import { type LiveRun, type Post, report, seconds, setState, takeSnapshot } from './liveRun.ts';
import { assemble, loadRunData, savedRunOf, warnOfLabels } from './prepare.ts';
import type { Hyper, ModelInfo, RunConfig } from './protocol.ts';
import { asRefusal, Refusal } from './refusal.ts';
import { checkRunConfig } from './runConfig.ts';
import { decodeRun, encodeExport, encodeRun, type RunFile } from './runFile.ts';
import type { RunStore } from './storage.ts';
import { keep, type LoopControl, type LoopEnd, trainLoop } from './trainLoop.ts';

export interface Runner {
  /** The run, or a refusal where there is none. */
  current(): LiveRun;
  running(): LiveRun | null;
  backend(): BackendInfo | null;
  /** Starts a backend where none runs, or where another one is asked for by name. */
  ensureBackend(asked: RunConfig['backend'], kernels: RunConfig['kernels']): Promise<BackendInfo>;
  start(config: RunConfig, restore: boolean, baseUrl: string): Promise<ModelInfo>;
  pause(): Promise<{ step: number }>;
  resume(): Promise<void>;
  step(): Promise<{ step: number; loss: number }>;
  reset(): Promise<void>;
  load(bytes: Uint8Array, baseUrl: string): Promise<ModelInfo & { step: number }>;
  save(): Promise<Uint8Array<ArrayBuffer>>;
  exportWeights(record: Record<string, string>): Promise<Uint8Array<ArrayBuffer>>;
  setHyper(hyper: Hyper): Promise<void>;
  /** The page became hidden: save now, it may never come back. */
  hidden(): Promise<void>;
}

export function createRunner(post: Post, runs: RunStore): Runner {
  let run: LiveRun | null = null;
  let backend: BackendInfo | null = null;
  let control: LoopControl | null = null;
  let loop: Promise<void> = Promise.resolve();
  const lostBackends = new Set<BackendName>();
  let stopWatching = () => {};

  const current = (): LiveRun => {
    if (!run) throw new Refusal('noRun', 'No run has been started yet. Press Train first.');
    return run;
  };

  async function useBackend(asked: RunConfig['backend'], kernels: RunConfig['kernels']) {
    stopWatching();
    try {
      const started = await startBackend(asked, kernels, [...lostBackends]);
      for (const { message } of started.skipped)
        post({ type: 'warning', code: 'backendSkipped', message });
      backend = started.info;
    } catch (error) {
      throw new Refusal('backendFailed', error instanceof Error ? error.message : String(error));
    }
    stopWatching = watchDevice((what) => {
      if (control) {
        control.lost = what;
        loseDevice?.(new Error(what));
      } else void recover(what, false);
    });
    return backend;
  }

  let loseDevice: ((error: Error) => void) | null = null;

  function newControl(): LoopControl {
    const whenLost = new Promise<never>((_, reject) => {
      loseDevice = reject;
    });
    whenLost.catch(() => {});
    return { stop: false, lost: null, whenLost };
  }

  /** Goes on from the last good copy on the next backend. */
  async function recover(what: string, training: boolean): Promise<void> {
    const old = run;
    const name = backend?.name;
    if (name) {
      lostBackends.add(name);
      dropBackend(name);
    }
    backend = null;
    if (!old) return;
    const step = old.good.state.step;
    const kept = `The weights of step ${step} are kept.`;
    try {
      const info = await useBackend('auto', old.config.kernels);
      run = await assemble(old.config, old.dataset, info, old.good, old.key);
      post({
        type: 'error',
        code: 'deviceLost',
        message: `Step ${old.session.step} could not be finished: ${what}.`,
        kept,
        todo: training
          ? `Nothing: training goes on from there. ${info.reason}`
          : `Press Train to go on from there. ${info.reason}`,
      });
      ready(run);
      if (training) launch();
      else setState(run, 'paused', post);
    } catch (error) {
      post({
        type: 'error',
        code: 'deviceLost',
        message: `Training stopped: ${what}, and no other backend would start (${String(error)}).`,
        kept,
        todo: 'Reload the page and press Train; the run continues from its saved checkpoint.',
      });
      setState(old, 'failed', post);
    }
  }

  function ready(live: LiveRun): ModelInfo {
    const parameters = countParameters(live.session.network.specs);
    post({ type: 'ready', backend: live.backend, parameters, config: live.config });
    const { model, diffusion, dataset } = live.config;
    return {
      config: { model, diffusion, dataset },
      record: null,
      parameters,
      backend: live.backend,
    };
  }

  /** Begins the loop; returns at once. */
  function launch(): void {
    const live = current();
    const own = newControl();
    control = own;
    setState(live, 'training', post);
    loop = trainLoop(live, own, post, runs)
      .then((end) => ended(live, own, end))
      .catch((error) => crashed(live, error))
      .finally(() => {
        if (control === own) control = null;
      });
  }

  async function ended(live: LiveRun, own: LoopControl, end: LoopEnd): Promise<void> {
    if (end === 'lost') {
      control = null;
      return recover(own.lost ?? 'its device went away', true);
    }
    if (end === 'notFinite') {
      const at = live.last?.step ?? 0;
      await restoreGood(live);
      const step = live.good.state.step;
      post({
        type: 'error',
        code: 'lossNotFinite',
        message: `The loss of step ${at} is not a number: the weights have grown without bound.`,
        kept: `The weights of step ${step}, the last good ones, are back in place.`,
        todo: 'Lower the learning rate, then press Train to go on from there.',
      });
      setState(live, 'paused', post);
      post({ type: 'paused', step, reason: 'failed' });
      return;
    }
    setState(live, end === 'finished' ? 'finished' : 'paused', post);
    post({ type: 'paused', step: live.session.step, reason: end });
  }

  function crashed(live: LiveRun, error: unknown): void {
    setState(live, 'failed', post);
    post({
      type: 'error',
      code: 'internal',
      message: `Training stopped at step ${live.session.step}: ${error instanceof Error ? error.message : error}.`,
      kept: `The weights of step ${live.good.state.step} are kept.`,
      todo: 'Press Train to try again, or choose another backend.',
    });
  }

  /** Puts the last good copy back on the device. */
  async function restoreGood(live: LiveRun): Promise<void> {
    const fresh = await assemble(live.config, live.dataset, live.backend, live.good, live.key);
    disposeSession(live.session);
    Object.assign(live, { session: fresh.session, meter: fresh.meter, good: fresh.good });
  }

  async function halt(): Promise<void> {
    if (control) control.stop = true;
    await loop;
  }

  async function replace(next: LiveRun): Promise<void> {
    if (run) disposeSession(run.session);
    run = next;
  }

  /** A file that cannot be used changes nothing; an event says so. */
  function readFile(bytes: Uint8Array): RunFile {
    try {
      return decodeRun(bytes);
    } catch (thrown) {
      if (thrown instanceof CheckpointError) {
        const { happened, kept, todo } = thrown;
        post({ type: 'error', code: 'badCheckpoint', message: happened, kept, todo });
      }
      throw thrown;
    }
  }

  /** `open`, and where it fails an event that says what is left. */
  async function openOrExplain(config: RunConfig, baseUrl: string, saved: RunFile | null) {
    try {
      return await open(config, baseUrl, saved);
    } catch (thrown) {
      const { code, message } = asRefusal(thrown);
      const kept = run
        ? `The run before it is kept, paused at step ${run.session.step}.`
        : 'Nothing was trained yet; runs saved in this browser are untouched.';
      post({
        type: 'error',
        code,
        message,
        kept,
        todo: 'Change the setting that it names, then press Train.',
      });
      if (run) setState(run, 'paused', post);
      else post({ type: 'state', state: 'idle' });
      throw thrown;
    }
  }

  async function open(
    config: RunConfig,
    baseUrl: string,
    saved: RunFile | null,
    data?: Dataset,
  ): Promise<LiveRun> {
    const info = await useBackend(config.backend, config.kernels);
    const loaded = data ? { config, dataset: data } : await loadRunData(config, baseUrl, post);
    warnOfLabels(loaded.config, loaded.dataset, post);
    return assemble(loaded.config, loaded.dataset, info, saved ?? undefined);
  }

  return {
    current,
    running: () => run,
    backend: () => backend,
    async ensureBackend(asked, kernels) {
      if (backend && (asked === 'auto' || asked === backend.name)) return backend;
      return useBackend(asked, kernels);
    },
    async start(asked, restore, baseUrl) {
      const config = checkRunConfig(asked);
      await halt();
      post({ type: 'state', state: 'loading' });
      lostBackends.clear();
      const saved = restore ? await savedRunOf(config, runs, post) : null;
      const next = await openOrExplain(config, baseUrl, saved);
      await replace(next);
      const info = ready(next);
      if (saved) {
        post({ type: 'restored', step: saved.state.step, date: saved.date });
        replay(saved);
      }
      launch();
      return info;
    },
    async pause() {
      const live = current();
      await halt();
      return { step: live.session.step };
    },
    async resume() {
      const live = current();
      if (live.state === 'training') return;
      await loop;
      launch();
    },
    async step() {
      const live = current();
      await halt();
      const began = seconds();
      const done = await trainStep(live.session);
      live.last = done;
      if (Number.isFinite(done.loss)) {
        live.meter.add(done.step, done.t, done.errors, seconds() - began);
        report(live, post);
        await keep(live, post, runs);
        setState(live, 'paused', post);
      } else await ended(live, newControl(), 'notFinite');
      return { step: done.step, loss: done.loss };
    },
    async reset() {
      const live = current();
      await halt();
      await runs.remove(live.key);
      const fresh = await assemble(live.config, live.dataset, live.backend);
      await replace(fresh);
      ready(fresh);
      setState(fresh, 'paused', post);
      post({ type: 'paused', step: 0, reason: 'asked' });
    },
    async load(bytes, baseUrl) {
      const file = readFile(bytes);
      await halt();
      // Until the new run stands, the old one does.
      const next = await openOrExplain(file.config, baseUrl, file);
      await replace(next);
      const info = ready(next);
      post({ type: 'restored', step: file.state.step, date: file.date });
      replay(file);
      setState(next, 'paused', post);
      return { ...info, record: file.record, step: file.state.step };
    },
    async save() {
      const live = current();
      await takeSnapshot(live);
      const bytes = encodeRun({
        config: live.config,
        ...live.good,
        date: new Date().toISOString(),
      });
      post({ type: 'checkpoint', bytes: bytes.length, step: live.good.state.step });
      return bytes;
    },
    async exportWeights(record) {
      const live = current();
      await takeSnapshot(live);
      const { state, history } = live.good;
      return encodeExport(live.config, state, {
        seed: live.config.seed,
        steps: state.step,
        loss: history.smoothed,
        date: new Date().toISOString(),
        ...record,
      });
    },
    async setHyper(hyper) {
      const live = current();
      const { kernels, ...rest } = hyper;
      const given = Object.fromEntries(Object.entries(rest).filter(([, v]) => v !== undefined));
      const config = checkRunConfig({ ...live.config, ...given });
      Object.assign(live.config, config);
      if (!kernels || kernels === live.config.kernels) return;
      const training = live.state === 'training';
      await halt();
      await takeSnapshot(live);
      setKernels(kernels);
      live.config.kernels = kernels;
      live.backend = await useBackend(live.backend.name, kernels);
      await restoreGood(live);
      ready(live);
      if (training) launch();
    },
    async hidden() {
      if (run?.state === 'training') await keep(run, post, runs);
    },
  };

  /** The loss curve of a restored run, so that the plot continues. */
  function replay({ history }: RunFile): void {
    if (history.steps.length === 0) return;
    post({
      type: 'losses',
      steps: Int32Array.from(history.steps),
      losses: Float32Array.from(history.losses),
      buckets: new Float32Array(0),
    });
  }
}
