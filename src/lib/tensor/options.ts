/** Options of training and sampling, as plain data (no TensorFlow.js here: pages import these types). */
import type { ModelConfig } from '../checkpoint/config.ts';
import type { ObjectiveName } from '../math/objectives/record.ts';
import type { Weighting } from '../math/objectives/weights.ts';
import type { SamplerChoice } from '../math/samplers/record.ts';
import type { DiffusionConfig } from './recipes/diffusion/config.ts';

export type { Weighting };

export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];
/** What may be asked for: one of them, or the best that is there. */
export const BACKEND_CHOICES = ['auto', ...BACKENDS] as const;
export const KERNEL_CHOICES = ['ours', 'stock'] as const;
export type KernelChoice = (typeof KERNEL_CHOICES)[number];

/** Weights of a run: their moving average, or as the last step left them. */
export const WEIGHT_SETS = ['ema', 'raw'] as const;
export type WeightSet = (typeof WEIGHT_SETS)[number];

/** Which backend runs, and why this one. */
export interface BackendInfo {
  name: BackendName;
  /** One sentence for the reader: why this backend was chosen. */
  reason: string;
  /** The adapter as the browser names it, '' where there is none. */
  adapter: string;
  /** True for SwiftShader, llvmpipe and other adapters that are not a GPU. */
  software: boolean;
  /** Threads that really run (wasm), else 1. */
  threads: number;
  simd: boolean;
  /** 'ours', 'stock', or 'stock (…why)'. */
  kernels: string;
}

/** Everything a training run depends on besides its data: (this, seed) can be replayed. */
export interface TrainOptions {
  model: ModelConfig;
  diffusion: DiffusionConfig;
  learningRate: number;
  /** Steps of linear warm-up from 0 to learningRate. */
  warmup: number;
  batchSize: number;
  emaDecay: number;
  seed: number;
  /** Total steps; 0 trains until it is paused. With a total, the rate decays to a tenth (cosine) in the last 40 %. */
  steps: number;
  /**
   * The objective, by its name (math/objectives/record.ts), as stored runs call it: how the squared error counts over t of the
   * chain; `flow`, `flowLogitNormal` and `edm` have a path and a prediction of their own in its place. Default simple.
   */
  weighting?: ObjectiveName;
  /** Standard deviation of the data, for `edm`; default 0.5. */
  sigmaData?: number;
  /** Share of labels replaced by the null class, for guidance; default 0.1. */
  labelDropout?: number;
  /** Gradients are scaled so that their global norm is at most this; default 1; 0 = off. */
  clipNorm?: number;
}

/** The sampler, what it is set to, and what is drawn. */
export interface SampleOptions extends SamplerChoice {
  count: number;
  /** Steps of the sampler, 1…T. */
  steps: number;
  seed: number;
  /** One class for each sample; left out: unconditional. */
  labels?: number[];
  /** Classifier-free guidance g: uncond + g·(cond − uncond); 1 = plain conditional. */
  guidanceScale?: number;
  /** Clip x̂_0 to [-1, 1] at each step. */
  clip: boolean;
}
