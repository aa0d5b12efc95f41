/** Sums of images: Σ_{i,j} x[b,i,j,c] for each image, and over the images. */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { nextRow } from './layout.ts';
import { drawTargets } from './targets.ts';

/** [B, H, W, C] → [B, C]. */
export function sumSpatial(backend: MathBackendWebGL, x: TensorInfo): TensorInfo {
  const [batch, h, w, channels] = x.shape;
  const pairs = Math.ceil(w / 2);
  const [sums] = drawTargets(
    backend,
    { X: x },
    1,
    [batch, channels],
    ({ X }) => `vec2 image(int b, int column) {
      vec2 total = vec2(0.0);
      for (int pair = 0; pair < ${pairs}; pair++) {
        ivec2 at = atX(b * ${h * pairs} + pair, column);
        for (int i = 0; i < ${h}; i++) {
          vec4 two = texelFetch(X, at, 0);
          ${nextRow('at', { ...X, columns: X.columns * pairs })}
          total += two.rg${
            w % 2
              ? `;
          if (pair < ${pairs - 1}) { total += two.ba; }`
              : ' + two.ba;'
          }
        }
      }
      return total;
    }
    void run(int row, int column) {
      int b = 2 * row;
      target0 = vec4(image(b, column), b + 1 < ${batch} ? image(b + 1, column) : vec2(0.0));
    }`,
  );
  return sums;
}

/** [B, C] → [C]. */
export function sumImages(backend: MathBackendWebGL, x: TensorInfo): TensorInfo {
  const [batch, channels] = x.shape;
  const [sums] = drawTargets(
    backend,
    { X: x },
    1,
    [channels],
    () => `void run(int row, int column) {
      vec4 total = vec4(0.0);
      for (int n = 0; n < ${Math.floor(batch / 2)}; n++) { total += texelFetch(X, atX(n, column), 0); }
      total.rg += total.ba;
      ${batch % 2 ? `total.rg += texelFetch(X, atX(${(batch - 1) / 2}, column), 0).rg;` : ''}
      target0 = vec4(total.rg, 0.0, 0.0);
    }`,
  );
  return sums;
}
