/** Our WebGL programs, registered with TensorFlow.js. Nothing above the ops knows that they exist. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { backend, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerFused } from '../../ops/fused.ts';
import { registerOptimizer } from '../../optimizer.ts';
import { convolution, supportsConvolution } from './convolution.ts';
import { filterGradient, supportsFilterGradient } from './filterGradient.ts';
import { normBackward, normForward, supportsNorm } from './normalisation.ts';
import { createWebglOptimizer } from './optimizer.ts';
import type { Inputs } from './programs.ts';
import {
  evenSides,
  gatherCells,
  joinChannels,
  repeatCells,
  supportsResampling,
  takeChannels,
} from './resampling.ts';
import { sumSpatial } from './sums.ts';

export function register(): string {
  const running = () => backend() as unknown as MathBackendWebGL;
  registerFused(
    'FN_Conv2D',
    'webgl',
    ({ inputs }) => convolution(running(), inputs as Inputs),
    (inputs) => supportsConvolution(inputs),
  );
  registerFused(
    'FN_Conv2DBackInput',
    'webgl',
    ({ inputs: { dy, w } }) => convolution(running(), { x: dy, w } as Inputs, true),
    (inputs) => supportsConvolution(inputs),
  );
  registerFused(
    'FN_Conv2DBackFilter',
    'webgl',
    ({ inputs, attrs }) => filterGradient(running(), inputs as Inputs, attrs?.kernelSize as number),
    (inputs, { kernelSize }) => supportsFilterGradient(running(), inputs, kernelSize as number),
  );
  registerFused(
    'FN_GroupNormSilu',
    'webgl',
    ({ inputs, attrs }) =>
      normForward(running(), inputs as Inputs, attrs?.groups as number, attrs?.epsilon as number),
    (inputs, { groups }) => supportsNorm(inputs, groups as number),
  );
  registerFused(
    'FN_GroupNormSiluGrad',
    'webgl',
    ({ inputs, attrs }) => normBackward(running(), inputs as Inputs, attrs?.groups as number),
    (inputs, { groups }) => supportsNorm(inputs, groups as number),
  );
  registerFused(
    'FN_SumSpatial',
    'webgl',
    ({ inputs }) => sumSpatial(running(), inputs.dy as TensorInfo),
    (inputs) => supportsResampling(inputs, 2),
  );
  registerFused(
    'FN_AvgPool2',
    'webgl',
    ({ inputs: { x } }) =>
      gatherCells(running(), x as TensorInfo, (x as TensorInfo).shape[3], 0.25),
    // Of an odd side stock leaves the last row out.
    (inputs) => supportsResampling(inputs, 2) && evenSides(inputs.x),
  );
  registerFused(
    'FN_AvgPool2Grad',
    'webgl',
    ({ inputs: { dy } }) => repeatCells(running(), dy as TensorInfo, 0.25),
    (inputs) => supportsResampling(inputs, 2),
  );
  const split = (dy: TensorInfo, channels: number) =>
    takeChannels(running(), dy, channels, dy.shape[3] - channels);
  registerFused(
    'FN_ConcatChannels',
    'webgl',
    ({ inputs: { a, b } }) => joinChannels(running(), a as TensorInfo, b as TensorInfo),
    (inputs) => supportsResampling(inputs),
  );
  registerFused(
    'FN_ConcatChannelsGrad',
    'webgl',
    ({ inputs, attrs }) => {
      const [dy, channels] = [inputs.dy as TensorInfo, attrs?.channels as number];
      return [takeChannels(running(), dy, 0, channels), split(dy, channels)];
    },
    (inputs, { channels }) => supportsResampling(inputs, channels as number),
  );
  registerFused(
    'FN_Upsample2Concat',
    'webgl',
    ({ inputs: { x, skip } }) => repeatCells(running(), x as TensorInfo, 1, skip as TensorInfo),
    (inputs) => supportsResampling(inputs),
  );
  registerFused(
    'FN_Upsample2ConcatGrad',
    'webgl',
    ({ inputs, attrs }) => {
      const [dy, channels] = [inputs.dy as TensorInfo, attrs?.channels as number];
      return [gatherCells(running(), dy, channels, 1), split(dy, channels)];
    },
    (inputs, { channels }) => supportsResampling(inputs, channels as number),
  );
  registerOptimizer('webgl', createWebglOptimizer);
  return 'ours (GLSL)';
}
