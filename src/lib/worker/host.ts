/** Answers the page's commands. Runs in the worker; tests run it in the page to reach its devices. */
import { DataError, type DatasetName } from '../data/index.ts';
import { sampleSettings } from '../math/mistakes/bugs.ts';
import { evaluate, termCount, totalOf } from '../tensor/evaluate.ts';
import type { WeightSet } from '../tensor/options.ts';
import type { Model } from '../tensor/sample.ts';
import { checkEvaluation, checkSampleRequest } from './checkRequest.ts';
import { defaultRun } from './defaults.ts';
import {
  drawSamples,
  type OpenModel,
  openLoaded,
  openLoadedCompiled,
  openRun,
  openRunCompiled,
} from './drawing.ts';
import { memoryInfo, type Post } from './liveRun.ts';
import { activations, type LoadedModel, loadModel } from './models.ts';
import { nextTask } from './nextTask.ts';
import { fetchRunData } from './prepare.ts';
import {
  type Command,
  type EvaluationResult,
  type ModelHandle,
  type ModelInfo,
  type Request,
  RUN_MODEL,
  type SampleRequest,
  type SampleResult,
  type WorkerMessage,
} from './protocol.ts';
import { asRefusal, Refusal, stopped } from './refusal.ts';
import { checkRunConfig, formerKey, runKey } from './runConfig.ts';
import { createRunner } from './runner.ts';
import { openRunStore, whyNot } from './storage.ts';

export interface Host {
  (request: Request): Promise<void>;
  /** Lets go of what other tabs may wait for. */
  close(): void;
}

type Reply = { value: unknown; transfer?: Transferable[] };

export function createHost(
  send: (message: WorkerMessage, transfer?: Transferable[]) => void,
): Host {
  const post: Post = send;
  const runs = openRunStore((message) => post({ type: 'warning', code: 'storage', message }));
  const models = new Map<ModelHandle, LoadedModel>();
  const cancelled = new Set<number>();
  /** Commands that change the run wait for one another; questions about it do not. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work);
    queue = turn.catch(() => {});
    return turn;
  };
  const runner = createRunner(post, runs, inTurn);

  /**
   * Openings that are under way or wait for their turn. Whoever commands the run anew ends them at once: nobody waits for
   * ten megabytes of a data set that is no longer wanted.
   */
  const openings = new Set<AbortController>();
  const supersede = () => {
    for (const opening of openings) opening.abort(stopped());
  };
  async function opening<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    supersede();
    const own = new AbortController();
    openings.add(own);
    try {
      return await inTurn(() => {
        own.signal.throwIfAborted();
        return work(own.signal);
      });
    } finally {
      openings.delete(own);
    }
  }

  /** A loaded model; null for the run's. */
  function loadedModel(handle: ModelHandle): LoadedModel | null {
    if (handle === RUN_MODEL) return null;
    const loaded = models.get(handle);
    if (!loaded) throw new Refusal('noRun', 'No checkpoint has been loaded yet. Load one first.');
    return loaded;
  }
  const configOf = (handle: ModelHandle) => (loadedModel(handle) ?? runner.current()).config;

  /** Opens the run's or a loaded model for the time of `use`: compiled, unless its layers are to be looked into. */
  async function withModel<T>(
    handle: ModelHandle,
    weights: WeightSet,
    use: (open: OpenModel) => Promise<T>,
    { layers = false } = {},
  ): Promise<T> {
    const loaded = loadedModel(handle);
    const open = loaded
      ? layers
        ? openLoaded(loaded)
        : await openLoadedCompiled(loaded)
      : (layers ? openRun : openRunCompiled)(runner.current(), weights);
    try {
      return await use(open);
    } finally {
      open.close();
    }
  }

  const stopIfCancelled = (id: number) => {
    if (cancelled.has(id)) throw stopped();
  };

  function runSampler(id: number, open: OpenModel, request: SampleRequest): Promise<SampleResult> {
    return drawSamples(id, open, request, post, () => stopIfCancelled(id));
  }

  async function runEvaluation(
    id: number,
    model: Model,
    command: Extract<Command, { type: 'evaluate' }>,
  ): Promise<EvaluationResult> {
    const { request } = command;
    const dataset = await evaluationData(command);
    const points = [];
    const of = termCount(request, model.diffusion.T);
    for await (const point of evaluate(model, dataset, request)) {
      stopIfCancelled(id);
      points.push(point);
      post({ type: 'evaluation', id, done: points.length, of, point });
      await nextTask();
    }
    return { kind: request.kind, points, ...totalOf(request.kind, points) };
  }

  async function evaluationData(command: Extract<Command, { type: 'evaluate' }>) {
    const { model, request, baseUrl } = command;
    if (model === RUN_MODEL && request.split !== 'test') return runner.current().dataset;
    const name: DatasetName =
      command.dataset ??
      (model === RUN_MODEL ? runner.current().config.dataset : models.get(model)?.config.dataset) ??
      'digits';
    const config = model === RUN_MODEL ? runner.current().config : defaultRun(name);
    try {
      return await fetchRunData({ ...config, dataset: name }, baseUrl, post, request.split);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      // A number measured on other images would not be the number that was asked for.
      throw new Refusal(
        'dataUnavailable',
        `${error.happened} Nothing was measured, and no other data were put in the place of "${name}". Try again later, or measure a model whose data need no download.`,
      );
    }
  }

  async function openCheckpoint(
    command: Extract<Command, { type: 'loadModel' }>,
  ): Promise<ModelInfo> {
    const loaded = loadModel(command.bytes);
    const others = () => [...models.keys()].some((name) => name !== command.model);
    const backend = await inTurn(() =>
      runner.ensureBackend(command.backend, command.kernels, others()),
    );
    models.get(command.model)?.dispose();
    models.set(command.model, loaded);
    const { config, record, parameters } = loaded;
    return { config, record, parameters, backend };
  }

  async function takeBack(command: Extract<Command, { type: 'takeBack' }>, signal: AbortSignal) {
    const bytes = await runs.take(command.shelved).catch((error) => {
      throw new Refusal('internal', `${whyNot(error)}, so that run cannot be fetched from it now.`);
    });
    if (!bytes)
      throw new Refusal(
        'noRun',
        'That run is no longer in this browser: it was removed from the list of kept runs, here or in another tab.',
      );
    return runner.load(bytes, command.options, command.baseUrl, signal);
  }

  async function answer(request: Request): Promise<Reply> {
    switch (request.type) {
      case 'start':
        return {
          value: await opening((signal) =>
            runner.start(request.config, request.options, request.baseUrl, signal),
          ),
        };
      case 'pause':
        supersede();
        return { value: await inTurn(runner.pause) };
      case 'resume':
        return { value: await inTurn(runner.resume) };
      case 'step':
        return { value: await inTurn(runner.step) };
      case 'reset':
        supersede();
        return { value: await inTurn(runner.reset) };
      case 'setHyper':
        return { value: await inTurn(() => runner.setHyper(request.hyper)) };
      case 'load':
        return {
          value: await opening((signal) =>
            runner.load(request.bytes, request.options, request.baseUrl, signal),
          ),
        };
      case 'wake': {
        const { bytes, keep, baseUrl } = request;
        return { value: await opening((signal) => runner.wake(bytes, keep, baseUrl, signal)) };
      }
      case 'takeBack':
        return { value: await opening((signal) => takeBack(request, signal)) };
      case 'save':
        return transferred(await inTurn(runner.save));
      case 'export':
        return transferred(await inTurn(() => runner.exportWeights(request.record ?? {})));
      case 'sample': {
        const { model, id } = request;
        // A program with a mistake draws with it too.
        const bug = model === RUN_MODEL ? runner.current().config.bug : undefined;
        const wanted = sampleSettings(request.request, bug);
        const { model: network, diffusion } = configOf(model);
        checkSampleRequest(network, diffusion.T, wanted);
        return {
          value: await withModel(model, wanted.weights, (open) => runSampler(id, open, wanted)),
        };
      }
      case 'cancel':
        cancelled.add(request.target);
        return { value: undefined };
      case 'loadModel':
        return { value: await openCheckpoint(request) };
      case 'unloadModel':
        models.get(request.model)?.dispose();
        models.delete(request.model);
        return { value: undefined };
      case 'evaluate':
        checkEvaluation(request);
        return {
          value: await withModel(request.model, request.request.weights, ({ model }) =>
            runEvaluation(request.id, model, request),
          ),
        };
      case 'activations':
        return {
          value: await withModel(
            request.model,
            'ema',
            ({ model }) => activations(model, request.request),
            {
              layers: true,
            },
          ),
        };
      case 'memory':
        return { value: memoryInfo(runner.running()) };
      case 'savedRun': {
        const config = checkRunConfig(request.config);
        return { value: await runs.saved(runKey(config), formerKey(config)) };
      }
      case 'forgetRun':
        supersede();
        return { value: await inTurn(() => runner.forget(request.config, request.take)) };
      case 'hidden':
        if (request.hidden) await runner.hidden();
        return { value: undefined };
    }
  }

  const handle = async (request: Request) => {
    try {
      const { value, transfer } = await answer(request);
      send({ type: 'reply', id: request.id, value }, transfer);
    } catch (thrown) {
      const { code, message } = asRefusal(thrown);
      send({ type: 'refusal', id: request.id, code, message });
    } finally {
      cancelled.delete(request.id);
    }
  };
  return Object.assign(handle, { close: runner.close });
}

function transferred(bytes: Uint8Array<ArrayBuffer>): Reply {
  return { value: bytes, transfer: [bytes.buffer] };
}
