/**
 * How good a network is, in numbers that can be compared with the exact ones of floor 0.
 * lossPerT: E‖target − prediction‖² per element at single t. bits: the terms of the variational bound
 * (Ho et al. 2020, eq. 5; σ² = β̃, and the discretised decoder of eq. 13 with each named σ_1²), in bits per dimension.
 */
import type { Dataset } from '../../../data/index.ts';
import { dataLevels } from '../../../data/levels.ts';
import { discretizedLogProbability } from '../../../math/bound/decoder.ts';
import { gaussianTerm } from '../../../math/bound/elbo.ts';
import { priorTerm } from '../../../math/bound/prior.ts';
import { estimate } from '../../../math/exact/vectorChannel.ts';
import { RIGHT_PARTS } from '../../../math/mistakes/parts.ts';
import { squaredDistance } from '../../../math/numerics/linalg.ts';
import { createRng, type Rng } from '../../../math/numerics/rng.ts';
import { fractionOf, hybridLoss } from '../../../math/objectives/hybridLoss.ts';
import {
  FIRST_VARIANCES,
  type FirstVariance,
  firstVariance,
} from '../../../math/process/firstVariance.ts';
import { convertPrediction, predictionTarget } from '../../../math/process/parameterization.ts';
import type { Schedule } from '../../../math/process/schedule.ts';
import { scheduleOf } from './config.ts';
import { type DrawnImage, draws } from './drawnImages.ts';
import { imageOrder } from './imageOrder.ts';
import type { Model } from './sample.ts';

export interface EvaluationOptions {
  kind: 'lossPerT' | 'bits';
  timesteps?: number[];
  samplesPerT: number;
  seed: number;
}

export interface TermEstimate {
  t: number;
  mean: number;
  standardError: number;
  count: number;
  /** For bits at t ≥ 2: what the term's value at any other σ² needs. */
  squaredError?: SquaredError;
  /** For bits of a network that learned the width of its steps: the term with its own σ², pixel by pixel. */
  learned?: LearnedTerm;
  /** For bits at t = 1, where `mean` is that of σ_1² = β_1: the term with each named σ_1², from the same draws. */
  decoders?: Record<FirstVariance, { mean: number; standardError: number }>;
}

export interface LearnedTerm {
  mean: number;
  standardError: number;
  /** Where the width lies from β̃ (0) to β (1) on the scale of logarithms: the mean over draws and pixels. */
  fraction: number;
}

/** ‖x_0 − x̂_0‖², summed over pixels. */
export interface SquaredError {
  mean: number;
  standardError: number;
  /** Means of the first and the second half of the draws: what is fitted to one can be judged by the other. */
  halves: [number, number];
}

/** The t that stand for 1…T when none are given: n of them, one in the middle of each of n equal ranges. */
export function spreadTimesteps(T: number, n = 20): number[] {
  const count = Math.min(n, T);
  return Array.from({ length: count }, (_, i) => 1 + Math.floor((T * (i + 0.5)) / count));
}

/** Yields one estimate per t. For bits: t = 0 is the prior term L_T, t = 1 the decoder L_0, t the term L_{t-1}. */
export async function* evaluate(
  model: Model,
  dataset: Dataset,
  options: EvaluationOptions,
): AsyncGenerator<TermEstimate> {
  const schedule = scheduleOf(model.diffusion);
  const root = createRng(options.seed).fork('evaluate');
  const images = (model.parts ?? RIGHT_PARTS).data(dataset.images);
  const bits = options.kind === 'bits';
  const times = options.timesteps ?? defaultTimes(schedule.T, bits);
  const levels = bits ? dataLevels(images) : [];
  if (bits) yield priorEstimate(schedule, images, dataset.count, root.fork('prior'));
  for (const t of times) {
    const all = draws(model, images, schedule, t, options, root.fork(t));
    if (bits && t === 1) {
      yield await decoderEstimate(all, schedule, model, levels);
      continue;
    }
    const values: number[] = [];
    const learned: LearnedDraw[] = [];
    for await (const image of all) {
      values.push(
        bits
          ? squaredDistance(image.x0, cleanImage(image, t, schedule, model))
          : predictionError(image, t, schedule, model),
      );
      if (bits && image.width) learned.push(learnedDraw(schedule, image, t, model, levels));
    }
    yield bits
      ? {
          ...stepEstimate(schedule, t, values, images.length / dataset.count),
          ...learnedEstimate(learned),
        }
      : { t, ...meanAndError(values) };
  }
}

/** L_0 with each named σ_1², all from the same draws. */
async function decoderEstimate(
  all: AsyncIterable<DrawnImage>,
  schedule: Schedule,
  model: Model,
  levels: number[],
): Promise<TermEstimate> {
  const values = FIRST_VARIANCES.map(() => [] as number[]);
  const learned: LearnedDraw[] = [];
  for await (const image of all) {
    FIRST_VARIANCES.forEach((name, i) => {
      values[i].push(decoderTerm(schedule, image, model, levels, firstVariance(schedule, name)));
    });
    if (image.width) learned.push(learnedDraw(schedule, image, 1, model, levels));
  }
  const estimates = values.map(meanAndError);
  const decoders = Object.fromEntries(FIRST_VARIANCES.map((name, i) => [name, estimates[i]]));
  return {
    t: 1,
    ...estimates[FIRST_VARIANCES.indexOf('beta1')],
    decoders: decoders as Record<FirstVariance, (typeof estimates)[number]>,
    ...learnedEstimate(learned),
  };
}

/** What one image makes of a term with the width that the network answered. */
interface LearnedDraw {
  bits: number;
  fraction: number;
}

const learnedEstimate = (draws: LearnedDraw[]): Pick<TermEstimate, 'learned'> => {
  if (draws.length === 0) return {};
  const { mean, standardError } = meanAndError(draws.map(({ bits }) => bits));
  const fraction = draws.reduce((sum, draw) => sum + draw.fraction, 0) / draws.length;
  return { learned: { mean, standardError, fraction } };
};

/** The term of one image with the width that the network answered, bits per dimension: that of the objective that trained it. */
function learnedDraw(
  schedule: Schedule,
  { x0, epsilon, xt, output, width: v = new Float32Array(0) }: DrawnImage,
  t: number,
  { diffusion }: Model,
  levels: number[],
): LearnedDraw {
  const asked = { kind: diffusion.prediction, x0, epsilon, xt, prediction: output, v };
  const fraction = v.reduce((sum, value) => sum + fractionOf(value), 0) / v.length;
  return { bits: hybridLoss(schedule, t, asked, levels).bitsPerDim, fraction };
}

/** KL of the reverse step with σ² = β̃, bits per dimension, from the squared errors of the draws. */
function stepEstimate(schedule: Schedule, t: number, values: number[], size: number): TermEstimate {
  const error = meanAndError(values);
  // A single draw is both of its halves.
  const half = Math.ceil(values.length / 2);
  const halves = [values.slice(0, half), values.slice(-half)].map((own) => meanAndError(own).mean);
  // The term is a line in the squared error, through 0 at σ² = β̃: mean and standard error scale alike.
  const slope =
    gaussianTerm(schedule, t, 1, size, schedule.posteriorVariance[t]) / (size * Math.LN2);
  return {
    t,
    mean: slope * error.mean,
    standardError: slope * error.standardError,
    count: error.count,
    squaredError: {
      mean: error.mean,
      standardError: error.standardError,
      halves: [halves[0], halves[1]],
    },
  };
}

/** A mean over t may be taken from a few; a sum of very unequal terms may not, so the bound visits every t. */
function defaultTimes(T: number, bits: boolean): number[] {
  return bits ? Array.from({ length: T }, (_, i) => i + 1) : spreadTimesteps(T);
}

/** How many estimates `evaluate` will yield. */
export function termCount({ kind, timesteps }: EvaluationOptions, T: number): number {
  const bits = kind === 'bits';
  return (timesteps ?? defaultTimes(T, bits)).length + (bits ? 1 : 0);
}

/** lossPerT: the mean of the terms. bits: their sum, which is the whole bound when every t was visited. */
export function totalOf(
  kind: EvaluationOptions['kind'],
  terms: TermEstimate[],
): { total: number; totalStandardError: number } {
  const scale = kind === 'bits' ? 1 : 1 / Math.max(1, terms.length);
  const variance = terms.reduce((sum, { standardError }) => sum + standardError ** 2, 0);
  return {
    total: scale * terms.reduce((sum, { mean }) => sum + mean, 0),
    totalStandardError: scale * Math.sqrt(variance),
  };
}

function predictionError(image: DrawnImage, t: number, schedule: Schedule, model: Model): number {
  const { x0, epsilon, output } = image;
  const target = predictionTarget(model.diffusion.prediction, x0, epsilon, t, schedule);
  return squaredDistance(target, output) / x0.length;
}

/** x̂_0 */
function cleanImage({ xt, output }: DrawnImage, t: number, schedule: Schedule, model: Model) {
  return convertPrediction(output, xt, model.diffusion.prediction, 'x0', t, schedule);
}

/** −log p(x_0|x_1), bits per dimension. */
function decoderTerm(
  schedule: Schedule,
  image: DrawnImage,
  model: Model,
  levels: number[],
  variance: number,
): number {
  const { x0 } = image;
  const mean = cleanImage(image, 1, schedule, model);
  let nats = 0;
  for (let i = 0; i < x0.length; i++)
    nats -= discretizedLogProbability(x0[i], mean[i], variance, levels);
  return nats / (x0.length * Math.LN2);
}

/** L_T, a closed form for each image: of all of them, or of a random 2000. */
function priorEstimate(
  schedule: Schedule,
  images: Float32Array,
  count: number,
  rng: Rng,
): TermEstimate {
  const size = images.length / count;
  const used = Math.min(count, 2000);
  const values = Array.from(imageOrder(count, used, rng), (i) => {
    const x0 = images.subarray(i * size, (i + 1) * size);
    return priorTerm(schedule, x0) / (size * Math.LN2);
  });
  const found = meanAndError(values);
  return { t: 0, ...found, standardError: used === count ? 0 : found.standardError };
}

/** Mean of independent draws and its standard error; one draw knows nothing of the spread, so its error is infinite. */
export function meanAndError(values: number[]): Omit<TermEstimate, 't'> {
  const { value, standardError } = estimate(values);
  return { mean: value, standardError, count: values.length };
}
