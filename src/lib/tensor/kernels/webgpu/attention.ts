/**
 * Self-attention over the n pixels of an image. x is (q, k, v), c channels each, cut into heads of d = c/heads channels:
 *   p_ij = softmax_j(q_i·k_j / √d),   y_i = Σ_j p_ij v_j
 * A workgroup makes one row of p [batch, heads, n, n]; then each number of y is one invocation's sum. The way back is in attentionBack.ts.
 */
import { type Call, ceilDiv, read, type ShaderSource, type Slice, write } from './shader.ts';

export const WORKGROUP = 64;

export interface AttentionShape {
  batch: number;
  pixels: number;
  heads: number;
  /** Channels of the output, a third of those of x. */
  channels: number;
}

export const UNIFORMS = ['pixels', 'heads', 'channels', 'count'] as const;

/** The row of this workgroup: pixel i of image b, head h; `row` is its first number. */
export const rowOf = `
  let i = group % p.pixels;
  let h = (group / p.pixels) % p.heads;
  let b = group / p.pixels / p.heads;
  let d = p.channels / p.heads;
  let row = group * p.pixels;
  let first = b * p.pixels * 3 * p.channels + h * d;
  let query = first + i * 3 * p.channels;
  let scale = inverseSqrt(f32(d));`;

/** Leaves `sums[0]` the sum, or the largest, of `mine`. */
const together = (how: (a: string, b: string) => string) => `
  sums[local] = mine;
  workgroupBarrier();
  for (var half = ${WORKGROUP / 2}; half > 0; half = half / 2) {
    if (local < half) { sums[local] = ${how('sums[local]', 'sums[local + half]')}; }
    workgroupBarrier();
  }`;
export const sum = together((a, b) => `${a} + ${b}`);
const largest = together((a, b) => `max(${a}, ${b})`);

export const declarations = `var<workgroup> sums: array<f32, ${WORKGROUP}>;`;

const weightsSource: ShaderSource = {
  key: 'attentionWeights',
  uniforms: UNIFORMS,
  buffers: [read('x'), write('weights')],
  workgroup: WORKGROUP,
  declarations,
  body: `
  if (group >= p.count) { return; }${rowOf}
  var mine = -3.0e38;
  for (var j = local; j < p.pixels; j += ${WORKGROUP}) {
    let key = first + j * 3 * p.channels + p.channels;
    var score = 0.0;
    for (var e = 0; e < d; e++) { score += x[query + e] * x[key + e]; }
    weights[row + j] = score * scale;
    mine = max(mine, score * scale);
  }${largest}
  let most = sums[0];
  workgroupBarrier();
  mine = 0.0;
  for (var j = local; j < p.pixels; j += ${WORKGROUP}) {
    let value = exp(weights[row + j] - most);
    weights[row + j] = value;
    mine += value;
  }${sum}
  let total = sums[0];
  for (var j = local; j < p.pixels; j += ${WORKGROUP}) { weights[row + j] = weights[row + j] / total; }`,
};

const mixSource: ShaderSource = {
  key: 'attentionMix',
  uniforms: UNIFORMS,
  buffers: [read('x'), read('weights'), write('y')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.count) { return; }
  let c = id % p.channels;
  let i = (id / p.channels) % p.pixels;
  let b = id / p.channels / p.pixels;
  let h = c / (p.channels / p.heads);
  let row = ((b * p.heads + h) * p.pixels + i) * p.pixels;
  var at = b * p.pixels * 3 * p.channels + 2 * p.channels + c;
  var total = 0.0;
  for (var j = 0; j < p.pixels; j++) { total += weights[row + j] * x[at]; at += 3 * p.channels; }
  y[id] = total;`,
};

export const uniforms = ({ pixels, heads, channels }: AttentionShape, count: number) => ({
  ...{ pixels, heads, channels },
  count,
});

/** `weights` receives p. */
export function attentionForward(
  shape: AttentionShape,
  { x, weights, y }: Record<'x' | 'weights' | 'y', Slice>,
): Call[] {
  const { batch, pixels, heads, channels } = shape;
  const rows = batch * heads * pixels;
  const count = batch * pixels * channels;
  return [
    {
      source: weightsSource,
      uniforms: uniforms(shape, rows),
      bindings: [x, weights],
      groups: rows,
    },
    {
      source: mixSource,
      uniforms: uniforms(shape, count),
      bindings: [x, weights, y],
      groups: ceilDiv(count, WORKGROUP),
    },
  ];
}
