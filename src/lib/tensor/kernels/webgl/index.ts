/** Our WebGL programs, registered with TensorFlow.js. Nothing above the ops knows that they exist. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { backend } from '@tensorflow/tfjs-core';
import { registerFused } from '../../ops/fused.ts';
import { registerOptimizer } from '../../optimizer.ts';
import { convolution, supportsConvolution } from './convolution.ts';
import { filterGradient, supportsFilterGradient } from './filterGradient.ts';
import { normBackward, normForward, supportsNorm } from './normalisation.ts';
import { createWebglOptimizer } from './optimizer.ts';
import type { Inputs } from './programs.ts';

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
    (inputs, { kernelSize }) => supportsFilterGradient(inputs, kernelSize as number),
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
  registerOptimizer('webgl', createWebglOptimizer);
  return 'ours (GLSL)';
}
