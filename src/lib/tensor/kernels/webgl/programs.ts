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

/** Σ_{i,j} dy, [B, 1, C]. */
export function sumSpatial(backend: MathBackendWebGL, dy: TensorInfo): TensorInfo {
  const [batch, h, w, channels] = dy.shape;
  return draw(
    backend,
    { Dy: dy },
    [batch, 1, channels],
    `void main() {
      ivec3 at = getOutputCoords();
      vec4 total = vec4(0.0);
      for (int i = 0; i < ${h}; i++) {
        for (int j = 0; j < ${w}; j += 2) {
          vec4 d = getDy(at.x, i, j, at.z);
          total.rg += d.rg;
          if (j + 1 < ${w}) { total.rg += d.ba; }
        }
      }
      setOutput(total);
    }`,
  );
}

/** False for tensors so small that they may be passed as uniforms, and for empty ones. */
export const hasTexture = ({ shape }: TensorInfo) => shape.reduce((a, b) => a * b, 1) >= 8;

/** Place of the texel with a number, of a texture of some width. */
export const follow = `
  ivec2 place(int index, int width) {
    int row = index / width;
    return ivec2(index - row * width, row);
  }`;

/**
 * Moves a place by a distance (x, y), x less than the width; `wraps` where a row of the texture may end on the way. Texels
 * that are read at a fixed distance are followed so; the samplers of TensorFlow.js divide for each.
 */
export const step = (at: string, distance: string, width: number, wraps: boolean) =>
  `${at} += ivec2(${distance});${wraps ? ` if (${at}.x >= ${width}) { ${at} += ivec2(-${width}, 1); }` : ''}`;
