/** The one run of a worker: what it holds, how it reports, how it is kept safe. */

import type { Dataset } from '../data/index.ts';
import type { FlatState } from '../tensor/optimizer.ts';
import type { BackendInfo } from '../tensor/options.ts';
import { countParameters } from '../tensor/params.ts';
import { memory } from '../tensor/tf.ts';
import { readState, type Session, type TrainStep } from '../tensor/train.ts';
import type { Lease } from './leases.ts';
import type { LossHistory, Meter } from './meter.ts';
import type { MemoryInfo, ModelInfo, RunConfig, RunState, WorkerEvent } from './protocol.ts';
import { encodeRun } from './runFile.ts';
import type { RunStore } from './storage.ts';

/** A copy in host memory that a lost device or a diverged loss cannot touch. */
export interface Snapshot {
  state: FlatState;
  history: LossHistory;
}

export interface LiveRun {
  /** Its number among the runs of this worker. */
  id: number;
  config: RunConfig;
  /** Names the run in storage; the config may change while it trains. */
  key: string;
  /** Its place in this browser's storage, null for a run that is not kept. */
  lease: Lease | null;
  dataset: Dataset;
  backend: BackendInfo;
  session: Session;
  meter: Meter;
  /** The last state whose numbers were all finite. */
  good: Snapshot;
  /** Last step taken, for the outputs. */
  last: TrainStep | null;
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
  const own = run?.session.stepper.bytes ?? 0;
  return { numTensors: info.numTensors, numBytes: own + (info.numBytesInGPU ?? info.numBytes) };
}

export function setState(run: LiveRun, state: RunState, post: Post): void {
  run.state = state;
  post({ type: 'state', state });
}

/** How a run stands that does not train. */
export const standing = ({ session, config }: LiveRun): RunState =>
  session.step === 0
    ? 'idle'
    : config.steps > 0 && session.step >= config.steps
      ? 'finished'
      : 'paused';

/** Tells what runs from now on. */
export function ready(run: LiveRun, post: Post): ModelInfo {
  const { id, key, config, backend, session } = run;
  const parameters = countParameters(session.network.specs);
  post({ type: 'ready', run: id, key, step: session.step, backend, parameters, config });
  const { model, diffusion, dataset } = config;
  return { config: { model, diffusion, dataset }, record: null, parameters, backend };
}

/** Sends the losses since the last report, and the outputs. */
export function report(run: LiveRun, post: Post): void {
  const losses = run.meter.takeLosses();
  if (losses.steps.length > 0) post({ type: 'losses', ...losses });
  const { last, meter, config, session } = run;
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
    gradNorm: last.gradNorm,
    learningRate: last.learningRate,
    memory: memoryInfo(run),
    // A training step is a forward pass and two of the same size backward.
    gflops: (3 * session.network.flops * imagesPerSecond) / 1e9,
    secondsLeft: config.steps > 0 ? (config.steps - last.step) / stepsPerSecond : Number.NaN,
    seconds: meter.seconds(),
  });
}

const finite = (values: Float32Array) => values.every(Number.isFinite);

/** Copies the run to host memory. False when it holds numbers that are not finite: then the older copy stays. */
export async function takeSnapshot(run: LiveRun): Promise<boolean> {
  const history = run.meter.history();
  const state = await readState(run.session);
  const { weights, ema, m, v } = state;
  if (![weights, ema, m, v].every(finite)) return false;
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
