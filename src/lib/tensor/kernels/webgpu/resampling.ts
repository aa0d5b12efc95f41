/**
 * Moving numbers between image sizes; s = 2 for a doubled first part, else 1:
 *   pool:    y[i,j] = ¼ Σ_{u,v<2} x[2i+u, 2j+v],                 dx[i,j] = ¼ dy[i/2, j/2] + residual[i,j]
 *   up:      y[i,j] = x[i/2, j/2],                                dx[i,j] = Σ_{u,v<2} dy[2i+u, 2j+v] + residual[i,j]
 *   concat:  y[i,j] = (x[i/s, j/s], skip[i,j]),                   dx[i,j] = Σ_{u,v<s} dy[s·i+u, s·j+v],  dskip = dy
 */
import { type Call, ceilDiv, read, type ShaderSource, type Slice, write } from './shader.ts';

const WORKGROUP = 64;

/** id → (b, i, j, c) of an image of p.h × p.w × p.c. */
const place = `
  let c = id % p.c;
  let j = (id / p.c) % p.w;
  let i = (id / p.c / p.w) % p.h;
  let b = id / p.c / p.w / p.h;`;

const poolSource: ShaderSource = {
  key: 'pool',
  uniforms: ['h', 'w', 'c', 'count'],
  buffers: [read('x'), write('y')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.count) { return; }${place}
  let at = ((b * 2 * p.h + 2 * i) * 2 * p.w + 2 * j) * p.c + c;
  let below = at + 2 * p.w * p.c;
  y[id] = 0.25 * (x[at] + x[at + p.c] + x[below] + x[below + p.c]);`,
};

const poolBackSource = (residual: boolean): ShaderSource => ({
  key: `poolBack ${residual}`,
  uniforms: ['h', 'w', 'c', 'count'],
  buffers: [read('dy'), ...(residual ? [read('residual')] : []), write('dx')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.count) { return; }${place}
  let at = ((b * (p.h / 2) + i / 2) * (p.w / 2) + j / 2) * p.c + c;
  dx[id] = 0.25 * dy[at]${residual ? ' + residual[id]' : ''};`,
});

const upSource: ShaderSource = {
  key: 'up',
  uniforms: ['h', 'w', 'c', 'count'],
  buffers: [read('x'), write('y')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.count) { return; }${place}
  y[id] = x[((b * (p.h / 2) + i / 2) * (p.w / 2) + j / 2) * p.c + c];`,
};

const upBackSource = (residual: boolean): ShaderSource => ({
  key: `upBack ${residual}`,
  uniforms: ['h', 'w', 'c', 'count'],
  buffers: [read('dy'), ...(residual ? [read('residual')] : []), write('dx')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.count) { return; }${place}
  let at = ((b * 2 * p.h + 2 * i) * 2 * p.w + 2 * j) * p.c + c;
  let below = at + 2 * p.w * p.c;
  dx[id] = dy[at] + dy[at + p.c] + dy[below] + dy[below + p.c]${residual ? ' + residual[id]' : ''};`,
});

const concatSource: ShaderSource = {
  key: 'concat',
  uniforms: ['h', 'w', 'c', 'cx', 's', 'count'],
  buffers: [read('x'), read('skip'), write('y')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.count) { return; }${place}
  if (c < p.cx) {
    y[id] = x[((b * (p.h / p.s) + i / p.s) * (p.w / p.s) + j / p.s) * p.cx + c];
  } else {
    y[id] = skip[(id / p.c) * (p.c - p.cx) + c - p.cx];
  }`,
};

const concatBackSource: ShaderSource = {
  key: 'concatBack',
  uniforms: ['h', 'w', 'c', 'cx', 's', 'count'],
  buffers: [read('dy'), write('dx'), write('dskip')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.count) { return; }${place}
  if (c >= p.cx) {
    dskip[(id / p.c) * (p.c - p.cx) + c - p.cx] = dy[id];
  } else if (i % p.s == 0 && j % p.s == 0) {
    var total = 0.0;
    for (var u = 0; u < p.s; u++) {
      for (var v = 0; v < p.s; v++) { total += dy[id + (u * p.w + v) * p.c]; }
    }
    dx[((b * (p.h / p.s) + i / p.s) * (p.w / p.s) + j / p.s) * p.cx + c] = total;
  }`,
};

/** Sizes are those of the image that is written, or of the larger one (concat). */
export interface ImageSize {
  batch: number;
  h: number;
  w: number;
  c: number;
}

const call = (
  source: ShaderSource,
  { batch, h, w, c }: ImageSize,
  bindings: Slice[],
  more: Record<string, number> = {},
): Call => {
  const count = batch * h * w * c;
  const uniforms = { h, w, c, count, ...more };
  return { source, uniforms, bindings, groups: ceilDiv(count, WORKGROUP) };
};

export const pool = (size: ImageSize, x: Slice, y: Slice) => call(poolSource, size, [x, y]);

export const poolBack = (size: ImageSize, dy: Slice, dx: Slice, residual?: Slice) =>
  call(poolBackSource(!!residual), size, [dy, ...(residual ? [residual] : []), dx]);

export const up = (size: ImageSize, x: Slice, y: Slice) => call(upSource, size, [x, y]);

export const upBack = (size: ImageSize, dy: Slice, dx: Slice, residual?: Slice) =>
  call(upBackSource(!!residual), size, [dy, ...(residual ? [residual] : []), dx]);

/** cx: channels of x; c of `size`: all channels. */
export const concat = (size: ImageSize, cx: number, s: 1 | 2, x: Slice, skip: Slice, y: Slice) =>
  call(concatSource, size, [x, skip, y], { cx, s });

export const concatBack = (
  size: ImageSize,
  cx: number,
  s: 1 | 2,
  dy: Slice,
  dx: Slice,
  dskip: Slice,
) => call(concatBackSource, size, [dy, dx, dskip], { cx, s });
