/**
 * A whole run as one safetensors file: the EMA weights under the names of the network (so that it is an ordinary
 * checkpoint too), and what training needs to go on bit for bit: raw weights, both moments of Adam, the step, the config.
 * The random stream is a function of (seed, step), so these two are its state.
 */
import {
  type CheckpointConfig,
  CheckpointError,
  type CheckpointRecord,
  MOST_BYTES,
  readCheckpoint,
  requireTensors,
  writeCheckpoint,
} from '../checkpoint/index.ts';
import { createNetwork } from '../tensor/network.ts';
import { type FlatState, freshState } from '../tensor/optimizer.ts';
import { countParameters, flatten, type ParamSpec, unflatten } from '../tensor/params.ts';
import { defaultRun, defaultTarget } from './defaults.ts';
import type { LossHistory } from './meter.ts';
import type { RunConfig } from './protocol.ts';
import { checkRunConfig } from './runConfig.ts';

export interface RunFile {
  config: RunConfig;
  state: FlatState;
  history: LossHistory;
  /** ISO date. */
  date: string;
  record: CheckpointRecord | null;
}

const flatTensor = (data: Float32Array) => ({ shape: [data.length], data });

function named(specs: ParamSpec[], flat: Float32Array) {
  const views = unflatten(specs, flat);
  return Object.fromEntries(specs.map(({ name, shape }) => [name, { shape, data: views[name] }]));
}

/** What a run's file needs besides its weights: header, config (β of one's own, pictures), and 2,000 losses. */
const BESIDES = 2 ** 20 + 64 * 1024;

/** Bytes that the file of a run with so many parameters has at most: weights, their average and two moments. */
export const runBytes = (parameters: number): number => 16 * parameters + BESIDES;

/** @throws RangeError where a run of this config could be trained but not kept. */
export function requireKeepable(config: RunConfig): void {
  const parameters = countParameters(createNetwork(config.model).specs);
  const bytes = runBytes(parameters);
  if (bytes <= MOST_BYTES) return;
  const mb = (n: number) => `${Math.round(n / 1e6)} MB`;
  throw new RangeError(
    `A run of this network (${parameters.toLocaleString('en')} parameters) would need a file of ${mb(bytes)}, and at most ${mb(MOST_BYTES)} can be kept and read again, so it was not begun. Choose a narrower network or fewer channels in its levels.`,
  );
}

function checkpointConfig({ model, diffusion, dataset }: RunConfig) {
  return { model, diffusion, dataset };
}

export function encodeRun(run: Omit<RunFile, 'record'>): Uint8Array<ArrayBuffer> {
  const { config, state, history, date } = run;
  const { specs } = createNetwork(config.model);
  return writeCheckpoint({
    config: checkpointConfig(config),
    record: {
      run: config,
      steps: state.step,
      ...(state.before ? { before: state.before } : {}),
      seed: config.seed,
      loss: history.smoothed,
      seconds: history.seconds,
      date,
    },
    tensors: {
      ...named(specs, state.ema),
      'run.weights': flatTensor(state.weights),
      'run.m': flatTensor(state.m),
      'run.v': flatTensor(state.v),
      'run.history.steps': flatTensor(Float32Array.from(history.steps)),
      'run.history.losses': flatTensor(Float32Array.from(history.losses)),
    },
  });
}

/** True when two run files hold the same numbers; their headers bear dates. */
export function sameTensors(a: Uint8Array, b: Uint8Array): boolean {
  const body = (file: Uint8Array) =>
    file.subarray(8 + new DataView(file.buffer, file.byteOffset).getUint32(0, true));
  const [x, y] = [body(a), body(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}

/** EMA weights only, in 16 bits: half a megabyte or less, for others to sample from. */
export function encodeExport(
  config: RunConfig,
  state: FlatState,
  record: CheckpointRecord,
): Uint8Array<ArrayBuffer> {
  const { specs } = createNetwork(config.model);
  return writeCheckpoint({
    config: checkpointConfig(config),
    // The settings of its training, so that whoever loads it can go on with them.
    record: { run: config, ...record },
    tensors: named(specs, state.ema),
    dtype: 'F16',
  });
}

/** Reads a run, or makes one from the weights of any other checkpoint of the book. Throws CheckpointError. */
export function decodeRun(bytes: Uint8Array): RunFile {
  const { config, record, tensors } = readCheckpoint(bytes);
  const { specs } = createNetwork(config.model);
  const own = Object.entries(tensors).filter(([name]) => !name.startsWith('run.'));
  requireTensors(Object.fromEntries(own), specs);
  const ema = flatten(specs, tensors);
  const date = String(record?.date ?? '');
  if (!record?.run || !tensors['run.weights']) return fromWeights(config, record, ema, date);
  const count = countParameters(specs);
  const flat = ['run.weights', 'run.m', 'run.v'].map((name) => ({ name, shape: [count] }));
  requireTensors(Object.fromEntries(flat.map(({ name }) => [name, tensors[name]])), flat);
  const step = stepsOf(record);
  const before = Number(record.before ?? 0);
  return {
    config: checkRunConfig({ ...(record.run as object), ...config }),
    state: {
      step,
      ...(before > 0 && before <= step ? { before } : {}),
      weights: tensors['run.weights'].data,
      ema,
      m: tensors['run.m'].data,
      v: tensors['run.v'].data,
    },
    history: {
      steps: [...(tensors['run.history.steps']?.data ?? [])],
      losses: [...(tensors['run.history.losses']?.data ?? [])],
      smoothed: Number(record.loss ?? Number.NaN),
      seconds: Number(record.seconds ?? 0),
    },
    date,
    record,
  };
}

function stepsOf(record: CheckpointRecord): number {
  const { steps } = record;
  if (typeof steps === 'number' && Number.isInteger(steps) && steps >= 0) return steps;
  throw new CheckpointError({
    code: 'config',
    happened: `The run's record should hold a number of steps, but holds ${JSON.stringify(steps)}.`,
  });
}

/**
 * A run from averaged weights alone, as Export writes and the book ships them: its count of steps goes on where the
 * record says that it stood, while the optimiser begins anew (`before`).
 */
function fromWeights(
  config: CheckpointConfig,
  record: CheckpointRecord | null,
  weights: Float32Array<ArrayBuffer>,
  date: string,
): RunFile {
  // A record of another program may hold anything; the weights are good all the same.
  const step = Number.isSafeInteger(record?.steps) ? Math.max(0, Number(record?.steps)) : 0;
  const told = (record?.run ?? {}) as Partial<RunConfig>;
  // Weights at their target are loaded to be trained on: the next target lies beyond.
  const usual = defaultTarget(config.dataset);
  const steps = [told.steps ?? usual, usual].find((n) => n === 0 || n > step) ?? step + usual;
  return {
    config: checkRunConfig({ ...defaultRun(config.dataset), ...told, ...config, steps }),
    state: { ...freshState(weights), step, before: step },
    history: { steps: [], losses: [], smoothed: Number.NaN, seconds: 0 },
    date,
    record,
  };
}
