/**
 * What can be asked of a network, in training or loaded, and what comes back. Image arrays are NHWC Float32Array of length
 * count·h·w·c, values around [-1, 1].
 */
import type { FirstVariance } from '../math/process/firstVariance.ts';
import type { SampleOptions, WeightSet } from '../tensor/options.ts';

export interface SampleRequest extends SampleOptions {
  /** Which weights of the run; shipped checkpoints hold EMA weights only. */
  weights: WeightSet;
  /** Send every step (`sampleStep` with x and x̂_0), not the last image only. */
  trajectory?: boolean;
}

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

export interface EvaluationRequest {
  kind: (typeof EVALUATION_KINDS)[number];
  /** Timesteps to evaluate; left out: for lossPerT 20 spread over 1…T, for bits every t. */
  timesteps?: number[];
  /** Draws of (x_0, ε) per t. */
  samplesPerT: number;
  seed: number;
  weights: WeightSet;
  split?: 'train' | 'test';
}

export interface EvaluationPoint {
  /** t of the term; for bits t = 0 is the prior term L_T (closed form), t = 1 the decoder L_0. */
  t: number;
  mean: number;
  standardError: number;
  count: number;
  /** For bits at t ≥ 2, where `mean` is that of σ² = β̃: E‖x_0 − x̂_0‖², whole and by halves of the draws. */
  squaredError?: { mean: number; standardError: number; halves: [number, number] };
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

export interface SampleResult {
  images: Float32Array;
  count: number;
  height: number;
  width: number;
  channels: number;
  /** Training steps that its network had taken; 0 for one that was loaded. */
  trained: number;
  /** Time that the drawing took by itself, without what ran between its steps. */
  seconds: number;
}

export interface MemoryInfo {
  numTensors: number;
  numBytes: number;
}
