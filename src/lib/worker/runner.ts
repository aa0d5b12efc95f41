/** The life of a run: start, pause, resume, step, reset, load, and what happens when something breaks. */
import { CheckpointError } from '../checkpoint/index.ts';
import { countParameters } from '../tensor/params.ts';
import { disposeSession, trainStep } from '../tensor/train.ts';
import { createBackendKeeper } from './backendKeeper.ts';
import { crashed, deviceLost, lossNotFinite, noBackendLeft, notStarted } from './failures.ts';
import { type LiveRun, type Post, report, seconds, setState, takeSnapshot } from './liveRun.ts';
import { nextTask } from './nextTask.ts';
import { createOwnership, type Lease } from './ownership.ts';
import { assemble, loadRunData, savedRunOf, warnOfLabels } from './prepare.ts';
import type { ModelInfo, RunConfig, StartOptions } from './protocol.ts';
import { ownedElsewhere, Refusal, stopped } from './refusal.ts';
import { checkRunConfig, formerKey, runKey } from './runConfig.ts';
import {
  decodeRun,
  encodeExport,
  encodeRun,
  type RunFile,
  requireKeepable,
  sameTensors,
} from './runFile.ts';
import type { Runner } from './runnerTypes.ts';
import type { RunStore } from './storage.ts';
import { createControl, keep, type LoopControl, type LoopEnd, trainLoop } from './trainLoop.ts';

/** What is to be opened: a config, or a file with its config. */
interface Opening {
  config: RunConfig;
  options: StartOptions & { file?: RunFile };
  baseUrl: string;
}

interface Opened {
  live: LiveRun;
  /** The file that it continues. */
  saved: RunFile | null;
}

/** How a run stands that does not train. */
const standing = ({ session, config }: LiveRun) =>
  session.step === 0
    ? 'idle'
    : config.steps > 0 && session.step >= config.steps
      ? 'finished'
      : 'paused';

/** `inTurn` lets work wait for the commands before it. */
export function createRunner(
  post: Post,
  runs: RunStore,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): Runner {
  let run: LiveRun | null = null;
  // Numbers that no other worker of the page gives: one may take the place of another.
  let made = Math.floor(Math.random() * 2 ** 40);
  const ownership = createOwnership((key) => inTurn(() => letGo(key)));
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
      run = await assemble(old.config, old.dataset, info, old, old.good);
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
    const { id, key, config, backend, session } = live;
    post({ type: 'ready', run: id, key, step: session.step, backend, parameters, config });
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
    const fresh = await assemble(live.config, live.dataset, live.backend, live, live.good);
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
    const old = run;
    run = next;
    if (!old) return;
    disposeSession(old.session);
    if (old.lease !== next.lease) old.lease?.release();
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

  /** Another tab takes the run called `key` over: it is saved and no longer here. */
  async function letGo(key: string): Promise<void> {
    if (run?.key !== key || !run.lease) return;
    await halt();
    const live = run;
    await keep(live, post, runs);
    run = null;
    disposeSession(live.session);
    post({ type: 'yielded', key, step: live.good.state.step });
    post({ type: 'state', state: 'idle' });
  }

  /** The right to keep a run. Throws Refusal 'ownedElsewhere'. */
  async function lease(config: RunConfig, take: boolean): Promise<Lease> {
    const key = runKey(config);
    const claimed = await ownership.claim(key, take);
    if (claimed === 'elsewhere') throw ownedElsewhere();
    if (claimed !== 'unguarded') return claimed;
    post({
      type: 'warning',
      code: 'noLocks',
      message:
        'This browser cannot tell its tabs apart (no Web Locks), so train a run in one tab only: where two train it, the one that wrote first keeps it.',
    });
    return { key, release: () => {} };
  }

  /** The right to keep a run that rested. Where another has it, or has gone on with it since, the page hears so. */
  async function regain({ config, state }: RunFile, bytes: Uint8Array): Promise<Lease> {
    try {
      const held = await lease(config, false);
      const kept = await runs.get(held.key, formerKey(config));
      if (!kept || sameTensors(kept.bytes, bytes)) return held;
      held.release();
      throw ownedElsewhere();
    } catch (thrown) {
      post({ type: 'yielded', key: runKey(config), step: state.step });
      throw thrown;
    }
  }

  /** `open`, and where it fails an event that says what is left. */
  async function openOrExplain(wanted: Opening, signal: AbortSignal): Promise<Opened> {
    try {
      return await open(wanted, signal);
    } catch (thrown) {
      const cancelled = signal.aborted;
      const owned = thrown instanceof Refusal && thrown.code === 'ownedElsewhere';
      // Stopped by the reader, or held by another tab: the page knows what to say.
      if (!cancelled && !owned) post(notStarted(thrown, run ? run.session.step : null));
      if (!run) post({ type: 'state', state: 'idle' });
      else {
        setState(run, run.state === 'training' ? 'paused' : run.state, post);
        // The new run may have got as far as a backend of its own.
        if (!backends.serves(run.backend.name, run.config.kernels))
          await backends.use(run.backend.name, run.config.kernels);
      }
      throw cancelled ? stopped() : thrown;
    }
  }

  /** Everything that a run needs, then the run. Until it stands, the one before does. */
  async function open(wanted: Opening, signal: AbortSignal): Promise<Opened> {
    const { file, restore = false, keep = true, take = false } = wanted.options;
    let held = keep ? await lease(wanted.config, take) : null;
    try {
      signal.throwIfAborted();
      const keptOf = async (config: RunConfig) =>
        file ?? (restore ? await savedRunOf(config, runs, post) : null);
      let saved = await keptOf(wanted.config);
      const info = await backends.use(wanted.config.backend, wanted.config.kernels);
      signal.throwIfAborted();
      const loaded = await loadRunData(wanted.config, wanted.baseUrl, post, signal);
      if (held && runKey(loaded.config) !== held.key) {
        // Other data took the place of those asked for: that is another run, with a place of its own.
        held.release();
        held = await lease(loaded.config, take);
        saved = await keptOf(loaded.config);
      }
      warnOfLabels(loaded.config, loaded.dataset, post);
      const { steps, backend, kernels } = loaded.config;
      const config = saved
        ? { ...saved.config, dataset: loaded.config.dataset, steps, backend, kernels }
        : loaded.config;
      const of = { id: ++made, lease: held };
      const live = await assemble(config, loaded.dataset, info, of, saved ?? undefined);
      // Commands that came while the thread was busy are heard now.
      await nextTask();
      if (signal.aborted) disposeSession(live.session);
      signal.throwIfAborted();
      return { live, saved };
    } catch (thrown) {
      held?.release();
      throw thrown;
    }
  }

  /** Takes up an opened run; where it continues one, the page hears that and its losses. */
  async function enter({ live, saved }: Opened): Promise<ModelInfo> {
    await replace(live);
    const info = ready(live);
    if (!saved) return info;
    replay(saved);
    return info;
  }

  const runner: Runner = {
    current,
    running: () => run,
    async ensureBackend(asked, kernels, others) {
      const info = backends.current();
      if (info && backends.serves(asked, kernels)) return info;
      if (info && (run || others))
        throw new Refusal(
          'backendFailed',
          `A network in this worker runs on ${info.name} (kernels: ${info.kernels}), and ${asked === 'auto' ? 'another' : asked} with ${kernels === 'ours' ? 'this book’s' : 'stock'} kernels cannot run beside it. Ask for the same, or close the other one first.`,
        );
      return backends.use(asked, kernels);
    },
    async start(asked, options, baseUrl, signal) {
      const config = checkRunConfig(asked);
      if (options.keep !== false) requireKeepable(config);
      await halt();
      signal.throwIfAborted();
      post({ type: 'state', state: 'loading' });
      backends.forgive();
      const opened = await openOrExplain({ config, options, baseUrl }, signal);
      // A run that begins anew takes the place of the one that is kept, and loses nothing of it.
      if (opened.live.lease && !options.restore) await runs.setAside(opened.live.key, 'replaced');
      const info = await enter(opened);
      const { live, saved } = opened;
      if (saved) post({ type: 'restored', step: saved.state.step, date: saved.date });
      if (options.train ?? true) launch();
      else setState(live, standing(live), post);
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
      const aside = live.lease ? await runs.setAside(live.key, 'reset') : null;
      const { lease: held } = live;
      const of = { id: ++made, lease: held };
      const fresh = await assemble(live.config, live.dataset, live.backend, of);
      await enter({ live: fresh, saved: null });
      setState(fresh, 'idle', post);
      return aside;
    },
    async load(bytes, options, baseUrl, signal) {
      const file = readFile(bytes);
      await halt();
      signal.throwIfAborted();
      post({ type: 'state', state: 'loading' });
      const { backend = file.config.backend, kernels = file.config.kernels, take } = options;
      const keeps = options.keep !== false;
      const config = { ...file.config, backend, kernels };
      if (keeps) requireKeepable(config);
      const wanted = { config, options: { file, take, keep: keeps }, baseUrl };
      const opened = await openOrExplain(wanted, signal);
      const { live } = opened;
      // The file takes the place of the run that is kept under its name, unless it is that run.
      const kept = live.lease && (await runs.get(live.key, formerKey(config)));
      if (kept && !sameTensors(kept.bytes, bytes)) await runs.setAside(live.key, 'replaced');
      const info = await enter(opened);
      await keep(live, post, runs);
      setState(live, standing(live), post);
      return { ...info, record: file.record, step: file.state.step, run: live.config };
    },
    async wake(bytes, keep, baseUrl, signal) {
      const file = readFile(bytes);
      const held = keep ? await regain(file, bytes) : null;
      try {
        await runner.load(bytes, { keep }, baseUrl, signal);
      } finally {
        held?.release();
      }
    },
    async forget(asked, take) {
      const config = checkRunConfig(asked);
      const held = await lease(config, take);
      try {
        await runs.get(held.key, formerKey(config));
        return await runs.setAside(held.key, 'reset');
      } finally {
        held.release();
      }
    },
    close: () => ownership.close(),
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
      const { kernels } = hyper;
      const given = Object.fromEntries(Object.entries(hyper).filter(([, v]) => v !== undefined));
      const config = checkRunConfig({ ...live.config, ...given });
      // Kernels take their place when the run stands still.
      Object.assign(live.config, { ...config, kernels: live.config.kernels });
      if (!kernels || kernels === live.config.kernels) return;
      const training = live.state === 'training';
      await halt();
      await takeSnapshot(live);
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

  return runner;

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
