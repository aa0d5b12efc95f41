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

type Attributes = Record<string, number>;

export function register(): string {
  const running = () => backend() as unknown as MathBackendWebGL;
  const add = (
    name: `FN_${string}`,
    kernel: (gl: MathBackendWebGL, inputs: Inputs, attrs: Attributes) => TensorInfo | TensorInfo[],
    supports: (inputs: Inputs, attrs: Attributes) => boolean,
  ) =>
    registerFused(
      name,
      'webgl',
      ({ inputs, attrs }) => kernel(running(), inputs as Inputs, (attrs ?? {}) as Attributes),
      (inputs, attrs) => supports(inputs, attrs as Attributes),
    );

  add('FN_Conv2D', (gl, inputs) => convolution(gl, inputs), supportsConvolution);
  add(
    'FN_Conv2DBackInput',
    (gl, { dy, w }) => convolution(gl, { x: dy, w }, true),
    supportsConvolution,
  );
  add(
    'FN_Conv2DBackFilter',
    (gl, inputs, { kernelSize }) => filterGradient(gl, inputs, kernelSize),
    (inputs, { kernelSize }) => supportsFilterGradient(running(), inputs, kernelSize),
  );

  const normal = (inputs: Inputs, { groups }: Attributes) => supportsNorm(inputs, groups);
  add(
    'FN_GroupNormSilu',
    (gl, inputs, { groups, epsilon }) => normForward(gl, inputs, groups, epsilon),
    normal,
  );
  add('FN_GroupNormSiluGrad', (gl, inputs, { groups }) => normBackward(gl, inputs, groups), normal);

  const images = (inputs: Inputs) => supportsResampling(inputs, 2);
  add('FN_SumSpatial', (gl, { dy }) => sumSpatial(gl, dy), images);
  add(
    'FN_AvgPool2',
    (gl, { x }) => gatherCells(gl, x, x.shape[3], 0.25),
    // Of an odd side stock leaves the last row out.
    (inputs) => images(inputs) && evenSides(inputs.x),
  );
  add('FN_AvgPool2Grad', (gl, { dy }) => repeatCells(gl, dy, 0.25), images);

  const joined = (inputs: Inputs) => supportsResampling(inputs);
  const cut = (inputs: Inputs, { channels }: Attributes) => supportsResampling(inputs, channels);
  const after = (gl: MathBackendWebGL, dy: TensorInfo, channels: number) =>
    takeChannels(gl, dy, channels, dy.shape[3] - channels);
  add('FN_ConcatChannels', (gl, { a, b }) => joinChannels(gl, a, b), joined);
  add(
    'FN_ConcatChannelsGrad',
    (gl, { dy }, { channels }) => [takeChannels(gl, dy, 0, channels), after(gl, dy, channels)],
    cut,
  );
  add('FN_Upsample2Concat', (gl, { x, skip }) => repeatCells(gl, x, 1, skip), joined);
  add(
    'FN_Upsample2ConcatGrad',
    (gl, { dy }, { channels }) => [gatherCells(gl, dy, channels, 1), after(gl, dy, channels)],
    cut,
  );
  registerOptimizer('webgl', createWebglOptimizer);
  return 'ours (GLSL)';
}
