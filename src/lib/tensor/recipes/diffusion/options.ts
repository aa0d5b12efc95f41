/** Options of training and sampling, as plain data. */
import type { ModelConfig } from '../../../checkpoint/config.ts';
import type { ObjectiveName } from '../../../math/objectives/record.ts';
import type { SamplerChoice } from '../../../math/samplers/record.ts';
import type { DiffusionConfig } from './config.ts';

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
  /** DDPM's steps with the width that the network learned (a model of two answers), in place of the sampler's own. */
  learnedWidth?: boolean;
}
