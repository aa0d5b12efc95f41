/** A small class-conditional UNet with every kind of layer, random weights and one random batch. */
import { tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import type { UNetConfig } from '../../../src/lib/checkpoint/config.ts';
import { createRng } from '../../../src/lib/math/numerics/rng.ts';
import { createNetwork } from '../../../src/lib/tensor/network.ts';
import { initialParameters, type Params, toTensors } from '../../../src/lib/tensor/params.ts';
import { lossGradients } from './lossGradients.ts';

export const TINY: UNetConfig = {
  kind: 'unet',
  imageSize: 4,
  channels: 1,
  base: 8,
  multipliers: [1, 2],
  groups: 4,
  classes: 2,
};

/** For 2×2 images, four channels: where what happens does not depend on how much is computed, on slow software adapters. */
export const ONE_LEVEL: UNetConfig = {
  kind: 'unet',
  imageSize: 2,
  channels: 1,
  base: 4,
  multipliers: [1],
  groups: 2,
  classes: 0,
};

const T = 100;

export function tinyProblem(seed: number) {
  const network = createNetwork(TINY);
  const rng = createRng(seed);
  const flat = initialParameters(network.specs, seed);
  // Away from the zero start, where many gradients vanish.
  for (let i = 0; i < flat.length; i++) flat[i] += 0.1 * rng.normal();
  const x = rng.fillNormal(new Float32Array(2 * 16));
  const target = rng.fillNormal(new Float32Array(2 * 16));
  const loss = (params: Params) =>
    lossGradients(
      network,
      params,
      tensor4d(x, [2, 4, 4, 1]),
      { t: [3, 70], T, labels: [1, 2] },
      tensor4d(target, [2, 4, 4, 1]),
      tensor1d([1, 0.5]),
    );
  return { network, flat, loss, tensors: () => toTensors(network.specs, flat) };
}
