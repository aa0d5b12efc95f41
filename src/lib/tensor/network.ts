/** One contract for every model: parameters by name, and (x_t, t, labels) → prediction. */
import { type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../checkpoint/config.ts';
import type { Rng } from '../math/numerics/rng.ts';
import type { Conversion } from '../math/process/parameterization.ts';
import type { Weights } from '../math/samplers/program.ts';
import { type Conditioning, conditionedInputs } from './conditioning.ts';
import { opEngine } from './engines/ops/pass.ts';
import { asImage } from './engines/ops/shapes.ts';
import { type Graph, graphFlops, inputShape } from './graph/node.ts';
import { graphOf } from './networks/index.ts';
import type { ParamSpec, Params } from './params.ts';

/** z of a sampler's move: one stream for each image. */
export interface SampleNoise {
  /** A device that draws from them itself replaces each by one that has drawn as many. */
  streams: Rng[];
  /** Draws all numbers of z here. */
  draw(): Float32Array<ArrayBuffer>;
}

/** A move of a sampler's program that asks the network, the same for all images. */
export interface SampleMove {
  /** The time that the network is told. */
  t: number;
  T: number;
  labels?: number[];
  guidanceScale: number;
  /** x̂_0 from x_t and the prediction. */
  toX0: Conversion;
  /** x̂_0 is clipped to [−1, 1], and the answer is x̂_0; else it is the prediction. */
  clip: boolean;
  /** New values of the registers. */
  weights: readonly Weights[];
  /** Null where none is added. */
  noise: SampleNoise | null;
}

export interface Network {
  config: ModelConfig;
  graph: Graph;
  specs: ParamSpec[];
  /** Shape of one input image [h, w, c]; points are [1, 1, 2]. */
  imageShape: [number, number, number];
  /** x [B,h,w,c] → prediction of the same shape; the channels of a second answer come after those of the first. */
  forward(params: Params, x: Tensor4D, conditioning: Conditioning): Tensor4D;
  /** The whole of a sampler's move, prediction included, where the device takes it at one go: the registers after it, and x̂_0. */
  sampleStep?(registers: readonly Tensor4D[], move: SampleMove): [Tensor4D[], Tensor4D];
  /** Floating-point operations of a forward pass for one image; a training step counts three. */
  flops: number;
}

export function createNetwork(config: ModelConfig): Network {
  const graph = graphOf(config);
  const engine = opEngine(graph);
  const { h, w, c } = inputShape(graph, 'x');
  return {
    config,
    graph,
    specs: graph.specs,
    imageShape: [h, w, c],
    forward: (params, x, conditioning) =>
      tidy(() => {
        const given = conditionedInputs(graph, x, conditioning);
        return asImage(engine.forward(params, given, conditioning.probe));
      }),
    flops: graphFlops(graph),
  };
}
