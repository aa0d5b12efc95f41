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

export interface DiffusionConfig {
  schedule: ScheduleKind;
  T: number;
  prediction: (typeof TRAINED_PREDICTIONS)[number];
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
