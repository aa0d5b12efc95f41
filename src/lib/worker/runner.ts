/** The life of a run: start, pause, resume, step, reset, load, and what happens when something breaks. */
import { CheckpointError } from '../checkpoint/index.ts';
import type { Dataset } from '../data/index.ts';
import { setKernels } from '../tensor/ops/fused.ts';
import { countParameters } from '../tensor/params.ts';
import { disposeSession, trainStep } from '../tensor/train.ts';
import { createBackendKeeper } from './backendKeeper.ts';
import { crashed, deviceLost, lossNotFinite, noBackendLeft, notStarted } from './failures.ts';
import { type LiveRun, type Post, report, seconds, setState, takeSnapshot } from './liveRun.ts';
import { assemble, loadRunData, savedRunOf, warnOfLabels } from './prepare.ts';
import type { ModelInfo, RunConfig } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { checkRunConfig } from './runConfig.ts';
import { decodeRun, encodeExport, encodeRun, type RunFile } from './runFile.ts';
import type { Runner } from './runnerTypes.ts';
import type { RunStore } from './storage.ts';
import { createControl, keep, type LoopControl, type LoopEnd, trainLoop } from './trainLoop.ts';

export function createRunner(post: Post, runs: RunStore): Runner {
  let run: LiveRun | null = null;
  let control: LoopControl | null = null;
  let loop: Promise<void> = Promise.resolve();
  const backends = createBackendKeeper(post, (what) => {
    if (control) control.lose(what);
    else void recover(what, false);
  });

  const current = (): LiveRun => {
    if (!run) throw new Refusal('noRun', 'No run has been started yet. Press Train first.');
    return run;
  };

  /** Goes on from the last good copy on the next backend. */
  async function recover(what: string, training: boolean): Promise<void> {
    const old = run;
    backends.drop();
    if (!old) return;
    const { step } = old.good.state;
    try {
      const info = await backends.use('auto', old.config.kernels);
      run = await assemble(old.config, old.dataset, info, old.good, old.key);
      post(deviceLost(old.session.step, what, step, training, info.reason));
      ready(run);
      if (training) launch();
      else setState(run, 'paused', post);
    } catch (error) {
      post(noBackendLeft(what, error, step));
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
    const own = createControl();
    control = own;
    setState(live, 'training', post);
    loop = trainLoop(live, own, post, runs)
      .then((end) => ended(live, own, end))
      .catch((error) => {
        setState(live, 'failed', post);
        post(crashed(live.session.step, error, live.good.state.step));
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
    if (end === 'notFinite') {
      const at = live.last?.step ?? 0;
      await restoreGood(live);
      const step = live.good.state.step;
      post(lossNotFinite(at, step));
      setState(live, 'paused', post);
      post({ type: 'paused', step, reason: 'failed' });
      return;
    }
    setState(live, end === 'finished' ? 'finished' : 'paused', post);
    post({ type: 'paused', step: live.session.step, reason: end });
  }

  /** Puts the last good copy back on the device. */
  async function restoreGood(live: LiveRun): Promise<void> {
    const fresh = await assemble(live.config, live.dataset, live.backend, live.good, live.key);
    disposeSession(live.session);
    Object.assign(live, { session: fresh.session, meter: fresh.meter, good: fresh.good });
  }

  /** Stops the loop, also one that a recovery began while this waited. */
  async function halt(): Promise<void> {
    for (let waited: unknown = null; waited !== loop; ) {
      waited = loop;
      if (control) control.stop = true;
      await loop;
    }
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
      post(notStarted(thrown, run ? run.session.step : null));
      if (!run) post({ type: 'state', state: 'idle' });
      else {
        setState(run, 'paused', post);
        // The new run may have got as far as a backend of its own.
        if (backends.current()?.name !== run.backend.name)
          await backends.use(run.backend.name, run.config.kernels);
      }
      throw thrown;
    }
  }

  async function open(
    config: RunConfig,
    baseUrl: string,
    saved: RunFile | null,
    data?: Dataset,
  ): Promise<LiveRun> {
    const info = await backends.use(config.backend, config.kernels);
    const loaded = data ? { config, dataset: data } : await loadRunData(config, baseUrl, post);
    warnOfLabels(loaded.config, loaded.dataset, post);
    return assemble(loaded.config, loaded.dataset, info, saved ?? undefined);
  }

  return {
    current,
    running: () => run,
    async ensureBackend(asked, kernels) {
      const info = backends.current();
      if (info && (asked === 'auto' || asked === info.name)) return info;
      return backends.use(asked, kernels);
    },
    async start(asked, restore, baseUrl) {
      const config = checkRunConfig(asked);
      await halt();
      post({ type: 'state', state: 'loading' });
      backends.forgive();
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
      } else await ended(live, createControl(), 'notFinite');
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
      live.backend = await backends.use(live.backend.name, kernels);
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
