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

/** y = Σ over the first axis of parts [n·m, R, C] → shape, with m·R·C numbers. */
export function sumFirst(
  backend: MathBackendWebGL,
  parts: TensorInfo,
  count: number,
  shape: number[],
): TensorInfo {
  const [all, rows, columns] = parts.shape;
  const each = all / count;
  const summed = draw(
    backend,
    { Parts: parts },
    [each, rows, columns],
    `void main() {
      ivec3 at = getOutputCoords();
      vec4 total = vec4(0.0);
      for (int n = 0; n < ${count}; n++) { total += getParts(n * ${each} + at.x, at.y, at.z); }
      setOutput(total);
    }`,
  );
  return { ...summed, shape };
}

/** False for tensors so small that they may be passed as uniforms, and for empty ones. */
export const hasTexture = ({ shape }: TensorInfo) => shape.reduce((a, b) => a * b, 1) >= 8;

/**
 * For texels that are read one after another at a fixed distance: their place in the texture is followed by additions;
 * the samplers of TensorFlow.js divide for each.
 */
export const follow = `
  ivec2 place(int index, int width) {
    int row = index / width;
    return ivec2(index - row * width, row);
  }
  ivec2 next(ivec2 at, int distance, int width) {
    at.x += distance;
    while (at.x >= width) { at.x -= width; at.y += 1; }
    return at;
  }`;
