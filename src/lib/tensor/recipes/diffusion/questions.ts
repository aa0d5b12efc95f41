/** What can be asked of a network of this recipe, in training or loaded, and what comes back. */
import type { ModelConfig } from '../../../checkpoint/config.ts';
import { oneOf, shown } from '../../../math/numerics/oneOf.ts';
import type { FirstVariance } from '../../../math/process/firstVariance.ts';
import { checkSampler } from '../../../math/samplers/record.ts';
import { WEIGHT_SETS } from '../../options.ts';
import type { DrawRequest, MeasureRequest } from '../recipe.ts';
import type { LearnedTerm } from './evaluate.ts';
import type { SampleOptions } from './options.ts';

export interface SampleRequest extends SampleOptions, DrawRequest {}

export interface ActivationRequest {
  /** One image, h·w·c numbers: x_t. */
  x: Float32Array;
  t: number;
  label?: number;
}

/** One feature map of the network for one image. */
export interface LayerActivation {
  /** The tensor-name prefix of the layer, e.g. 'down.0', 'middle', 'up.1', 'time', 'out'. */
  name: string;
  /** [h, w, c]; vectors are [1, 1, c]. */
  shape: [number, number, number];
  data: Float32Array;
}

export interface ActivationResult {
  layers: LayerActivation[];
  prediction: Float32Array;
  x0: Float32Array;
}

/** lossPerT: E‖prediction error‖² per element at each t. bits: the terms of the variational bound in bits per dimension. */
export const EVALUATION_KINDS = ['lossPerT', 'bits'] as const;

export interface EvaluationRequest extends MeasureRequest {
  kind: (typeof EVALUATION_KINDS)[number];
  /** Timesteps to evaluate; left out: for lossPerT 20 spread over 1…T, for bits every t. */
  timesteps?: number[];
  /** Draws of (x_0, ε) per t. */
  samplesPerT: number;
  seed: number;
}

export interface EvaluationPoint {
  /** t of the term; for bits t = 0 is the prior term L_T (closed form), t = 1 the decoder L_0. */
  t: number;
  mean: number;
  standardError: number;
  count: number;
  /** For bits at t ≥ 2, where `mean` is that of σ² = β̃: E‖x_0 − x̂_0‖², whole and by halves of the draws. */
  squaredError?: { mean: number; standardError: number; halves: [number, number] };
  /** For bits of a network that learned a width: the same term with its own σ². */
  learned?: LearnedTerm;
  /** For bits at t = 1, where `mean` is that of σ_1² = β_1: L_0 with each named σ_1². */
  decoders?: Record<FirstVariance, { mean: number; standardError: number }>;
}

export interface EvaluationResult {
  kind: EvaluationRequest['kind'];
  points: EvaluationPoint[];
  /** lossPerT: mean over t. bits: sum of the terms, the whole bound when every t was visited. */
  total: number;
  totalStandardError: number;
}

function number(what: string, value: unknown, low: number, high: number, whole = false): void {
  const ok = typeof value === 'number' && value >= low && value <= high;
  if (!ok || (whole && !Number.isInteger(value)))
    throw new RangeError(
      `The ${what} should be a ${whole ? 'whole ' : ''}number from ${low} to ${high}, but is ${shown(value)}. Choose a value in that range.`,
    );
}

const MOST_SAMPLES = 4096;

/** @throws RangeError that names the first wrong field. */
export function checkSampleRequest(
  { classes }: ModelConfig,
  T: number,
  request: SampleRequest,
): void {
  const { count, steps, labels, weights, clip, guidanceScale } = request;
  number('number of samples', count, 1, MOST_SAMPLES, true);
  number('number of steps', steps, 1, T, true);
  checkSampler(request);
  oneOf('Weights', weights, WEIGHT_SETS);
  if (typeof clip !== 'boolean')
    throw new RangeError(
      `Clipping: expected true or false; found ${shown(clip)}. Choose one of them.`,
    );
  if (guidanceScale !== undefined) number('guidance scale', guidanceScale, -1000, 1000);
  if (!labels) return;
  if (labels.length !== count)
    throw new RangeError(
      `There should be one label for each of the ${count} samples, but there are ${labels.length}.`,
    );
  // The label after the last is that of no class.
  if (classes > 0) for (const label of labels) number('label', label, 0, classes, true);
}

/** @throws RangeError that names the first wrong field. */
export function checkEvaluation({ kind, weights }: EvaluationRequest): void {
  oneOf('Kind of evaluation', kind, EVALUATION_KINDS);
  oneOf('Weights', weights, WEIGHT_SETS);
}
