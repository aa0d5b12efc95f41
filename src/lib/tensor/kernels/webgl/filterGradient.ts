/**
 * Gradients of a convolution's filter and bias (stride 1, zero padding, k = 1 or 3):
 *   dw[u,v,c,o] = Σ_{b,i,j} x[b,i+u−k/2,j+v−k/2,c] dy[b,i,j,o],   db[o] = Σ_{b,i,j} dy[b,i,j,o]
 * A fragment has one filter row u of one image, all filter columns v, and a tile of pairs of channels × pairs of outputs,
 * each in a target of its own: two channels × two outputs. The images are added in a second pass.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { draw, follow, hasTexture, type Inputs, step, sumFirst, sumSpatial } from './programs.ts';
import { drawTargets, maxTargets } from './targets.ts';

export function supportsFilterGradient({ x, dy }: Inputs, k: number): boolean {
  return (
    (k === 1 || k === 3) &&
    [x, dy].every((t) => t.shape.length === 4 && t.dtype === 'float32' && hasTexture(t))
  );
}

/** Pairs of channels and of outputs of a fragment. */
interface Tile {
  c: number;
  o: number;
}

function tileOf(k: number, targets: number): Tile {
  if (k === 3) return { c: 1, o: Math.floor(targets / 3) };
  return { c: 2, o: Math.floor(targets / 2) };
}

export function filterGradient(
  backend: MathBackendWebGL,
  { x, dy }: Inputs,
  k: number,
): TensorInfo[] {
  const batch = x.shape[0];
  const [ci, co] = [x.shape[3], dy.shape[3]];
  const [rows, columns] = [Math.ceil(ci / 2), Math.ceil(co / 2)];
  const most = tileOf(k, maxTargets(backend));
  const tile = { c: Math.min(most.c, rows), o: Math.min(most.o, columns) };
  const [down, across] = [Math.ceil(rows / tile.c), Math.ceil(columns / tile.o)];
  const parts = drawTargets(
    backend,
    { X: x, Dy: dy },
    k * tile.c * tile.o,
    [batch * k, down * across],
    (widths) => tileCode(x.shape, co, k, tile, widths),
  );
  const names = parts.map((_, t) => `Part${t}`);
  const dw = draw(
    backend,
    Object.fromEntries(parts.map((part, t) => [names[t], part])),
    [k, k, ci, co],
    `${follow}
    void main() {
      ivec4 at = getOutputCoords();
      int c = at.z / 2;
      int o = at.w / 2;
      int t = (at.y * ${tile.c} + c % ${tile.c}) * ${tile.o} + o % ${tile.o};
      int from = (at.x * ${down} + c / ${tile.c}) * ${across} + o / ${tile.o};
      int width = textureSize(Part0, 0).x;
      vec4 total = vec4(0.0);
      for (int b = 0; b < ${batch}; b++) {
        ivec2 texel = place(b * ${k * down * across} + from, width);
        ${names.map((name, t) => `${t ? 'else ' : ''}if (t == ${t}) { total += texelFetch(${name}, texel, 0); }`).join('\n        ')}
      }
      setOutput(total);
    }`,
  );
  for (const part of parts) backend.disposeIntermediateTensorInfo(part);
  const images = sumSpatial(backend, dy);
  const db = sumFirst(backend, images, batch, [co]);
  backend.disposeIntermediateTensorInfo(images);
  return [dw, db];
}

function tileCode(
  [, h, w, ci]: number[],
  co: number,
  k: number,
  tile: Tile,
  widths: Record<string, number>,
): string {
  const margin = (k - 1) / 2;
  const pairs = Math.ceil(w / 2);
  const [rows, columns] = [Math.ceil(ci / 2), Math.ceil(co / 2)];
  const [down, across] = [Math.ceil(rows / tile.c), Math.ceil(columns / tile.o)];
  const range = (count: number) => Array.from({ length: count }, (_, n) => n);
  const [inputs, outputs] = [range(tile.c), range(tile.o)];
  const target = (v: number, c: number, o: number) => (v * tile.c + c) * tile.o + o;
  const totals = range(k).flatMap((v) =>
    inputs.flatMap((c) => outputs.map((o) => ({ v, c, o, n: target(v, c, o) }))),
  );
  const walk = (at: string, distance: number, width: number) =>
    step(at, `${distance % width}, ${Math.floor(distance / width)}`, width, distance !== width);
  // The pixel that does not exist beside the last one of an odd row.
  const half = (name: string, q: string) =>
    w % 2 === 0 ? '' : `${name}.ba = mix(${name}.ba, vec2(0.0), bvec2(${q} == ${pairs - 1}));`;
  const load = (name: string, c: number, q: string) => `
          ${name}${c} = texelFetch(X, at_x${c}, 0);
          ${walk(`at_x${c}`, rows, widths.X)}
          ${half(`${name}${c}`, q)}`;
  const next = (c: number) => `${load('after', c, 'q + 1')}
          after${c} = mix(after${c}, vec4(0.0), bvec4(q == ${pairs - 1}));`;
  // The two pixels that filter column v sees of a pair.
  const seen = (v: number, c: number): [string, string] => {
    if (v < margin) return [`before${c}.bbaa`, `middle${c}.rrgg`];
    return v === margin
      ? [`middle${c}.rrgg`, `middle${c}.bbaa`]
      : [`middle${c}.bbaa`, `after${c}.rrgg`];
  };
  return `${follow}
    void run(int n) {
      int o0 = (n % ${across}) * ${tile.o};
      n /= ${across};
      int c0 = (n % ${down}) * ${tile.c};
      n /= ${down};
      int u = n % ${k};
      int b = n / ${k};
      ${totals.map(({ n }) => `vec4 sum${n} = vec4(0.0);`).join(' ')}
      for (int i = 0; i < ${h}; i++) {
        int r = i + u - ${margin};
        if (r < 0 || r >= ${h}) { continue; }
        ${inputs.map((c) => `ivec2 at_x${c} = place((b * ${h} + r) * ${pairs * rows} + c0 + ${c}, ${widths.X});`).join(' ')}
        ${outputs.map((o) => `ivec2 at_d${o} = place((b * ${h} + i) * ${pairs * columns} + o0 + ${o}, ${widths.Dy});`).join(' ')}
        ${inputs.map((c) => `vec4 before${c} = vec4(0.0); vec4 middle${c}; vec4 after${c};`).join(' ')}
        ${k === 3 ? inputs.map((c) => load('middle', c, '0')).join('') : ''}
        for (int q = 0; q < ${pairs}; q++) {
          ${outputs
            .map(
              (o) => `vec4 d${o} = texelFetch(Dy, at_d${o}, 0);
          ${walk(`at_d${o}`, columns, widths.Dy)}
          ${half(`d${o}`, 'q')}`,
            )
            .join(
              '\n          ',
            )}${inputs.map((c) => (k === 3 ? next(c) : load('middle', c, 'q'))).join('')}
          ${totals
            .map(({ v, c, o, n }) => {
              const [first, second] = seen(v, c);
              return `sum${n} += ${first} * d${o}.rgrg + ${second} * d${o}.baba;`;
            })
            .join('\n          ')}
          ${k === 3 ? inputs.map((c) => `before${c} = middle${c}; middle${c} = after${c};`).join(' ') : ''}
        }
      }
      ${totals.map(({ n }) => `target${n} = sum${n};`).join(' ')}
    }`;
}
