/**
 * How our WebGL programs are run. All of them read and write "packed" textures: a texel holds two rows × two columns of
 * the last two axes, (r,c), (r,c+1), (r+1,c), (r+1,c+1) in r, g, b, a; of images [B,H,W,C] that is two neighbouring pixels
 * × two channels. Where an axis is odd the rest of its last texel is undefined, so sums have to leave it out.
 */

import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';

export type Inputs = Record<string, TensorInfo>;

/** Runs a program whose samplers have the names of `inputs`: get<Name>(…) for each. */
export function draw(
  backend: MathBackendWebGL,
  inputs: Inputs,
  outputShape: number[],
  userCode: string,
): TensorInfo {
  const program: GPGPUProgram = {
    variableNames: Object.keys(inputs),
    outputShape,
    userCode,
    packedInputs: true,
    packedOutput: true,
  };
  return backend.compileAndRun(program, Object.values(inputs), 'float32');
}

/** False for tensors so small that they may be passed as uniforms, and for empty ones. */
export const hasTexture = ({ shape }: TensorInfo) => shape.reduce((a, b) => a * b, 1) >= 8;
