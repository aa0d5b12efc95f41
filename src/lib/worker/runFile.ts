/**
 * A whole run as one safetensors file: the EMA weights under the names of the network (so that it is an ordinary
 * checkpoint too), and what training needs to go on bit for bit: raw weights, both moments of Adam, the step, the config.
 * The random stream is a function of (seed, step), so these two are its state.
 */
import {
  CheckpointError,
  type CheckpointRecord,
  readCheckpoint,
  requireTensors,
  writeCheckpoint,
} from '../checkpoint/index.ts';
import { createNetwork } from '../tensor/network.ts';
import { type FlatState, freshState } from '../tensor/optimizer.ts';
import { countParameters, flatten, type ParamSpec, unflatten } from '../tensor/params.ts';
import { defaultRun } from './defaults.ts';
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

/** EMA weights only, in 16 bits: half a megabyte or less, for others to sample from. */
export function encodeExport(
  config: RunConfig,
  state: FlatState,
  record: CheckpointRecord,
): Uint8Array<ArrayBuffer> {
  const { specs } = createNetwork(config.model);
  return writeCheckpoint({
    config: checkpointConfig(config),
    record,
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
  if (!record?.run || !tensors['run.weights']) {
    const base = { ...defaultRun(config.dataset), ...config };
    const history = { steps: [], losses: [], smoothed: Number.NaN, seconds: 0 };
    return { config: base, state: freshState(ema), history, date, record };
  }
  const count = countParameters(specs);
  const flat = ['run.weights', 'run.m', 'run.v'].map((name) => ({ name, shape: [count] }));
  requireTensors(Object.fromEntries(flat.map(({ name }) => [name, tensors[name]])), flat);
  const step = record.steps;
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 0)
    throw new CheckpointError({
      code: 'config',
      happened: `The run's record should hold a number of steps, but holds ${JSON.stringify(step)}.`,
    });
  return {
    config: checkRunConfig({ ...(record.run as object), ...config }),
    state: {
      step,
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
