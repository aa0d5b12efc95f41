/**
 * Convolution (stride 1, zero padding, k = 1 or 3) with what a residual block adds, and the gradient of its input (`turned`):
 *   y[b,i,j,o]  = Σ_{u,v,c} x[b,i+u−k/2,j+v−k/2,c] w[u,v,c,o] + bias[o] + timeBias[b,o] + residual[b,i,j,o]
 *   dx[b,i,j,c] = Σ_{u,v,o} dy[b,i+u−k/2,j+v−k/2,o] w[k−1−u,k−1−v,c,o]
 * A fragment has a tile of neighbouring pairs of pixels × two channels, each pair in a target of its own; a second pass
 * puts the targets together and adds the rest.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { fetchColumn, fetchRow, type Layout } from './layout.ts';
import { hasTexture, type Inputs } from './programs.ts';
import { drawTargets, maxTargets } from './targets.ts';

export function supportsConvolution({ x, dy, w }: Inputs): boolean {
  const image = x ?? dy;
  const [k, k2] = w.shape;
  return (
    (k === 1 || k === 3) &&
    k2 === k &&
    [image, w].every((t) => t.shape.length === 4 && t.dtype === 'float32' && hasTexture(t))
  );
}

/** Inputs x, w and any of bias, timeBias, residual; with `turned` x is dy. */
export function convolution(backend: MathBackendWebGL, inputs: Inputs, turned = false): TensorInfo {
  const { x, w: filter, bias, timeBias, residual } = inputs;
  const [batch, h, w] = x.shape;
  const written = turned ? filter.shape[2] : filter.shape[3];
  const pairs = Math.ceil(w / 2);
  const tiles = Math.ceil(pairs / maxTargets(backend));
  const size = Math.ceil(pairs / tiles);
  const across = Math.ceil(written / 2);
  const parts = drawTargets(
    backend,
    { X: x, W: filter },
    size,
    [2 * batch * h * tiles, 2 * across],
    (layouts) => tileCode(x.shape, filter.shape, turned, { size, tiles }, layouts),
  );

  const extras: string[] = [];
  if (bias) extras.push('total += texelFetch(Bias, atBias(0, o), 0).rgrg;');
  if (timeBias)
    extras.push(
      `int b = line / ${h};`,
      'vec4 shift = texelFetch(TimeBias, atTimeBias(b / 2, o), 0);',
      'total += b % 2 == 0 ? shift.rgrg : shift.baba;',
    );
  if (residual) extras.push('total += texelFetch(Residual, atResidual(row, o), 0);');
  const names = parts.map((_, t) => `Part${t}`);
  const [y] = drawTargets(
    backend,
    {
      ...Object.fromEntries(parts.map((part, t) => [names[t], part])),
      ...(bias && { Bias: bias }),
      ...(timeBias && { TimeBias: timeBias }),
      ...(residual && { Residual: residual }),
    },
    1,
    [batch, h, w, written],
    () => `void run(int row, int o) {
      int line = row / ${pairs};
      int pair = row - line * ${pairs};
      int tile = ${tiles === 1 ? '0' : `pair / ${size}`};
      int t = pair - tile * ${size};
      ivec2 at = atPart0(line * ${tiles} + tile, o);
      vec4 total = vec4(0.0);
      ${names.map((name, t) => `${t ? 'else ' : ''}if (t == ${t}) { total = texelFetch(${name}, at, 0); }`).join('\n      ')}
      ${extras.join('\n      ')}
      target0 = total;
    }`,
  );
  for (const part of parts) backend.disposeIntermediateTensorInfo(part);
  return y;
}

function tileCode(
  [, h, w, read]: number[],
  [k, , ci]: number[],
  turned: boolean,
  { size, tiles }: { size: number; tiles: number },
  layouts: Record<string, Layout>,
): string {
  const margin = (k - 1) / 2;
  const pairs = Math.ceil(w / 2);
  const vectors = Math.ceil(read / 2);
  const rows = Math.ceil(ci / 2);
  const taps = Array.from({ length: k }, (_, v) => v);
  // Pairs that the tile sees, from the one before it.
  const seen = Array.from({ length: size + 2 * margin }, (_, q) => q - margin);
  const name = (q: number) => (q < 0 ? 'before' : `pair${q}`);
  // Where pairs may lie outside the image: before the first, after the last; a pair beyond that meets nothing that counts.
  const outside = (q: number) => q < 0 || q === size || (pairs % size !== 0 && q === pairs % size);
  const half = w % 2 === 1 ? (pairs - 1) % size : -1;
  const load = (q: number) => `
          vec4 ${name(q)} = ${fetchColumn('X', `at_${name(q)}`, 'c', layouts.X)}
          ${outside(q) ? `${name(q)} = mix(vec4(0.0), ${name(q)}, bvec4(has_${name(q)}));` : ''}
          ${q === half ? `${name(q)}.ba = mix(${name(q)}.ba, vec2(0.0), bvec2(first + ${q} == ${pairs - 1}));` : ''}
          ${read % 2 === 1 ? `if (c == ${vectors - 1}) { ${name(q)}.ga = vec2(0.0); }` : ''}`;
  const tap = (u: string, v: number) =>
    turned ? `(${k - 1} - ${u}) * ${k} + ${k - 1 - v}` : `${u} * ${k} + ${v}`;
  const filterAt = (v: number) =>
    turned ? `atW((${tap('u', v)}) * ${rows} + o, 0)` : `atW((${tap('u', v)}) * ${rows}, o)`;
  const clean =
    read % 2 === 0 ? '' : `if (c == ${vectors - 1}) { ${turned ? 'f.ga' : 'f.ba'} = vec2(0.0); }`;
  const product = (p: string, q: string) =>
    turned
      ? `vec4(dot(${p}, f.rg), dot(${p}, f.ba), dot(${q}, f.rg), dot(${q}, f.ba))`
      : `vec4(${p}.x * f.rg + ${p}.y * f.ba, ${q}.x * f.rg + ${q}.y * f.ba)`;
  // The two pixels of pair t that filter column v sees.
  const pixels = (t: number, v: number): [string, string] => {
    const shift = v - margin;
    if (shift < 0) return [`${name(t - 1)}.ba`, `${name(t)}.rg`];
    return shift === 0
      ? [`${name(t)}.rg`, `${name(t)}.ba`]
      : [`${name(t)}.ba`, `${name(t + 1)}.rg`];
  };
  const list = Array.from({ length: size }, (_, t) => t);
  return `void run(int row, int o) {
      int first = (row % ${tiles}) * ${size};
      row /= ${tiles};
      int i = row % ${h};
      ${seen
        .filter(outside)
        .map((q) => `bool has_${name(q)} = first + ${q} >= 0 && first + ${q} < ${pairs};`)
        .join('\n      ')}
      ${list.map((t) => `vec4 sum${t} = vec4(0.0);`).join(' ')}
      for (int u = 0; u < ${k}; u++) {
        int r = i + u - ${margin};
        if (r < 0 || r >= ${h}) { continue; }
        int from = (row + u - ${margin}) * ${pairs} + first;
        ${seen.map((q) => `ivec2 at_${name(q)} = atX(max(from + ${q}, 0), 0);`).join('\n        ')}
        ${taps.map((v) => `ivec2 at_f${v} = ${filterAt(v)};`).join(' ')}
        for (int c = 0; c < ${vectors}; c++) {${seen.map(load).join('')}
          vec4 f;
          ${taps
            .map(
              (
                v,
              ) => `f = ${turned ? fetchColumn('W', `at_f${v}`, 'c', layouts.W) : fetchRow('W', `at_f${v}`, 'c', layouts.W)}
          ${clean}
          ${list.map((t) => `sum${t} += ${product(...pixels(t, v))};`).join('\n          ')}`,
            )
            .join('\n          ')}
        }
      }
      ${list.map((t) => `target${t} = sum${t};`).join(' ')}
    }`;
}
