/** The one run of a worker: what it holds, how it reports, how it is kept safe. */

import type { Dataset } from '../data/index.ts';
import { deviceIsLost } from '../tensor/backend.ts';
import type { BackendInfo } from '../tensor/options.ts';
import type {
  Recipe,
  RunSettings,
  RunState as State,
  StepReport,
  Training,
} from '../tensor/recipes/recipe.ts';
import { memory } from '../tensor/tf.ts';
import type { Lease } from './leases.ts';
import type { LossHistory, Meter } from './meter.ts';
import type { MemoryInfo, ModelInfo, RunState, WorkerEvent } from './protocol.ts';
import { encodeRun, parametersOf } from './runFile.ts';
import type { RunStore } from './storage.ts';

/** A copy in host memory that a lost device or a diverged loss cannot touch. */
export interface Snapshot {
  state: State;
  history: LossHistory;
}

export interface LiveRun {
  /** Its number among the runs of this worker. */
  id: number;
  recipe: Recipe;
  config: RunSettings;
  /** Names the run in storage; the config may change while it trains. */
  key: string;
  /** Its place in this browser's storage, null for a run that is not kept. */
  lease: Lease | null;
  dataset: Dataset;
  backend: BackendInfo;
  training: Training;
  meter: Meter;
  /** The last state whose numbers were all finite. */
  good: Snapshot;
  /** Last step taken, for the outputs. */
  last: StepReport | null;
  state: RunState;
}

/** The run that the worker holds; null before the first, and after another took it over. */
export interface Held {
  run: LiveRun | null;
}

/** A number that no other worker of the page gives: one may take the place of another. */
export const newRunId = (): number => Math.floor(Math.random() * 2 ** 52);

export type Post = (event: WorkerEvent, transfer?: Transferable[]) => void;

export const seconds = () => performance.now() / 1000;

export function memoryInfo(run?: LiveRun | null): MemoryInfo {
  const info = memory() as { numTensors: number; numBytes: number; numBytesInGPU?: number };
  const own = run?.training.bytes ?? 0;
  return { numTensors: info.numTensors, numBytes: own + (info.numBytesInGPU ?? info.numBytes) };
}

export function setState(run: LiveRun, state: RunState, post: Post): void {
  run.state = state;
  post({ type: 'state', state });
}

/** How a run stands that does not train. */
export const standing = ({ training, config }: LiveRun): RunState =>
  training.step === 0
    ? 'idle'
    : config.steps > 0 && training.step >= config.steps
      ? 'finished'
      : 'paused';

/** Tells what runs from now on. */
export function ready(run: LiveRun, post: Post): ModelInfo {
  const { id, key, recipe, config, backend, training } = run;
  const description = recipe.describe(config);
  const parameters = parametersOf(recipe.modules(description));
  post({ type: 'ready', run: id, key, step: training.step, backend, parameters, config });
  return { config: description, record: null, parameters, backend };
}

/** Sends the losses since the last report, and the outputs. */
export function report(run: LiveRun, post: Post): void {
  const losses = run.meter.takeLosses();
  if (losses.steps.length > 0) post({ type: 'losses', ...losses });
  const { last, meter, config, training } = run;
  if (!last) return;
  const stepsPerSecond = meter.stepsPerSecond();
  const imagesPerSecond = stepsPerSecond * config.batchSize;
  post({
    type: 'step',
    step: last.step,
    steps: config.steps,
    loss: last.loss,
    smoothed: meter.smoothed(),
    stepsPerSecond,
    imagesPerSecond,
    scalars: last.scalars,
    memory: memoryInfo(run),
    gflops: (training.flops * imagesPerSecond) / 1e9,
    secondsLeft: config.steps > 0 ? (config.steps - last.step) / stepsPerSecond : Number.NaN,
    seconds: meter.seconds(),
  });
}

const finite = ({ modules }: State) =>
  Object.values(modules).every(({ weights, ema, m, v }) =>
    [weights, ema, m, v].every((values) => values.every(Number.isFinite)),
  );

/** Copies the run to host memory. False when it holds numbers that are not finite: then the older copy stays. */
export async function takeSnapshot(run: LiveRun): Promise<boolean> {
  const history = run.meter.history();
  const state = await run.training.read();
  // Of a lost WebGL context zeros are read, which are finite.
  if (deviceIsLost() || !finite(state)) return false;
  run.good = { state, history };
  return true;
}

/** Writes the last good copy to the browser's storage, where the run is kept. */
export async function store(run: LiveRun, runs: RunStore, post: Post): Promise<void> {
  if (!run.lease) return;
  const date = new Date().toISOString();
  const { state, history } = run.good;
  const bytes = encodeRun({ config: run.config, state, history, date });
  const where = await runs.put(run.key, { bytes, step: state.step, date });
  post({ type: 'saved', step: state.step, bytes: bytes.length, where });
}
