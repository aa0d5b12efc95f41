/** Checks a run config that came from outside (a link, a file), and names the run it describes. */
import { parseConfig } from '../checkpoint/index.ts';
import { BUG_NAMES } from '../math/bugs.ts';
import { WEIGHTINGS } from '../math/weights.ts';
import { BACKEND_CHOICES } from '../tensor/options.ts';
import type { RunConfig } from './protocol.ts';

const KERNELS = ['ours', 'stock'] as const;

type Fields = Record<string, unknown>;

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
  const value = fields[key] as T;
  if (!allowed.includes(value))
    throw new RangeError(
      `The setting "${key}" should be one of ${allowed.join(', ')}, but is ${JSON.stringify(value)}. Choose one of them.`,
    );
  return value;
}

/** @throws RangeError or CheckpointError that names the first wrong setting. */
export function checkRunConfig(value: unknown): RunConfig {
  const fields = (value ?? {}) as Fields;
  const { model, diffusion, dataset } = parseConfig(fields);
  const config: RunConfig = {
    model,
    diffusion,
    dataset,
    learningRate: number(fields, 'learningRate', 1e-8, 1),
    warmup: number(fields, 'warmup', 0, 1e6, true),
    batchSize: number(fields, 'batchSize', 1, 1024, true),
    emaDecay: number(fields, 'emaDecay', 0, 0.999999),
    seed: number(fields, 'seed', 0, Number.MAX_SAFE_INTEGER, true),
    steps: number(fields, 'steps', 0, 1e9, true),
    backend: oneOf(fields, 'backend', BACKEND_CHOICES),
    kernels: oneOf(fields, 'kernels', KERNELS),
    sampleEvery: number(fields, 'sampleEvery', 0, 86_400),
  };
  if (fields.weighting !== undefined) config.weighting = oneOf(fields, 'weighting', WEIGHTINGS);
  if (fields.labelDropout !== undefined) config.labelDropout = number(fields, 'labelDropout', 0, 1);
  if (fields.clipNorm !== undefined) config.clipNorm = number(fields, 'clipNorm', 0, 1e6);
  if (fields.bug !== undefined) config.bug = oneOf(fields, 'bug', BUG_NAMES);
  if (fields.drawn !== undefined) config.drawn = fields.drawn as number[][];
  return config;
}

/** Key of the saved run: the same for all settings that do not change what is learned. */
export function runKey(config: RunConfig): string {
  const { backend: _b, kernels: _k, sampleEvery: _s, steps: _n, ...rest } = checkRunConfig(config);
  const text = JSON.stringify(rest);
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++)
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return `${config.dataset}-${hash.toString(16)}`;
}
