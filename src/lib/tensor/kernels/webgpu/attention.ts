/**
 * Self-attention over the n pixels of an image. x is (q, k, v), c channels each, cut into heads of d = c/heads channels:
 *   p_ij = softmax_j(q_i·k_j / √d),   y_i = Σ_j p_ij v_j
 *   dp_ij = dy_i·v_j,   ds_ij = p_ij (dp_ij − Σ_j p_ij dp_ij) / √d
 *   dq_i = Σ_j ds_ij k_j,   dk_j = Σ_i ds_ij q_i,   dv_j = Σ_i p_ij dy_i
 * A workgroup makes one row of p or ds [batch, heads, n, n]; then each number of y or dx is one invocation's sum.
 */
import { type Call, ceilDiv, type ShaderSource, type Slice } from './shader.ts';

const WORKGROUP = 64;
const read = (name: string) => ({ name, type: 'f32' as const });
const write = (name: string) => ({ name, type: 'f32' as const, write: true });

export interface AttentionShape {
  batch: number;
  pixels: number;
  heads: number;
  /** Channels of the output, a third of those of x. */
  channels: number;
}

const UNIFORMS = ['pixels', 'heads', 'channels', 'count'] as const;

/** The row of this workgroup: pixel i of image b, head h; `row` is its first number. */
const rowOf = `
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
const sum = together((a, b) => `${a} + ${b}`);
const largest = together((a, b) => `max(${a}, ${b})`);

const declarations = `var<workgroup> sums: array<f32, ${WORKGROUP}>;`;

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

const scoresSource: ShaderSource = {
  key: 'attentionScores',
  uniforms: UNIFORMS,
  buffers: [read('x'), read('weights'), read('dy'), write('dScores')],
  workgroup: WORKGROUP,
  declarations,
  body: `
  if (group >= p.count) { return; }${rowOf}
  let given = (b * p.pixels + i) * p.channels + h * d;
  var mine = 0.0;
  for (var j = local; j < p.pixels; j += ${WORKGROUP}) {
    let value = first + j * 3 * p.channels + 2 * p.channels;
    var total = 0.0;
    for (var e = 0; e < d; e++) { total += dy[given + e] * x[value + e]; }
    dScores[row + j] = total;
    mine += weights[row + j] * total;
  }${sum}
  let mean = sums[0];
  for (var j = local; j < p.pixels; j += ${WORKGROUP}) {
    dScores[row + j] = weights[row + j] * (dScores[row + j] - mean) * scale;
  }`,
};

const backSource = (residual: boolean): ShaderSource => ({
  key: `attentionBack ${residual}`,
  uniforms: UNIFORMS,
  buffers: [
    ...['x', 'weights', 'dScores', 'dy', ...(residual ? ['residual'] : [])].map(read),
    write('dx'),
  ],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.count) { return; }
  let part = (id / p.channels) % 3;
  let c = id % p.channels;
  let i = (id / (3 * p.channels)) % p.pixels;
  let b = id / (3 * p.channels) / p.pixels;
  let h = c / (p.channels / p.heads);
  let square = (b * p.heads + h) * p.pixels * p.pixels;
  let image = b * p.pixels;
  var total = 0.0;
  for (var j = 0; j < p.pixels; j++) {
    let other = (image + j) * 3 * p.channels + c;
    if (part == 0) {
      total += dScores[square + i * p.pixels + j] * x[other + p.channels];
    } else if (part == 1) {
      total += dScores[square + j * p.pixels + i] * x[other];
    } else {
      total += weights[square + j * p.pixels + i] * dy[(image + j) * p.channels + c];
    }
  }
  dx[id] = total${residual ? ' + residual[id]' : ''};`,
});

const uniforms = ({ pixels, heads, channels }: AttentionShape, count: number) => ({
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

/** `dScores` receives ds. */
export function attentionBackward(
  shape: AttentionShape,
  buffers: Record<'x' | 'weights' | 'dScores' | 'dy' | 'dx', Slice> & { residual?: Slice },
): Call[] {
  const { x, weights, dScores, dy, dx, residual } = buffers;
  const { batch, pixels, heads, channels } = shape;
  const rows = batch * heads * pixels;
  const count = 3 * batch * pixels * channels;
  return [
    {
      source: scoresSource,
      uniforms: uniforms(shape, rows),
      bindings: [x, weights, dy, dScores],
      groups: rows,
    },
    {
      source: backSource(residual !== undefined),
      uniforms: uniforms(shape, count),
      bindings: [x, weights, dScores, dy, ...(residual ? [residual] : []), dx],
      groups: ceilDiv(count, WORKGROUP),
    },
  ];
}
