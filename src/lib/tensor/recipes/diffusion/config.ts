/** What a file of this recipe says of itself: the network, the diffusion that it was trained for, and the data. */
import {
  type Fields,
  fail,
  fields,
  integer,
  type ModelConfig,
  oneOf,
  parseDataset,
  parseModel,
} from '../../../checkpoint/config.ts';
import type { DatasetName } from '../../../data/records.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  type Schedule,
  type ScheduleKind,
  scheduleFromBetas,
} from '../../../math/process/schedule.ts';

export const TRAINED_PREDICTIONS = ['epsilon', 'x0', 'v'] as const;

/** The longest chain that a file may describe, and so that a link may ask for. */
export const MOST_T = 10_000;

/** Paths that a network can be trained on in place of a chain. */
export const TRAINED_PATHS = ['straight'] as const;
export type TrainedPath = (typeof TRAINED_PATHS)[number];

export interface DiffusionConfig {
  schedule: ScheduleKind;
  T: number;
  prediction: (typeof TRAINED_PREDICTIONS)[number];
  /**
   * The path that the network was trained on in place of the chain: it answers with the path's velocity, at times 0 … 1.
   * `schedule`, `T` and `prediction` then say nothing.
   */
  path?: TrainedPath;
  /** The reader's own β_1 … β_T, in place of `schedule`; T of them. */
  betas?: number[];
}

export interface CheckpointConfig {
  model: ModelConfig;
  diffusion: DiffusionConfig;
  dataset: DatasetName;
}

/** The schedule that a config asks for. */
export function scheduleOf({ schedule, T, betas }: DiffusionConfig): Schedule {
  return betas ? scheduleFromBetas(betas) : makeSchedule(schedule, T);
}

function parseDiffusion(diffusion: Fields): DiffusionConfig {
  const T = integer(diffusion, 'diffusion', 'T', 1, MOST_T);
  const { betas } = diffusion;
  const ok =
    Array.isArray(betas) &&
    betas.length === T &&
    betas.every((b) => typeof b === 'number' && b > 0 && b < 1);
  if (betas !== undefined && !ok)
    fail('diffusion.betas', { code: 'fractions', values: { count: T } }, betas);
  return {
    schedule: oneOf(diffusion, 'diffusion', 'schedule', SCHEDULE_KINDS),
    T,
    prediction: oneOf(diffusion, 'diffusion', 'prediction', TRAINED_PREDICTIONS),
    ...(diffusion.path !== undefined && {
      path: oneOf(diffusion, 'diffusion', 'path', TRAINED_PATHS),
    }),
    ...(ok ? { betas: [...betas] } : {}),
  };
}

/** Checks parsed JSON and gives a fresh, complete config. Throws CheckpointError 'config', naming the field. */
export function parseConfig(value: unknown): CheckpointConfig {
  const config = fields(value, 'config');
  return {
    model: parseModel(config.model),
    diffusion: parseDiffusion(fields(config.diffusion, 'diffusion')),
    dataset: parseDataset(config.dataset),
  };
}
