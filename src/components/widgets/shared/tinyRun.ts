/** A short training run of a network for 2×2 images. */

import type { UNetConfig } from '../../../lib/checkpoint/config.ts';
import type { ToyName } from '../../../lib/data/toyData.ts';
import type { Weighting } from '../../../lib/math/objectives/weights.ts';
import { defaultRun } from '../../../lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../../lib/tensor/recipes/diffusion/run.ts';
import type { WorkerEvent } from '../../../lib/worker/protocol.ts';
import { createShortRun, type ShortRun } from './shortRun.ts';

export type TinyData = ToyName;
export type TinyPrediction = 'epsilon' | 'x0' | 'v';

export interface TinyOptions {
  dataset: TinyData;
  prediction: TinyPrediction;
  /** `hybrid`: the network answers twice, with a prediction and a width. */
  weighting: Weighting | 'hybrid';
  steps: number;
}

/** Cosine, T = 100: fine enough for the exact kernel to reach the entropy, short enough to measure every t. */
export const TINY_SCHEDULE = { kind: 'cosine', T: 100 } as const;

export function tinyConfig({ dataset, prediction, weighting, steps }: TinyOptions): RunConfig {
  const usual = defaultRun(dataset);
  return {
    ...usual,
    ...(weighting === 'hybrid' && { model: { ...(usual.model as UNetConfig), answers: 2 } }),
    diffusion: { schedule: TINY_SCHEDULE.kind, T: TINY_SCHEDULE.T, prediction },
    weighting,
    steps,
  };
}

export type TinyRun = ShortRun<TinyOptions>;

export const createTinyRun = (onEvent?: (event: WorkerEvent) => void): TinyRun =>
  createShortRun(tinyConfig, onEvent);
