/**
 * Gradients of a convolution's filter and bias (stride 1, zero padding, k = 1 or 3):
 *   dw[u,v,c,o] = Σ_{b,i,j} x[b,i+u−k/2,j+v−k/2,c] dy[b,i,j,o],   db[o] = Σ_{b,i,j} dy[b,i,j,o]
 * A fragment has two channels × two outputs of one filter position and one image; a pair of texels serves eight products
 * where the stock program fetches two for each. The images are added in a second pass.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { draw, follow, hasTexture, type Inputs, sumFirst } from './programs.ts';

export function supportsFilterGradient({ x, dy }: Inputs, k: number): boolean {
  return (
    (k === 1 || k === 3) &&
    [x, dy].every((t) => t.shape.length === 4 && t.dtype === 'float32' && hasTexture(t))
  );
}

export function filterGradient(
  backend: MathBackendWebGL,
  { x, dy }: Inputs,
  k: number,
): TensorInfo[] {
  const [batch, h, w, ci] = x.shape;
  const co = dy.shape[3];
  const margin = (k - 1) / 2;
  const across = Math.ceil(w / 2);
  const [rows, columns] = [Math.ceil(ci / 2), Math.ceil(co / 2)];
  // The next texel of pixels with what lies outside the image set to 0; `at` is the first of its two pixels.
  const load = (name: string, at: string) => `
          ${name} = vec4(0.0);
          if (${at} < ${w}) { ${name} = texelFetch(X, atX, 0); atX = next(atX, ${rows}, widthX); }
          if (${at} + 1 >= ${w}) { ${name}.ba = vec2(0.0); }`;
  const parts = draw(
    backend,
    { X: x, Dy: dy },
    [batch * k * k, ci, co],
    `${follow}
    void main() {
      ivec3 at = getOutputCoords();
      int b = at.x / ${k * k};
      int u = (at.x / ${k}) % ${k};
      int v = at.x % ${k};
      int widthX = textureSize(X, 0).x;
      int widthDy = textureSize(Dy, 0).x;
      vec4 total = vec4(0.0);
      for (int i = 0; i < ${h}; i++) {
        int r = i + u - ${margin};
        if (r < 0 || r >= ${h}) { continue; }
        ivec2 atX = place((b * ${h} + r) * ${across * rows} + at.y / 2, widthX);
        ivec2 atDy = place((b * ${h} + i) * ${across * columns} + at.z / 2, widthDy);
        vec4 before = vec4(0.0);
        vec4 middle;
        vec4 after;
        ${k === 3 ? load('middle', '0') : ''}
        for (int j = 0; j < ${w}; j += 2) {
          vec4 d = texelFetch(Dy, atDy, 0);
          atDy = next(atDy, ${columns}, widthDy);
          if (j + 1 >= ${w}) { d.ba = vec2(0.0); }
          ${
            k === 3
              ? `${load('after', 'j + 2')}
          vec4 here = v == 0 ? vec4(before.ba, middle.rg) : v == 2 ? vec4(middle.ba, after.rg) : middle;
          before = middle;
          middle = after;`
              : `${load('middle', 'j')}
          vec4 here = middle;`
          }
          total += here.rrgg * d.rgrg + here.bbaa * d.baba;
        }
      }
      setOutput(total);
    }`,
  );
  const dw = sumFirst(backend, parts, batch, [k, k, ci, co]);
  backend.disposeIntermediateTensorInfo(parts);
  const images = imageSums(backend, dy);
  const db = sumFirst(backend, images, batch, [co]);
  backend.disposeIntermediateTensorInfo(images);
  return [dw, db];
}

/** Σ_{i,j} dy, [B, 1, C]. */
function imageSums(backend: MathBackendWebGL, dy: TensorInfo): TensorInfo {
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
