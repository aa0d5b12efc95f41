/** The run of a worker and the commands to it: start, pause, resume, step, reset, load, save. */
import { CheckpointError } from '../checkpoint/index.ts';
import { recipeNameOf, recipeOf } from '../tensor/recipes/record.ts';
import { createKeeping } from './keeping.ts';
import {
  type Held,
  type LiveRun,
  newRunId,
  type Post,
  ready,
  report,
  seconds,
  setState,
  standing,
  takeSnapshot,
} from './liveRun.ts';
import { createLoops } from './loops.ts';
import { createOpen, type Opened } from './opening.ts';
import { assemble } from './prepare.ts';
import type { ModelInfo } from './protocol.ts';
import { refuse } from './refusal.ts';
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
import { isFiniteStep, keep } from './trainLoop.ts';

/** `inTurn` lets work wait for the commands before it. */
export function createRunner(
  post: Post,
  runs: RunStore,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): Runner {
  const held: Held = { run: null };
  const loops = createLoops(post, runs, held);
  const { backends } = loops;
  const keeping = createKeeping(post, runs, (key) => inTurn(() => letGo(key)));
  const open = createOpen(post, runs, backends, keeping, held);

  const current = (): LiveRun => {
    if (!held.run) throw refuse('noRun', { missing: 'run' });
    return held.run;
  };

  /** Another tab takes the run called `key` over: it is saved and no longer here. */
  async function letGo(key: string): Promise<void> {
    if (held.run?.key !== key || !held.run.lease) return;
    await loops.halt();
    const live = held.run;
    await keep(live, post, runs);
    held.run = null;
    live.training.dispose();
    post({ type: 'yielded', key, step: live.good.state.step });
    post({ type: 'state', state: 'idle' });
  }

  /** A file that cannot be used changes nothing; an event says so. */
  function readFile(bytes: Uint8Array, recipe?: string): RunFile {
    try {
      const file = decodeRun(bytes);
      const [found, wanted] = [recipeNameOf(file.config), recipeNameOf({ recipe })];
      if (found === wanted) return file;
      throw new CheckpointError({
        code: 'foreign',
        values: { recipe: found, expected: wanted },
      });
    } catch (thrown) {
      if (thrown instanceof CheckpointError)
        post({ type: 'error', code: 'badCheckpoint', values: { why: thrown.reason } });
      throw thrown;
    }
  }

  /** Takes up an opened run; where it continues one, the page has its losses, so that the plot goes on. */
  function enter({ live, saved }: Opened): ModelInfo {
    const old = held.run;
    held.run = live;
    if (old) {
      old.training.dispose();
      if (old.lease !== live.lease) old.lease?.release();
    }
    const info = ready(live, post);
    const { steps = [], losses = [], curves = {} } = saved?.history ?? {};
    if (steps.length > 0)
      post({
        type: 'losses',
        steps: Int32Array.from(steps),
        losses: Float32Array.from(losses),
        curves: Object.fromEntries(
          Object.entries(curves).map(([name, values]) => [name, Float32Array.from(values)]),
        ),
        buckets: new Float32Array(0),
      });
    return info;
  }

  const runner: Runner = {
    current,
    running: () => held.run,
    async ensureBackend(asked, kernels, others) {
      const info = backends.current();
      if (info && backends.serves(asked, kernels)) return info;
      if (info && (held.run || others))
        throw refuse('backendFailed', {
          running: { backend: info.name, kernels: info.kernels },
          asked: { backend: asked, kernels },
        });
      return backends.use(asked, kernels);
    },
    async start(asked, options, baseUrl, signal) {
      const config = recipeOf(asked).parse(asked);
      if (options.keep !== false) requireKeepable(config);
      await loops.halt();
      signal.throwIfAborted();
      post({ type: 'state', state: 'loading' });
      backends.forgive();
      const opened = await open({ config, options, baseUrl }, signal);
      // A run that begins anew takes the place of the one that is kept, and loses nothing of it.
      if (opened.live.lease && !options.restore) await runs.setAside(opened.live.key, 'replaced');
      const info = enter(opened);
      const { live, saved } = opened;
      if (saved) post({ type: 'restored', step: saved.state.step, date: saved.date });
      if (options.train ?? true) loops.launch(live);
      else setState(live, standing(live), post);
      return info;
    },
    async pause() {
      const live = current();
      await loops.halt();
      return { step: live.training.step };
    },
    async resume() {
      const live = current();
      if (live.state === 'training') return;
      await loops.over();
      loops.launch(live);
    },
    async step() {
      const live = current();
      await loops.halt();
      const began = seconds();
      const done = await live.training.next();
      live.last = done;
      if (isFiniteStep(done)) {
        live.meter.add(done, seconds() - began);
        report(live, post);
        await keep(live, post, runs);
        setState(live, 'paused', post);
      } else await loops.goBack(live);
      return { step: done.step, loss: done.loss };
    },
    async reset() {
      const live = current();
      await loops.halt();
      const aside = live.lease ? await runs.setAside(live.key, 'reset') : null;
      const of = { id: newRunId(), lease: live.lease };
      const fresh = await assemble(live.config, live.dataset, live.backend, of);
      enter({ live: fresh, saved: null });
      setState(fresh, 'idle', post);
      return aside;
    },
    async load(bytes, options, baseUrl, signal) {
      const file = readFile(bytes, options.recipe);
      await loops.halt();
      signal.throwIfAborted();
      post({ type: 'state', state: 'loading' });
      const { backend = file.config.backend, kernels = file.config.kernels, take } = options;
      const keeps = options.keep !== false;
      const config = { ...file.config, backend, kernels };
      if (keeps) requireKeepable(config);
      const wanted = { config, options: { file, take, keep: keeps }, baseUrl };
      const opened = await open(wanted, signal);
      const { live } = opened;
      // The file takes the place of the run that is kept under its name, unless it is that run.
      const kept = live.lease && (await runs.get(live.key, live.recipe.formerKeyOf?.(config)));
      if (kept && !sameTensors(kept.bytes, bytes)) await runs.setAside(live.key, 'replaced');
      const info = enter(opened);
      await keep(live, post, runs);
      setState(live, standing(live), post);
      return { ...info, record: file.record, step: file.state.step, run: live.config };
    },
    async wake(bytes, keep, baseUrl, signal) {
      const file = decodeRun(bytes);
      const { recipe } = file.config;
      const lease = keep ? await keeping.regain(file, bytes) : null;
      try {
        await runner.load(bytes, { keep, recipe }, baseUrl, signal);
      } finally {
        lease?.release();
      }
    },
    async forget(asked, take) {
      const recipe = recipeOf(asked);
      const config = recipe.parse(asked);
      const lease = await keeping.lease(config, take);
      try {
        await runs.get(lease.key, recipe.formerKeyOf?.(config));
        return await runs.setAside(lease.key, 'reset');
      } finally {
        lease.release();
      }
    },
    close: keeping.close,
    async save() {
      const live = current();
      await takeSnapshot(live);
      return encodeRun({ config: live.config, ...live.good, date: new Date().toISOString() });
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
      const { recipe } = live;
      const given = Object.entries(hyper).filter(
        ([name, value]) => value !== undefined && recipe.changeable.includes(name),
      );
      const config = recipe.parse({ ...live.config, ...Object.fromEntries(given) });
      const { kernels } = config;
      // Kernels take their place when the run stands still.
      Object.assign(live.config, { ...config, kernels: live.config.kernels });
      if (kernels === live.config.kernels) return;
      const trained = live.state === 'training';
      await loops.halt();
      await takeSnapshot(live);
      live.config.kernels = kernels;
      live.backend = await backends.use(live.backend.name, kernels);
      await loops.restoreGood(live);
      ready(live, post);
      if (trained) loops.launch(live);
    },
    async hidden() {
      const { run } = held;
      if (run?.state === 'training') await keep(run, post, runs);
    },
  };

  return runner;
}
