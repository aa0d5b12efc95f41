/**
 * Gradients of a convolution's filter and bias (stride 1, zero padding, k = 1 or 3):
 *   dw[u,v,c,o] = Σ_{b,i,j} x[b,i+u−k/2,j+v−k/2,c] dy[b,i,j,o],   db[o] = Σ_{b,i,j} dy[b,i,j,o]
 * A fragment has one filter row u of one image, all filter columns v, and a tile of pairs of channels × pairs of outputs,
 * each in a target of its own: two channels × two outputs. The images are added in a second pass.
 */
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Layout, nextRow } from './layout.ts';
import { hasTexture, type Inputs } from './programs.ts';
import { sumImages, sumSpatial } from './sums.ts';
import { drawTargets, maxTargets } from './targets.ts';

export function supportsFilterGradient(
  backend: MathBackendWebGL,
  { x, dy }: Inputs,
  k: number,
): boolean {
  return (
    (k === 1 || k === 3) &&
    maxTargets(backend) >= k &&
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
  const c = targets < 4 ? 1 : 2;
  return { c, o: Math.floor(targets / c) };
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
    [2 * batch * k, 2 * down * across],
    (layouts) => tileCode(x.shape, co, k, tile, layouts),
  );
  const names = parts.map((_, t) => `Part${t}`);
  const inputs = Object.fromEntries(parts.map((part, t) => [names[t], part]));
  const [dw] = drawTargets(
    backend,
    inputs,
    1,
    [k, k, ci, co],
    () => `void run(int row, int o) {
      int c = row % ${rows};
      row /= ${rows};
      int v = row % ${k};
      int u = row / ${k};
      int t = (v * ${tile.c} + c % ${tile.c}) * ${tile.o} + o % ${tile.o};
      int column = c / ${tile.c} * ${across} + o / ${tile.o};
      vec4 total = vec4(0.0);
      for (int b = 0; b < ${batch}; b++) {
        ivec2 at = atPart0(b * ${k} + u, column);
        ${names.map((name, t) => `${t ? 'else ' : ''}if (t == ${t}) { total += texelFetch(${name}, at, 0); }`).join('\n        ')}
      }
      target0 = total;
    }`,
  );
  for (const part of parts) backend.disposeIntermediateTensorInfo(part);
  const images = sumSpatial(backend, dy);
  const db = sumImages(backend, images);
  backend.disposeIntermediateTensorInfo(images);
  return [dw, db];
}

function tileCode(
  [, h, w]: number[],
  co: number,
  k: number,
  tile: Tile,
  layouts: Record<string, Layout>,
): string {
  const margin = (k - 1) / 2;
  const pairs = Math.ceil(w / 2);
  const across = Math.ceil(Math.ceil(co / 2) / tile.o);
  const range = (count: number) => Array.from({ length: count }, (_, n) => n);
  const [inputs, outputs] = [range(tile.c), range(tile.o)];
  const target = (v: number, c: number, o: number) => (v * tile.c + c) * tile.o + o;
  const totals = range(k).flatMap((v) =>
    inputs.flatMap((c) => outputs.map((o) => ({ v, c, o, n: target(v, c, o) }))),
  );
  const load = (name: string, c: number) =>
    `${name}${c} = texelFetch(X, at_x${c}, 0); ${nextRow(`at_x${c}`, layouts.X)}`;
  const middle = k === 1 ? 'middle' : 'after';
  // What filter column v sees of a pair; after the last one there is nothing.
  const product = (v: number, c: number, o: number, last: boolean) => {
    const [first, second] =
      v < margin
        ? [`before${c}.bbaa`, `middle${c}.rrgg`]
        : v === margin
          ? [`middle${c}.rrgg`, `middle${c}.bbaa`]
          : [`middle${c}.bbaa`, last ? '' : `after${c}.rrgg`];
    return `${first} * d${o}.rgrg${second && ` + ${second} * d${o}.baba`}`;
  };
  const pair = (last: boolean) =>
    [
      ...outputs.map(
        (o) => `vec4 d${o} = texelFetch(Dy, at_d${o}, 0); ${nextRow(`at_d${o}`, layouts.Dy)}`,
      ),
      ...(k === 3 && last ? [] : inputs.map((c) => load(middle, c))),
      // The pixel that does not exist beside the last one of an odd row.
      ...(last && w % 2 === 1
        ? [...outputs.map((o) => `d${o}.ba`), ...inputs.map((c) => `middle${c}.ba`)].map(
            (two) => `${two} = vec2(0.0);`,
          )
        : []),
      ...totals.map(({ v, c, o, n }) => `sum${n} += ${product(v, c, o, last)};`),
      ...(k === 3 && !last
        ? inputs.map((c) => `before${c} = middle${c}; middle${c} = after${c};`)
        : []),
    ].join('\n          ');
  return `void run(int row, int column) {
      int o0 = (column % ${across}) * ${tile.o};
      int c0 = (column / ${across}) * ${tile.c};
      int u = row % ${k};
      int b = row / ${k};
      ${totals.map(({ n }) => `vec4 sum${n} = vec4(0.0);`).join(' ')}
      for (int i = 0; i < ${h}; i++) {
        int r = i + u - ${margin};
        if (r < 0 || r >= ${h}) { continue; }
        ${inputs.map((c) => `ivec2 at_x${c} = atX((b * ${h} + r) * ${pairs}, c0 + ${c});`).join(' ')}
        ${outputs.map((o) => `ivec2 at_d${o} = atDy((b * ${h} + i) * ${pairs}, o0 + ${o});`).join(' ')}
        ${inputs.map((c) => `vec4 before${c} = vec4(0.0); vec4 middle${c}; vec4 after${c};`).join(' ')}
        ${k === 3 ? inputs.map((c) => load('middle', c)).join(' ') : ''}
        for (int q = 1; q < ${pairs}; q++) {
          ${pair(false)}
        }
        {
          ${pair(true)}
        }
      }
      ${totals.map(({ n }) => `target${n} = sum${n};`).join(' ')}
    }`;
}
