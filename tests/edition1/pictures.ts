/** What was drawn, asked for again: with the exact denoiser in float64, and with a saved run's network. */
import { rowsOf } from '../../src/lib/data/dataset.ts';
import { loadDataset } from '../../src/lib/data/index.ts';
import {
  createRng,
  finiteDenoiser,
  makeSchedule,
  type SampleOptions,
  type ScheduleKind,
  sample,
} from '../../src/lib/math/index.ts';
import type {
  EvaluationRequest,
  SampleRequest,
} from '../../src/lib/tensor/recipes/diffusion/questions.ts';
import type { Trainer } from '../../src/lib/worker/client.ts';
import type { Sampler } from '../../src/lib/worker/sampler.ts';
import { some } from './goOn.ts';

/** Sampler, its settings, clipping, steps and prediction as `sample` takes them; on which data and schedule. */
export interface ExactCase extends Omit<SampleOptions, 'schedule' | 'denoiser' | 'xT' | 'rng'> {
  data: Parameters<typeof loadDataset>[0];
  schedule: ScheduleKind;
  T: number;
  seed: number;
}

/** The first image of a drawing of 2×2 images, as "The same noise, exact and learned" draws it. */
export async function drawExact(asked: ExactCase): Promise<number[]> {
  const { data, schedule: kind, T, seed, ...options } = asked;
  const rows = rowsOf(await loadDataset(data));
  const schedule = makeSchedule(kind, T);
  const denoiser = finiteDenoiser({ data: rows, schedule }).predict(options.prediction);
  const rng = createRng(seed).fork('sample').fork(0);
  const xT = rng.fillNormal(new Float64Array(rows[0].length));
  let drawn: ArrayLike<number> = xT;
  for (const { x } of sample({ ...options, schedule, denoiser, xT, rng })) drawn = x;
  return Array.from(drawn);
}

export const draw = async (network: Trainer | Sampler, request: SampleRequest) =>
  some((await network.sample(request)).images);

/** Mean and standard error at each t. */
export const measure = async (trainer: Trainer, request: EvaluationRequest) =>
  (await trainer.evaluate(request)).points.flatMap(({ mean, standardError }) => [
    mean,
    standardError,
  ]);
