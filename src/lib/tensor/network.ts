/** One contract for every model: parameters by name, and (x_t, t, labels) → prediction. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../checkpoint/config.ts';
import type { Conversion } from '../math/parameterization.ts';
import type { Rng } from '../math/rng.ts';
import type { SamplerStep } from '../math/samplerSteps.ts';
import type { Conditioning } from './conditioning.ts';
import { mlpFlops, mlpForward, mlpSpecs } from './mlp.ts';
import type { ParamSpec, Params } from './params.ts';
import { unetFlops, unetForward, unetSpecs } from './unet.ts';

/** z of a sampler step: one stream for each image. */
export interface SampleNoise {
  /** A device that draws from them itself replaces each by one that has drawn as many. */
  streams: Rng[];
  /** Draws all numbers of z here. */
  draw(): Float32Array<ArrayBuffer>;
}

/** The numbers of one sampler step, the same for all images: x_s = a·x_t + b·value + c·z. */
export interface SampleMove {
  /** The time that the network is told. */
  t: number;
  T: number;
  labels?: number[];
  guidanceScale: number;
  /** x̂_0 from x_t and the prediction. */
  toX0: Conversion;
  /** x̂_0 is clipped to [−1, 1], and `value` is x̂_0; else it is the prediction. */
  clip: boolean;
  step: SamplerStep;
  /** Null where c = 0. */
  noise: SampleNoise | null;
}

export interface Network {
  config: ModelConfig;
  specs: ParamSpec[];
  /** Shape of one input image [h, w, c]; points are [1, 1, 2]. */
  imageShape: [number, number, number];
  /** x [B,h,w,c] → prediction of the same shape. Call inside tidy (sampling) or a gradient (training). */
  forward(params: Params, x: Tensor4D, conditioning: Conditioning): Tensor4D;
  /** The whole of a sampler's step, prediction included, where the device takes it at one go: x_s and x̂_0. */
  sampleStep?(x: Tensor4D, move: SampleMove): [Tensor4D, Tensor4D];
  /** Floating-point operations of a forward pass for one image; a training step counts three. */
  flops: number;
}

export function createNetwork(config: ModelConfig): Network {
  if (config.kind === 'unet') {
    return {
      config,
      specs: unetSpecs(config),
      imageShape: [config.imageSize, config.imageSize, config.channels],
      forward: (params, x, conditioning) => unetForward(config, params, x, conditioning),
      flops: unetFlops(config),
    };
  }
  return {
    config,
    specs: mlpSpecs(config),
    imageShape: [1, 1, config.inputs],
    forward: (params, x, conditioning) => mlpForward(config, params, x, conditioning),
    flops: mlpFlops(config),
  };
}
