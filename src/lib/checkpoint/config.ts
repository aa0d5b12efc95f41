/** What a checkpoint says of itself: the network, the diffusion it was trained for, the data, and how it was made. */
import { DATASET_NAMES, type DatasetName, isDatasetName } from '../data/records.ts';
import { expectedOneOf, isOneOf } from '../math/numerics/oneOf.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  type ScheduleKind,
  scheduleFromBetas,
} from '../math/process/schedule.ts';
import { CheckpointError } from './error.ts';

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
}

export interface MlpConfig {
  kind: 'mlp';
  inputs: number;
  width: number;
  layers: number;
  classes: number;
}

export type ModelConfig = UNetConfig | MlpConfig;

export const TRAINED_PREDICTIONS = ['epsilon', 'x0', 'v'] as const;

export interface DiffusionConfig {
  schedule: ScheduleKind;
  T: number;
  prediction: (typeof TRAINED_PREDICTIONS)[number];
  /** The reader's own β_1 … β_T, in place of `schedule`; T of them. */
  betas?: number[];
}

/** The schedule that a config asks for. */
export function scheduleOf({ schedule, T, betas }: DiffusionConfig): Schedule {
  return betas ? scheduleFromBetas(betas) : makeSchedule(schedule, T);
}

export interface CheckpointConfig {
  model: ModelConfig;
  diffusion: DiffusionConfig;
  dataset: DatasetName;
}

/** How the weights came to be. Other keys are kept as they are. */
export interface CheckpointRecord {
  command?: string;
  seed?: number;
  steps?: number;
  loss?: number;
  date?: string;
  [key: string]: unknown;
}

/** The largest network and the longest chain that a checkpoint may describe, and so those that a link may ask for. */
export const MOST_LEVELS = 6;
export const MOST_MULTIPLE = 16;
export const MOST_CHANNELS = 512;
export const MOST_WIDTH = 4096;
export const MOST_LAYERS = 32;
export const MOST_T = 10_000;

type Fields = Record<string, unknown>;

function fail(path: string, expected: string, found: unknown): never {
  const shown = JSON.stringify(found)?.slice(0, 60) ?? 'nothing';
  throw new CheckpointError({
    code: 'config',
    happened: `The checkpoint's config is not valid: ${path} should be ${expected}, but is ${shown}.`,
  });
}

function fields(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    fail(path, 'an object', value);
  return value as Fields;
}

function integer(owner: Fields, path: string, key: string, low: number, high: number): number {
  const value = owner[key];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
    fail(`${path}.${key}`, `a whole number from ${low} to ${high}`, value);
  }
  return value;
}

function oneOf<T extends string>(
  owner: Fields,
  path: string,
  key: string,
  allowed: readonly T[],
): T {
  const value = owner[key];
  if (!isOneOf(value, allowed)) fail(`${path}.${key}`, expectedOneOf(allowed), value);
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
      `1 to ${MOST_LEVELS} whole numbers from 1 to ${MOST_MULTIPLE}`,
      multipliers,
    );
  const config: UNetConfig = {
    kind: 'unet',
    imageSize: integer(model, at, 'imageSize', 1, 256),
    channels: integer(model, at, 'channels', 1, 4),
    base: integer(model, at, 'base', 1, MOST_CHANNELS),
    multipliers: [...multipliers],
    groups: integer(model, at, 'groups', 1, 64),
    classes: integer(model, at, 'classes', 0, 255),
  };
  const stride = 2 ** (config.multipliers.length - 1);
  if (config.imageSize % stride !== 0) {
    fail(
      `${at}.imageSize`,
      `divisible by ${stride} (${config.multipliers.length} levels)`,
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

function parseDiffusion(diffusion: Fields): DiffusionConfig {
  const T = integer(diffusion, 'diffusion', 'T', 1, MOST_T);
  const { betas } = diffusion;
  const ok =
    Array.isArray(betas) &&
    betas.length === T &&
    betas.every((b) => typeof b === 'number' && b > 0 && b < 1);
  if (betas !== undefined && !ok) fail('diffusion.betas', `${T} numbers between 0 and 1`, betas);
  return {
    schedule: oneOf(diffusion, 'diffusion', 'schedule', SCHEDULE_KINDS),
    T,
    prediction: oneOf(diffusion, 'diffusion', 'prediction', TRAINED_PREDICTIONS),
    ...(ok ? { betas: [...betas] } : {}),
  };
}

/** Checks parsed JSON and gives a fresh, complete config. Throws CheckpointError 'config', naming the field. */
export function parseConfig(value: unknown): CheckpointConfig {
  const config = fields(value, 'config');
  const model = fields(config.model, 'model');
  const diffusion = fields(config.diffusion, 'diffusion');
  if (!isDatasetName(config.dataset)) fail('dataset', expectedOneOf(DATASET_NAMES), config.dataset);
  return {
    model:
      oneOf(model, 'model', 'kind', ['unet', 'mlp']) === 'unet'
        ? parseUNet(model)
        : parseMlp(model),
    diffusion: parseDiffusion(diffusion),
    dataset: config.dataset,
  };
}
