/**
 * A whole run as one safetensors file: the averaged weights under the names of its modules' parameters (so that it is an
 * ordinary checkpoint too), and what training needs to go on bit for bit: raw weights, both moments of Adam, the steps, the
 * config. The random stream is a function of (seed, step), so these two are its state.
 *
 * One module's tensors have the names that it gives them, and `run.weights`, `run.m`, `run.v`. Those of several bear the
 * module's name before theirs: `generator.out.weight`, `run.generator.m`.
 */
import {
  CheckpointError,
  type CheckpointRecord,
  MOST_BYTES,
  readCheckpoint,
  requireTensors,
  type Tensor,
  writeCheckpoint,
} from '../checkpoint/index.ts';
import { type FlatState, freshState } from '../tensor/optimizer.ts';
import { countParameters, flatten, type ParamSpec, unflatten } from '../tensor/params.ts';
import type { Kind, Modules, Recipe, RunSettings, RunState } from '../tensor/recipes/recipe.ts';
import { recipeOf } from '../tensor/recipes/record.ts';
import type { LossHistory } from './meter.ts';

export interface RunFile {
  config: RunSettings;
  state: RunState;
  history: LossHistory;
  /** ISO date. */
  date: string;
  record: CheckpointRecord | null;
}

type Tensors = Record<string, { shape: number[]; data: Float32Array<ArrayBuffer> }>;

/** Each module with what stands before the names of its tensors, and those names with it. */
const placed = (modules: Modules) => {
  const alone = Object.keys(modules).length === 1;
  return Object.entries(modules).map(([name, own]) => {
    const prefix = alone ? '' : `${name}.`;
    const specs: ParamSpec[] = own.map((spec) => ({ ...spec, name: prefix + spec.name }));
    return { name, prefix, specs };
  });
};

export const parametersOf = (modules: Modules): number =>
  Object.values(modules).reduce((total, specs) => total + countParameters(specs), 0);

/** What a run's file needs besides its weights: header, config (β of one's own, pictures), and 2,000 losses. */
const BESIDES = 2 ** 20 + 64 * 1024;

/** Bytes that the file of a run with so many parameters has at most: weights, their average and two moments. */
export const runBytes = (parameters: number): number => 16 * parameters + BESIDES;

const modulesOf = (config: RunSettings): Modules => {
  const recipe = recipeOf(config);
  return recipe.modules(recipe.describe(config));
};

/** @throws RangeError where a run of this config could be trained but not kept. */
export function requireKeepable(config: RunSettings): void {
  const parameters = parametersOf(modulesOf(config));
  const bytes = runBytes(parameters);
  if (bytes <= MOST_BYTES) return;
  const mb = (n: number) => `${Math.round(n / 1e6)} MB`;
  throw new RangeError(
    `A run of this network (${parameters.toLocaleString('en')} parameters) would need a file of ${mb(bytes)}, and at most ${mb(MOST_BYTES)} can be kept and read again, so it was not begun. Choose a narrower network or fewer channels in its levels.`,
  );
}

const flat = (values: ArrayLike<number>) => {
  const data = values instanceof Float32Array ? values : Float32Array.from(values);
  return { shape: [data.length], data: data as Float32Array<ArrayBuffer> };
};

/** The averaged weights of all modules, each tensor in its shape. */
function averaged(config: RunSettings, { modules }: RunState): Tensors {
  const tensors: Tensors = {};
  for (const { name, specs } of placed(modulesOf(config))) {
    const views = unflatten(specs, modules[name].ema);
    for (const { name: tensor, shape } of specs)
      tensors[tensor] = { shape, data: views[tensor] as Float32Array<ArrayBuffer> };
  }
  return tensors;
}

const counted = ({ step, before }: FlatState) => ({ steps: step, ...(before ? { before } : {}) });

export function encodeRun(run: Omit<RunFile, 'record'>): Uint8Array<ArrayBuffer> {
  const { config, state, history, date } = run;
  const modules = placed(modulesOf(config));
  const tensors = averaged(config, state);
  for (const { name, prefix } of modules)
    for (const part of ['weights', 'm', 'v'] as const)
      tensors[`run.${prefix}${part}`] = flat(state.modules[name][part]);
  tensors['run.history.steps'] = flat(history.steps);
  tensors['run.history.losses'] = flat(history.losses);
  for (const [name, values] of Object.entries(history.curves))
    tensors[`run.history.curves.${name}`] = flat(values);
  return writeCheckpoint({
    config: recipeOf(config).describe(config),
    record: {
      run: config,
      ...(modules.length === 1
        ? counted(state.modules[modules[0].name])
        : {
            steps: state.step,
            modules: Object.fromEntries(
              modules.map(({ name }) => [name, counted(state.modules[name])]),
            ),
          }),
      seed: config.seed,
      loss: history.smoothed,
      seconds: history.seconds,
      date,
    },
    tensors,
  });
}

/** True when two run files hold the same numbers; their headers bear dates. */
export function sameTensors(a: Uint8Array, b: Uint8Array): boolean {
  const body = (file: Uint8Array) =>
    file.subarray(8 + new DataView(file.buffer, file.byteOffset).getUint32(0, true));
  const [x, y] = [body(a), body(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}

/** Averaged weights only, in 16 bits: half a megabyte or less, for others to draw from. */
export function encodeExport(
  config: RunSettings,
  state: RunState,
  record: CheckpointRecord,
): Uint8Array<ArrayBuffer> {
  return writeCheckpoint({
    config: recipeOf(config).describe(config),
    // The settings of its training, so that whoever loads it can go on with them.
    record: { run: config, ...record },
    tensors: averaged(config, state),
    dtype: 'F16',
  });
}

/** What any checkpoint of the book holds: modules with their averaged weights. */
export interface WeightsFile {
  recipe: Recipe;
  description: Kind['description'];
  record: CheckpointRecord | null;
  weights: Record<string, Float32Array<ArrayBuffer>>;
  parameters: number;
}

function readWeights(bytes: Uint8Array): WeightsFile & { tensors: Record<string, Tensor> } {
  const { config, record, tensors } = readCheckpoint(bytes, (value) => {
    const recipe = recipeOf(value);
    return { recipe, description: recipe.parseDescription(value) };
  });
  const modules = config.recipe.modules(config.description);
  const parts = placed(modules);
  const own = Object.entries(tensors).filter(([name]) => !name.startsWith('run.'));
  requireTensors(
    Object.fromEntries(own),
    parts.flatMap(({ specs }) => specs),
  );
  return {
    ...config,
    record,
    weights: Object.fromEntries(parts.map(({ name, specs }) => [name, flatten(specs, tensors)])),
    parameters: parametersOf(modules),
    tensors,
  };
}

/** Reads the weights of a checkpoint or of a run. Throws CheckpointError. */
export function decodeWeights(bytes: Uint8Array): WeightsFile {
  const { tensors: _, ...file } = readWeights(bytes);
  return file;
}

/** Reads a run, or makes one from the weights of any other checkpoint of the book. Throws CheckpointError. */
export function decodeRun(bytes: Uint8Array): RunFile {
  const file = readWeights(bytes);
  const { recipe, description, record, tensors } = file;
  const parts = placed(recipe.modules(description));
  if (!record?.run || !tensors[`run.${parts[0].prefix}weights`]) return fromWeights(file);
  const several = parts.length > 1 ? (record.modules as Record<string, CheckpointRecord>) : null;
  const state: RunState = { step: stepsOf(record), modules: {} };
  for (const { name, prefix, specs } of parts) {
    const names = ['weights', 'm', 'v'].map((part) => `run.${prefix}${part}`);
    requireTensors(
      Object.fromEntries(names.map((part) => [part, tensors[part]])),
      names.map((part) => ({ name: part, shape: [countParameters(specs)] })),
    );
    const [weights, m, v] = names.map((part) => tensors[part].data);
    const count = several ? several[name] : record;
    const step = stepsOf(count);
    const before = Number(count.before ?? 0);
    state.modules[name] = {
      step,
      ...(before > 0 && before <= step ? { before } : {}),
      weights,
      ema: file.weights[name],
      m,
      v,
    };
  }
  const curve = (name: string) => [...(tensors[`run.history.${name}`]?.data ?? [])];
  return {
    config: recipe.parse({ ...(record.run as object), ...description }),
    state,
    history: {
      steps: curve('steps'),
      losses: curve('losses'),
      curves: Object.fromEntries(
        (recipe.curves ?? []).map((name) => [name, curve(`curves.${name}`)]),
      ),
      smoothed: Number(record.loss ?? Number.NaN),
      seconds: Number(record.seconds ?? 0),
    },
    date: String(record.date ?? ''),
    record,
  };
}

function stepsOf(record: CheckpointRecord | undefined): number {
  const steps = record?.steps;
  if (typeof steps === 'number' && Number.isInteger(steps) && steps >= 0) return steps;
  const found = String(JSON.stringify(steps));
  throw new CheckpointError({ code: 'config', values: { code: 'steps', values: { found } } });
}

/**
 * A run from averaged weights alone, as Export writes and the book ships them: its count of steps goes on where the
 * record says that it stood, while the optimisers begin anew (`before`).
 */
function fromWeights({ recipe, description, record, weights }: WeightsFile): RunFile {
  // A record of another program may hold anything; the weights are good all the same.
  const step = Number.isSafeInteger(record?.steps) ? Math.max(0, Number(record?.steps)) : 0;
  const told = (record?.run ?? {}) as Partial<RunSettings>;
  return {
    config: recipe.settle(description, told, step),
    state: {
      step,
      modules: Object.fromEntries(
        Object.entries(weights).map(([name, own]) => [
          name,
          { ...freshState(own), step, before: step },
        ]),
      ),
    },
    history: {
      ...{ steps: [], losses: [], smoothed: Number.NaN, seconds: 0 },
      curves: Object.fromEntries((recipe.curves ?? []).map((name) => [name, []])),
    },
    date: String(record?.date ?? ''),
    record,
  };
}
