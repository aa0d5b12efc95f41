/** Answers the page's commands. Runs in the worker; tests run it in the page to reach its devices. */
import { DataError, type Dataset } from '../data/index.ts';
import type { Answers, Kind, Loaded } from '../tensor/recipes/recipe.ts';
import { recipeOf } from '../tensor/recipes/record.ts';
import { createAnswering, type Reply } from './asking.ts';
import { drawFrames } from './drawing.ts';
import { memoryInfo, type Post } from './liveRun.ts';
import { nextTask } from './nextTask.ts';
import { checkMeasuredData, fetchRunData } from './prepare.ts';
import {
  type Command,
  type DrawResult,
  type ModelHandle,
  type ModelInfo,
  type RefusalReason,
  type Request,
  RUN_MODEL,
  type WorkerMessage,
} from './protocol.ts';
import { reasonOf, refuse, stopped } from './refusal.ts';
import { decodeWeights, type WeightsFile } from './runFile.ts';
import { createRunner } from './runner.ts';
import { faultOf, openRunStore } from './storage.ts';

export interface Host {
  (request: Request): Promise<void>;
  /** Lets go of what other tabs may wait for. */
  close(): void;
}

/** A checkpoint that was loaded under a handle. */
interface Model {
  file: WeightsFile;
  loaded: Loaded;
}

type CommandOf<Type extends Command['type']> = Extract<Request, { type: Type }>;

export function createHost(
  send: (message: WorkerMessage, transfer?: Transferable[]) => void,
): Host {
  const post: Post = send;
  const runs = openRunStore((why) => post({ type: 'warning', code: 'storage', values: { why } }));
  const models = new Map<ModelHandle, Model>();
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
  function modelOf(handle: ModelHandle): Model | null {
    if (handle === RUN_MODEL) return null;
    const model = models.get(handle);
    if (!model) throw refuse('noRun', { missing: 'model' });
    return model;
  }

  /** The run's or a loaded model's answer to one kind of question. Refuses where its recipe has none. */
  function answering<Question extends keyof Answers<Kind>>(
    handle: ModelHandle,
    question: Question,
  ) {
    const from: Answers<Kind> = modelOf(handle)?.loaded ?? runner.current().training;
    const answers = from[question];
    if (!answers) throw refuse('badConfig', { question });
    return answers as NonNullable<Answers<Kind>[Question]>;
  }

  const stopIfCancelled = (id: number) => {
    if (cancelled.has(id)) throw stopped();
  };

  async function draw({ id, model, request }: CommandOf<'draw'>): Promise<DrawResult> {
    const answer = answering(model, 'draw');
    const trained = modelOf(model) ? 0 : runner.current().training.step;
    const drawing = await answer(request);
    return drawFrames(id, drawing, request, trained, post, () => stopIfCancelled(id));
  }

  async function measure(command: CommandOf<'measure'>): Promise<unknown> {
    const { id, model, request, dataset } = command;
    checkMeasuredData(request.split, dataset);
    const answer = answering(model, 'measure');
    const { of, points, result } = await answer(request, await measuredData(command));
    const found: unknown[] = [];
    for await (const point of points) {
      stopIfCancelled(id);
      found.push(point);
      post({ type: 'measured', id, done: found.length, of, point });
      await nextTask();
    }
    return result(found);
  }

  async function measuredData(command: CommandOf<'measure'>): Promise<Dataset> {
    const { model, request, baseUrl } = command;
    const loaded = modelOf(model);
    if (!loaded && request.split !== 'test') return runner.current().dataset;
    const config = loaded ? loaded.file.description : runner.current().config;
    const dataset = command.dataset ?? config.dataset;
    try {
      return await fetchRunData({ ...config, dataset }, baseUrl, post, request.split);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      // A number measured on other images would not be the number that was asked for.
      throw refuse('dataUnavailable', { why: error.reason, measured: dataset });
    }
  }

  async function openCheckpoint(command: CommandOf<'loadModel'>): Promise<ModelInfo> {
    const file = decodeWeights(command.bytes);
    const { recipe, description, weights, record, parameters } = file;
    const others = () => [...models.keys()].some((name) => name !== command.model);
    const backend = await inTurn(() =>
      runner.ensureBackend(command.backend, command.kernels, others()),
    );
    models.get(command.model)?.loaded.dispose();
    models.set(command.model, { file, loaded: recipe.load(description, weights) });
    return { config: description, record, parameters, backend };
  }

  async function takeBack(command: CommandOf<'takeBack'>, signal: AbortSignal) {
    const bytes = await runs.take(command.shelved).catch((error) => {
      throw refuse('internal', { storage: faultOf(error) });
    });
    if (!bytes) throw refuse('noRun', { missing: 'shelved' });
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
      case 'draw':
        return { value: await draw(request) };
      case 'cancel':
        cancelled.add(request.target);
        return { value: undefined };
      case 'loadModel':
        return { value: await openCheckpoint(request) };
      case 'unloadModel':
        models.get(request.model)?.loaded.dispose();
        models.delete(request.model);
        return { value: undefined };
      case 'measure':
        return { value: await measure(request) };
      case 'look':
        return { value: await answering(request.model, 'look')(request.request) };
      case 'memory':
        return { value: memoryInfo(runner.running()) };
      case 'savedRun': {
        const { parse, keyOf, formerKeyOf } = recipeOf(request.config);
        const config = parse(request.config);
        return { value: await runs.saved(keyOf(config), formerKeyOf?.(config)) };
      }
      case 'forgetRun':
        supersede();
        return { value: await inTurn(() => runner.forget(request.config, request.take)) };
      case 'hidden':
        if (request.hidden) await runner.hidden();
        return { value: undefined };
    }
  }

  const handle = createAnswering<Command, RefusalReason>(
    send,
    (request) => answer(request).finally(() => cancelled.delete(request.id)),
    reasonOf,
  );
  return Object.assign(handle, { close: runner.close });
}

function transferred(bytes: Uint8Array<ArrayBuffer>): Reply {
  return { value: bytes, transfer: [bytes.buffer] };
}
