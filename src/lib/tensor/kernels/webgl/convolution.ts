/**
 * Convolution (stride 1, zero padding, k = 1 or 3) with what a residual block adds, and the gradient of its input (`turned`):
 *   y[b,i,j,o]  = Σ_{u,v,c} x[b,i+u−k/2,j+v−k/2,c] w[u,v,c,o] + bias[o] + timeBias[b,o] + residual[b,i,j,o]
 *   dx[b,i,j,c] = Σ_{u,v,o} dy[b,i+u−k/2,j+v−k/2,o] w[k−1−u,k−1−v,c,o]
 * A fragment has two pixels × two channels.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { draw, follow, hasTexture, type Inputs } from './programs.ts';

export function supportsConvolution({ x, dy, w }: Inputs): boolean {
  const image = x ?? dy;
  const [k, k2, ci, co] = w.shape;
  return (
    (k === 1 || k === 3) &&
    k2 === k &&
    ci % 2 === 0 &&
    co % 2 === 0 &&
    [image, w].every((t) => t.shape.length === 4 && t.dtype === 'float32' && hasTexture(t))
  );
}

/** Inputs x, w and any of bias, timeBias, residual; with `turned` x is dy. */
export function convolution(backend: MathBackendWebGL, inputs: Inputs, turned = false): TensorInfo {
  const { x, w: filter, bias, timeBias, residual } = inputs;
  const [batch, h, w, read] = x.shape;
  const k = filter.shape[0];
  const [rows, columns] = [filter.shape[2] / 2, filter.shape[3] / 2];
  const written = turned ? filter.shape[2] : filter.shape[3];
  const margin = (k - 1) / 2;
  const vectors = read / 2;
  const across = Math.ceil(w / 2);
  const taps = Array.from({ length: k }, (_, v) => v);

  const product = turned
    ? (p: string, q: string) =>
        `vec4(dot(${p}, f.rg), dot(${p}, f.ba), dot(${q}, f.rg), dot(${q}, f.ba))`
    : (p: string, q: string) =>
        `vec4(${p}.x * f.rg + ${p}.y * f.ba, ${q}.x * f.rg + ${q}.y * f.ba)`;
  // The two pixels that filter column v sees.
  const pixels =
    k === 1
      ? [['here.rg', 'here.ba']]
      : [
          ['before.ba', 'here.rg'],
          ['here.rg', 'here.ba'],
          ['here.ba', 'after.rg'],
        ];
  const step = turned ? 1 : columns;
  const filterAt = (v: number) => {
    const tap = turned ? `(${k - 1} - u) * ${k} + ${k - 1 - v}` : `u * ${k} + ${v}`;
    const inner = turned ? `(o / 2) * ${columns}` : 'o / 2';
    return `(${tap}) * ${rows * columns} + ${inner}`;
  };
  const side = (name: string, shift: number, inside: string) =>
    k === 1
      ? ''
      : `
      bool has_${name} = ${inside};
      ivec2 at_${name} = place(max(first + ${shift * vectors}, 0), widthX);`;
  const load = (name: string) =>
    k === 1
      ? ''
      : `
        vec4 ${name} = has_${name} ? texelFetch(X, at_${name}, 0) : vec4(0.0);
        at_${name} = next(at_${name}, 1, widthX);`;
  const extras: string[] = [];
  if (bias) extras.push('total += getBias(o).rgrg;');
  if (timeBias)
    extras.push(
      'vec4 shift = getTimeBias(b - b % 2, o);',
      'total += b % 2 == 0 ? shift.rgrg : shift.baba;',
    );
  if (residual) extras.push('total += getResidual(b, i, j, o);');

  return draw(
    backend,
    {
      X: x,
      W: filter,
      ...(bias && { Bias: bias }),
      ...(timeBias && { TimeBias: timeBias }),
      ...(residual && { Residual: residual }),
    },
    [batch, h, w, written],
    `${follow}
    void main() {
      ivec4 out4 = getOutputCoords();
      int b = out4.x;
      int i = out4.y;
      int j = out4.z;
      int o = out4.w;
      int widthX = textureSize(X, 0).x;
      int widthW = textureSize(W, 0).x;
      vec4 total = vec4(0.0);
      for (int u = 0; u < ${k}; u++) {
        int r = i + u - ${margin};
        if (r < 0 || r >= ${h}) { continue; }
        int first = ((b * ${h} + r) * ${across} + j / 2) * ${vectors};
        ivec2 at_here = place(first, widthX);${side('before', -1, 'j > 0')}${side('after', 1, `j + 2 < ${w}`)}
        ${taps.map((v) => `ivec2 at_f${v} = place(${filterAt(v)}, widthW);`).join(' ')}
        for (int c = 0; c < ${vectors}; c++) {
          vec4 here = texelFetch(X, at_here, 0);
          at_here = next(at_here, 1, widthX);
          ${w % 2 === 0 ? '' : `if (j + 1 >= ${w}) { here.ba = vec2(0.0); }`}${load('before')}${load('after')}
          vec4 f;
          ${taps
            .map(
              (v) => `f = texelFetch(W, at_f${v}, 0);
          at_f${v} = next(at_f${v}, ${step}, widthW);
          total += ${product(pixels[v][0], pixels[v][1])};`,
            )
            .join('\n          ')}
        }
      }
      ${extras.join('\n      ')}
      setOutput(total);
    }`,
  );
}
