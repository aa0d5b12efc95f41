/** Checks the settings that every run has, and names runs: the same for the page that shows one and the worker that keeps it. */
import type { Fields } from '../../checkpoint/config.ts';
import { parseDataset } from '../../checkpoint/config.ts';
import { PAIRINGS } from '../../data/dataset.ts';
import { DATASETS, type DatasetName, datasetOf } from '../../data/records.ts';
import { expectedOneOf, isOneOf, shown } from '../../math/numerics/oneOf.ts';
import { BACKEND_CHOICES, KERNEL_CHOICES } from '../options.ts';
import type { RunSettings } from './recipe.ts';

/** Lowest and highest value of each number of a run: in a request, in a file, in the lab's fields and in its links. */
export const RUN_LIMITS = {
  learningRate: [1e-8, 1],
  warmup: [0, 1e6],
  batchSize: [1, 1024],
  emaDecay: [0, 0.999999],
  seed: [0, Number.MAX_SAFE_INTEGER],
  steps: [0, 1e9],
} as const;
/** The reader's own 2 × 2 pictures: at most this many. */
export const MOST_DRAWN = DATASETS.drawn.own.most;

function drawnOf(value: unknown, dataset: DatasetName): number[][] {
  const { most, size, limit } = datasetOf(dataset).own ?? DATASETS.drawn.own;
  const fits = (row: unknown) =>
    Array.isArray(row) &&
    row.length === size &&
    row.every((number) => typeof number === 'number' && Math.abs(number) <= limit);
  if (!Array.isArray(value) || value.length > most || !value.every(fits))
    throw new RangeError(
      `The setting "drawn" should be at most ${most} rows of ${size} numbers from -${limit} to ${limit}, but is ${JSON.stringify(value)?.slice(0, 60)}. Draw them anew.`,
    );
  return value.map((row) => [...row]);
}

/** @throws RangeError that names the setting, as `nameSetting`. */
export function numberSetting(
  settings: Fields,
  key: string,
  [low, high]: readonly [number, number],
  whole = false,
): number {
  const value = settings[key];
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

export function nameSetting<T extends string>(
  settings: Fields,
  key: string,
  allowed: readonly T[],
): T {
  const value = settings[key];
  if (isOneOf(value, allowed)) return value;
  throw new RangeError(
    `The setting "${key}" should be ${expectedOneOf(allowed)}, but is ${shown(value)}. Choose one of them.`,
  );
}

/** What every run has, but its recipe's name. @throws RangeError or CheckpointError that names the first wrong setting. */
export function parseCommon(settings: Fields): Omit<RunSettings, 'recipe'> {
  const dataset = parseDataset(settings.dataset);
  return {
    dataset,
    batchSize: numberSetting(settings, 'batchSize', RUN_LIMITS.batchSize, true),
    seed: numberSetting(settings, 'seed', RUN_LIMITS.seed, true),
    steps: numberSetting(settings, 'steps', RUN_LIMITS.steps, true),
    backend: nameSetting(settings, 'backend', BACKEND_CHOICES),
    kernels: nameSetting(settings, 'kernels', KERNEL_CHOICES),
    ...(settings.drawn === undefined ? {} : { drawn: drawnOf(settings.drawn, dataset) }),
    ...(settings.pairing === undefined
      ? {}
      : { pairing: nameSetting(settings, 'pairing', PAIRINGS) }),
  };
}

/** FNV-1a, 64 bits, over UTF-16 code units. */
export function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++)
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(16);
}

/** The name of a run: in storage, for the tabs that share it, and for the page that asks whether two mean the same run. */
export const keyOfShown = (dataset: DatasetName, shown: unknown): string =>
  `${dataset}:${hashOf(JSON.stringify(shown))}`;
