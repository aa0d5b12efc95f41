/**
 * Halving, doubling and joining of images. Rows and columns are those of texels: two pixels × two channels.
 *   2×2 mean:  y[i,j] = ¼ Σ x[2i..2i+1, 2j..2j+1],   dx[i,j] = ¼ dy[i/2, j/2]
 *   doubling:  y[i,j] = x[i/2, j/2],                  dx[i,j] = Σ dy[2i..2i+1, 2j..2j+1]
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Inputs } from './programs.ts';
import { drawTargets } from './targets.ts';

/** Images with an even number of channels in what comes first, where the second begins with a texel. */
export function supportsResampling(inputs: Inputs, channels?: number): boolean {
  const [first] = Object.values(inputs);
  return (
    Object.values(inputs).every(
      ({ shape, dtype }) =>
        shape.length === 4 && dtype === 'float32' && shape.every((extent) => extent > 0),
    ) && (channels ?? first.shape[3]) % 2 === 0
  );
}

export const evenSides = ({ shape: [, h, w] }: TensorInfo) => h % 2 === 0 && w % 2 === 0;

/** The sum of each 2×2 cell of the columns that y has, times a scale. */
export function gatherCells(
  backend: MathBackendWebGL,
  x: TensorInfo,
  channels: number,
  scale: number,
): TensorInfo {
  const [batch, h, w] = x.shape;
  const [read, written] = [Math.ceil(w / 2), Math.ceil(w / 4)];
  const shape = [batch, h / 2, w / 2, channels];
  const [y] = drawTargets(
    backend,
    { X: x },
    1,
    shape,
    () => `vec2 cell(int row, int column) {
      vec4 sum = texelFetch(X, atX(row, column), 0) + texelFetch(X, atX(row + ${read}, column), 0);
      return sum.rg + sum.ba;
    }
    void run(int row, int column) {
      int line = row / ${written};
      int pair = 2 * (row - line * ${written});
      int from = 2 * line * ${read} + pair;
      target0 = ${scale.toFixed(2)} * vec4(cell(from, column), pair + 1 < ${read} ? cell(from + 1, column) : vec2(0.0));
    }`,
  );
  return y;
}

/** Each pixel four times and times a scale, then the channels of `skip`. */
export function repeatCells(
  backend: MathBackendWebGL,
  x: TensorInfo,
  scale: number,
  skip?: TensorInfo,
): TensorInfo {
  const [batch, h, w, channels] = x.shape;
  const read = Math.ceil(w / 2);
  const shape = [batch, 2 * h, 2 * w, channels + (skip?.shape[3] ?? 0)];
  const columns = Math.ceil(channels / 2);
  const [y] = drawTargets(
    backend,
    { X: x, ...(skip && { Skip: skip }) },
    1,
    shape,
    () => `void run(int row, int column) {
      ${skip ? `if (column >= ${columns}) { target0 = texelFetch(Skip, atSkip(row, column - ${columns}), 0); return; }` : ''}
      int line = row / ${w};
      int pixel = row - line * ${w};
      vec4 two = texelFetch(X, atX(line / 2 * ${read} + pixel / 2, column), 0);
      target0 = ${scale.toFixed(2)} * (pixel % 2 == 0 ? two.rgrg : two.baba);
    }`,
  );
  return y;
}

/** The channels of a, then those of b. */
export function joinChannels(backend: MathBackendWebGL, a: TensorInfo, b: TensorInfo): TensorInfo {
  const columns = a.shape[3] / 2;
  const [y] = drawTargets(
    backend,
    { A: a, B: b },
    1,
    [...a.shape.slice(0, 3), a.shape[3] + b.shape[3]],
    () => `void run(int row, int column) {
      if (column < ${columns}) { target0 = texelFetch(A, atA(row, column), 0); }
      else { target0 = texelFetch(B, atB(row, column - ${columns}), 0); }
    }`,
  );
  return y;
}

/** Channels from an even one on. */
export function takeChannels(
  backend: MathBackendWebGL,
  x: TensorInfo,
  from: number,
  channels: number,
): TensorInfo {
  const [y] = drawTargets(
    backend,
    { X: x },
    1,
    [...x.shape.slice(0, 3), channels],
    () => `void run(int row, int column) {
      target0 = texelFetch(X, atX(row, column + ${from / 2}), 0);
    }`,
  );
  return y;
}
