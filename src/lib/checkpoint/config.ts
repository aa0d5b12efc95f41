/** What a checkpoint says of itself: the network, the data, and how it was made. What else, its recipe knows. */
import { DATASET_NAMES, type DatasetName, isDatasetName } from '../data/records.ts';
import { isOneOf } from '../math/numerics/oneOf.ts';
import { CheckpointError, type Expected } from './error.ts';

export interface UNetConfig {
  kind: 'unet';
  /** Height and width in pixels; divisible by 2^(levels − 1). */
  imageSize: number;
  channels: number;
  /** Channels of the first level; level i has base × multipliers[i]. */
  base: number;
  multipliers: number[];
  /** Groups of every GroupNorm (fewer where a layer has fewer channels). */
  groups: number;
  /** Number of labels; 0 = unconditional. */
  classes: number;
  /** Two where the network answers twice for each channel (all of the first answer, then all of the second); default one. */
  answers?: 2;
}

export interface MlpConfig {
  kind: 'mlp';
  inputs: number;
  width: number;
  layers: number;
  classes: number;
}

export type ModelConfig = UNetConfig | MlpConfig;

/** How the weights came to be. Other keys are kept as they are. */
export interface CheckpointRecord {
  command?: string;
  seed?: number;
  steps?: number;
  loss?: number;
  date?: string;
  [key: string]: unknown;
}

/** The largest network that a checkpoint may describe, and so that a link may ask for. */
export const MOST_LEVELS = 6;
export const MOST_MULTIPLE = 16;
export const MOST_CHANNELS = 512;
export const MOST_WIDTH = 4096;
export const MOST_LAYERS = 32;

export type Fields = Record<string, unknown>;

/** Throws CheckpointError 'config'. */
export function fail(path: string, expected: Expected, found: unknown): never {
  const shown = JSON.stringify(found)?.slice(0, 60) ?? '';
  throw new CheckpointError({
    code: 'config',
    values: { code: 'field', values: { path, expected, found: shown } },
  });
}

export function fields(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    fail(path, { code: 'object', values: {} }, value);
  return value as Fields;
}

export function integer(
  owner: Fields,
  path: string,
  key: string,
  low: number,
  high: number,
): number {
  const value = owner[key];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
    fail(`${path}.${key}`, { code: 'integer', values: { low, high } }, value);
  }
  return value;
}

export function oneOf<T extends string>(
  owner: Fields,
  path: string,
  key: string,
  allowed: readonly T[],
): T {
  const value = owner[key];
  if (!isOneOf(value, allowed))
    fail(`${path}.${key}`, { code: 'oneOf', values: { choices: allowed } }, value);
  return value;
}

function parseUNet(model: Fields): UNetConfig {
  const at = 'model';
  const { multipliers } = model;
  const ok =
    Array.isArray(multipliers) &&
    multipliers.length >= 1 &&
    multipliers.length <= MOST_LEVELS &&
    multipliers.every((m) => Number.isInteger(m) && m >= 1 && m <= MOST_MULTIPLE);
  if (!ok)
    fail(
      `${at}.multipliers`,
      { code: 'multipliers', values: { levels: MOST_LEVELS, most: MOST_MULTIPLE } },
      multipliers,
    );
  const { answers } = model;
  if (answers !== undefined && answers !== 2)
    fail(`${at}.answers`, { code: 'answers', values: {} }, answers);
  const config: UNetConfig = {
    kind: 'unet',
    imageSize: integer(model, at, 'imageSize', 1, 256),
    channels: integer(model, at, 'channels', 1, 4),
    base: integer(model, at, 'base', 1, MOST_CHANNELS),
    multipliers: [...multipliers],
    groups: integer(model, at, 'groups', 1, 64),
    classes: integer(model, at, 'classes', 0, 255),
    ...(answers === 2 && { answers }),
  };
  const stride = 2 ** (config.multipliers.length - 1);
  if (config.imageSize % stride !== 0) {
    fail(
      `${at}.imageSize`,
      { code: 'divisible', values: { by: stride, levels: config.multipliers.length } },
      config.imageSize,
    );
  }
  return config;
}

function parseMlp(model: Fields): MlpConfig {
  return {
    kind: 'mlp',
    inputs: integer(model, 'model', 'inputs', 1, 4096),
    width: integer(model, 'model', 'width', 1, MOST_WIDTH),
    layers: integer(model, 'model', 'layers', 1, MOST_LAYERS),
    classes: integer(model, 'model', 'classes', 0, 255),
  };
}

/** The check of each kind of network. What writes its graph is a floor higher, and no page that checks a link carries it. */
const PARSERS: {
  [K in ModelConfig['kind']]: (model: Fields) => Extract<ModelConfig, { kind: K }>;
} = { unet: parseUNet, mlp: parseMlp };

export function parseModel(value: unknown): ModelConfig {
  const model = fields(value, 'model');
  const kinds = Object.keys(PARSERS) as ModelConfig['kind'][];
  return PARSERS[oneOf(model, 'model', 'kind', kinds)](model);
}

export function parseDataset(value: unknown): DatasetName {
  if (!isDatasetName(value))
    fail('dataset', { code: 'oneOf', values: { choices: DATASET_NAMES } }, value);
  return value;
}
