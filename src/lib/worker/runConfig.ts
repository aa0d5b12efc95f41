/** Checks a run config that came from outside (a link, a file), and names the run it describes. */
import { parseConfig } from '../checkpoint/index.ts';
import { BUG_NAMES } from '../math/mistakes/bugs.ts';
import { expectedOneOf, isOneOf, shown } from '../math/numerics/oneOf.ts';
import { WEIGHTINGS } from '../math/objectives/weights.ts';
import { BACKEND_CHOICES, KERNEL_CHOICES } from '../tensor/options.ts';
import type { RunConfig } from './protocol.ts';

type Fields = Record<string, unknown>;

/** Lowest and highest value of each number of a run: in a request, in a file, in the lab's fields and in its links. */
export const RUN_LIMITS = {
  learningRate: [1e-8, 1],
  warmup: [0, 1e6],
  batchSize: [1, 1024],
  emaDecay: [0, 0.999999],
  seed: [0, Number.MAX_SAFE_INTEGER],
  steps: [0, 1e9],
} as const;
/** The reader's own pictures: at most this many, four pixels each. */
export const MOST_DRAWN = 16;

function drawnOf(value: unknown): number[][] {
  const fits = (image: unknown) =>
    Array.isArray(image) &&
    image.length === 4 &&
    image.every((pixel) => typeof pixel === 'number' && pixel >= -1 && pixel <= 1);
  if (!Array.isArray(value) || value.length > MOST_DRAWN || !value.every(fits))
    throw new RangeError(
      `The setting "drawn" should be at most ${MOST_DRAWN} pictures of four numbers from -1 to 1, but is ${JSON.stringify(value)?.slice(0, 60)}. Draw them anew.`,
    );
  return value.map((image) => [...image]);
}

function number(fields: Fields, key: string, low: number, high: number, whole = false): number {
  const value = fields[key];
  if (
    typeof value !== 'number' ||
    !(value >= low && value <= high) ||
    (whole && !Number.isInteger(value))
  )
    throw new RangeError(
      `The setting "${key}" should be a ${whole ? 'whole ' : ''}number from ${low} to ${high}, but is ${JSON.stringify(value)}. Choose a value in that range.`,
    );
  return value;
}

function oneOf<T extends string>(fields: Fields, key: string, allowed: readonly T[]): T {
  const value = fields[key];
  if (isOneOf(value, allowed)) return value;
  throw new RangeError(
    `The setting "${key}" should be ${expectedOneOf(allowed)}, but is ${shown(value)}. Choose one of them.`,
  );
}

/** @throws RangeError or CheckpointError that names the first wrong setting. */
export function checkRunConfig(value: unknown): RunConfig {
  const fields = (value ?? {}) as Fields;
  const { model, diffusion, dataset } = parseConfig(fields);
  const config: RunConfig = {
    model,
    diffusion,
    dataset,
    learningRate: number(fields, 'learningRate', ...RUN_LIMITS.learningRate),
    warmup: number(fields, 'warmup', ...RUN_LIMITS.warmup, true),
    batchSize: number(fields, 'batchSize', ...RUN_LIMITS.batchSize, true),
    emaDecay: number(fields, 'emaDecay', ...RUN_LIMITS.emaDecay),
    seed: number(fields, 'seed', ...RUN_LIMITS.seed, true),
    steps: number(fields, 'steps', ...RUN_LIMITS.steps, true),
    backend: oneOf(fields, 'backend', BACKEND_CHOICES),
    kernels: oneOf(fields, 'kernels', KERNEL_CHOICES),
  };
  if (fields.weighting !== undefined) config.weighting = oneOf(fields, 'weighting', WEIGHTINGS);
  if (fields.labelDropout !== undefined) config.labelDropout = number(fields, 'labelDropout', 0, 1);
  if (fields.clipNorm !== undefined) config.clipNorm = number(fields, 'clipNorm', 0, 1e6);
  if (fields.bug !== undefined) config.bug = oneOf(fields, 'bug', BUG_NAMES);
  if (fields.drawn !== undefined) config.drawn = drawnOf(fields.drawn);
  return config;
}

/** FNV-1a, 64 bits, over UTF-16 code units. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++)
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(16);
}

/** What the lab shows of a network, field by field: groups of the normalisation are not among it. */
const shownModel = (model: RunConfig['model']) =>
  model.kind === 'unet'
    ? ['unet', model.imageSize, model.channels, model.base, model.multipliers, model.classes]
    : ['mlp', model.inputs, model.width, model.layers, model.classes];

/**
 * The name of a run: in storage, for the tabs that share it, and for the page that asks whether two configs mean the same
 * run. It holds what the lab shows and what changes the learning, and nothing else. Whatever the lab cannot show (warm-up,
 * clipping, groups, β of one's own) comes back from the stored file; how far and on what to train may change on the way.
 */
export function runKey(config: RunConfig): string {
  const { dataset, model, diffusion, drawn } = config;
  const { schedule, T, prediction } = diffusion;
  const shown = [
    dataset,
    shownModel(model),
    [schedule, T, prediction],
    [config.learningRate, config.batchSize, config.emaDecay, config.seed],
    config.weighting ?? 'simple',
    dataset === 'drawn' ? (drawn ?? []) : [],
    config.bug ?? '',
  ];
  return `${dataset}:${hashOf(JSON.stringify(shown))}`;
}

/** The name under which the lab kept this run before runs were named by what is shown. */
export function formerKey(config: RunConfig): string {
  const { dataset, model, diffusion, drawn } = config;
  const { schedule, T, prediction } = diffusion;
  const text = JSON.stringify({
    model,
    diffusion: { schedule, T, prediction },
    dataset,
    learningRate: config.learningRate,
    warmup: 100,
    batchSize: config.batchSize,
    emaDecay: config.emaDecay,
    seed: config.seed,
    weighting: config.weighting ?? 'simple',
    ...(dataset === 'drawn' ? { drawn } : {}),
  });
  return `${dataset}-${hashOf(text)}`;
}
