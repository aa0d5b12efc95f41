/**
 * Number by number, σ the logistic function:
 *   silu:   y = x σ(x),                               dx = dy σ(x)(1 + x(1 − σ(x))) + residual
 *   add:    y = a + b
 *   embed:  y[b,i] = x[b,i] + table[label_b, i]
 *   waves:  y[b] = (x, sin x, cos x, sin 2x, cos 2x),  dx = dy₀ + cos x dy₁ − sin x dy₂ + 2 cos 2x dy₃ − 2 sin 2x dy₄
 */
import { type Call, ceilDiv, read, type ShaderSource, type Slice, write } from './shader.ts';

const WORKGROUP = 64;

/** `value`: an expression for number `id` of what is written. */
function source(key: string, inputs: string[], value: string, uniforms: string[] = []) {
  return {
    key,
    uniforms: ['count', ...uniforms],
    buffers: [...inputs.map((name) => read(name)), write('result')],
    workgroup: WORKGROUP,
    body: `
  if (id >= p.count) { return; }
  ${value}`,
  } satisfies ShaderSource;
}

const call = (
  made: ShaderSource,
  count: number,
  bindings: Slice[],
  more: Record<string, number> = {},
): Call => ({
  source: made,
  uniforms: { count, ...more },
  bindings,
  groups: ceilDiv(count, WORKGROUP),
});

const addSource = source('add', ['a', 'b'], 'result[id] = a[id] + b[id];');

export const addNumbers = (count: number, a: Slice, b: Slice, y: Slice) =>
  call(addSource, count, [a, b, y]);

const siluSource = source('silu', ['x'], 'result[id] = x[id] / (1.0 + exp(-x[id]));');

export const silu = (count: number, x: Slice, y: Slice) => call(siluSource, count, [x, y]);

const siluBackSource = (residual: boolean) =>
  source(
    `siluBack ${residual}`,
    ['x', 'dy', ...(residual ? ['residual'] : [])],
    `let s = 1.0 / (1.0 + exp(-x[id]));
  result[id] = dy[id] * s * (1.0 + x[id] * (1.0 - s))${residual ? ' + residual[id]' : ''};`,
  );

export const siluBack = (count: number, x: Slice, dy: Slice, dx: Slice, residual?: Slice) =>
  call(siluBackSource(!!residual), count, [x, dy, ...(residual ? [residual] : []), dx]);

const embedSource = source(
  'embed',
  ['x', 'labels', 'embedding'],
  'result[id] = x[id] + embedding[i32(labels[id / p.width]) * p.width + id % p.width];',
  ['width'],
);

export function embed(
  { batch, width }: { batch: number; width: number },
  { x, labels, embedding, y }: { x: Slice; labels: Slice; embedding: Slice; y: Slice },
): Call {
  return call(embedSource, batch * width, [x, labels, embedding, y], { width });
}

const wavesSource = source(
  'waves',
  ['x'],
  `let v = x[id];
  let at = id / p.width * 5 * p.width + id % p.width;
  result[at] = v;
  result[at + p.width] = sin(v);
  result[at + 2 * p.width] = cos(v);
  result[at + 3 * p.width] = sin(2.0 * v);
  result[at + 4 * p.width] = cos(2.0 * v);`,
  ['width'],
);

/** `width`: numbers of x for each image. */
export const waves = (batch: number, width: number, x: Slice, y: Slice) =>
  call(wavesSource, batch * width, [x, y], { width });

const wavesBackSource = (residual: boolean) =>
  source(
    `wavesBack ${residual}`,
    ['x', 'dy', ...(residual ? ['residual'] : [])],
    `let v = x[id];
  let at = id / p.width * 5 * p.width + id % p.width;
  result[id] = dy[at] + cos(v) * dy[at + p.width] - sin(v) * dy[at + 2 * p.width]
    + 2.0 * (cos(2.0 * v) * dy[at + 3 * p.width] - sin(2.0 * v) * dy[at + 4 * p.width])${residual ? ' + residual[id]' : ''};`,
    ['width'],
  );

export const wavesBack = (
  batch: number,
  width: number,
  x: Slice,
  dy: Slice,
  dx: Slice,
  residual?: Slice,
) =>
  call(wavesBackSource(!!residual), batch * width, [x, dy, ...(residual ? [residual] : []), dx], {
    width,
  });
