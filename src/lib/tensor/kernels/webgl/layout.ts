/**
 * Where the texels of a packed texture lie. Rows are counted through all axes of a tensor but the last: an image [B,H,W,C]
 * has B·H·⌈W/2⌉ rows of ⌈C/2⌉ columns of texels. TensorFlow.js mostly makes the texture as wide as a row; not where it
 * would be too high.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { draw } from './programs.ts';

/** Texels of a row of the tensor, and of a row of the texture. */
export interface Layout {
  columns: number;
  width: number;
}

/** Width and height of a texture, in texels. */
export function sizeOf(backend: MathBackendWebGL, { dataId }: TensorInfo): [number, number] {
  const [height, width] = backend.texData.get(dataId).texShape as [number, number];
  return [Math.ceil(width / 2), Math.ceil(height / 2)];
}

export const layoutOf = (backend: MathBackendWebGL, tensor: TensorInfo): Layout => ({
  columns: Math.ceil((tensor.shape.at(-1) ?? 1) / 2),
  width: sizeOf(backend, tensor)[0],
});

/** Moves a place to the next column, or to the next row: additions, where `at<Name>` may have to divide. */
export const nextColumn = (at: string, { columns, width }: Layout) =>
  width % columns === 0
    ? `${at}.x += 1;`
    : `${at}.x += 1; if (${at}.x == ${width}) { ${at} += ivec2(-${width}, 1); }`;

export const nextRow = (at: string, { columns, width }: Layout) =>
  columns % width === 0
    ? `${at}.y += ${columns / width};`
    : `${at} += ivec2(${columns % width}, ${Math.floor(columns / width)}); if (${at}.x >= ${width}) { ${at} += ivec2(-${width}, 1); }`;

/** The texel that is `n` columns, or rows, after a place; for n = 0, 1, … in turn, since the place may move along. */
export const fetchColumn = (name: string, at: string, n: string, layout: Layout) =>
  layout.width % layout.columns === 0
    ? `texelFetch(${name}, ivec2(${at}.x + ${n}, ${at}.y), 0);`
    : `texelFetch(${name}, ${at}, 0); ${nextColumn(at, layout)}`;

export const fetchRow = (name: string, at: string, n: string, layout: Layout) =>
  layout.width === layout.columns
    ? `texelFetch(${name}, ivec2(${at}.x, ${at}.y + ${n}), 0);`
    : `texelFetch(${name}, ${at}, 0); ${nextRow(at, layout)}`;

/** Place of a texel by its row and column. */
export const placeFunction = (name: string, { columns, width }: Layout) =>
  `ivec2 at${name}(int row, int column) {
      ${
        width === columns
          ? 'return ivec2(column, row);'
          : `int n = row * ${columns} + column; int y = n / ${width}; return ivec2(n - y * ${width}, y);`
      }
    }`;

/** The tensor itself where its texture is packed by its own rows and columns, else such a copy. */
export function packed(backend: MathBackendWebGL, input: TensorInfo): TensorInfo {
  const data = backend.texData.get(input.dataId);
  if (!data.texture && data.values && !data.slice) {
    // Not on the device yet: it goes there as it is needed, as TensorFlow.js does it.
    data.isPacked = true;
    data.shape = input.shape;
    backend.uploadToGPU(input.dataId);
  }
  if (!data.isPacked) return backend.packTensor(input);
  if ([-1, -2].every((axis) => data.shape.at(axis) === input.shape.at(axis))) return input;
  const [type, coordinates] =
    input.shape.length === 1
      ? ['int', 'at']
      : [`ivec${input.shape.length}`, input.shape.map((_, i) => `at[${i}]`).join(', ')];
  return draw(
    backend,
    { X: input },
    input.shape,
    `void main() { ${type} at = getOutputCoords(); setOutput(getX(${coordinates})); }`,
  );
}
