/**
 * The way back of self-attention (attention.ts), from dy:
 *   dp_ij = dy_i·v_j,   ds_ij = p_ij (dp_ij − Σ_j p_ij dp_ij) / √d
 *   dq_i = Σ_j ds_ij k_j,   dk_j = Σ_i ds_ij q_i,   dv_j = Σ_i p_ij dy_i
 */
import {
  type AttentionShape,
  declarations,
  rowOf,
  sum,
  UNIFORMS,
  uniforms,
  WORKGROUP,
} from './attention.ts';
import { type Call, ceilDiv, read, type ShaderSource, type Slice, write } from './shader.ts';

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
    ...['x', 'weights', 'dScores', 'dy', ...(residual ? ['residual'] : [])].map((name) =>
      read(name),
    ),
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
