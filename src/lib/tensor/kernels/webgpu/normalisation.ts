/**
 * Group normalisation and SiLU, one workgroup for each image and group (N = h·w·C/G numbers), two passes over them:
 *   x̂ = (x − mean)·rstd,   a = γ x̂ + β,   y = a·σ(a)
 *   da = dy·σ(a)(1 + a(1 − σ(a))),   dγ_c = Σ da x̂,   dβ_c = Σ da   (over one image: `parts` [B, 2, C], to be added)
 *   dx = rstd·(γ da − Σ_c γ_c dβ_c / N − x̂ Σ_c γ_c dγ_c / N) + residual
 * The means of γ da and γ da x̂ come from the sums of each channel, so the backward pass reduces once.
 * Statistics are taken about the group's first number, which keeps the variance exact where the mean is large.
 */
import type { Call, ShaderSource, Slice } from './shader.ts';

export interface NormShape {
  batch: number;
  pixels: number;
  channels: number;
  groups: number;
}

const WORKGROUP = 64;
const UNIFORMS = ['pixels', 'channels', 'groups', 'first', 'epsilon'] as const;

const head = `
  let perGroup = p.channels / p.groups;
  let b = group / p.groups;
  let c0 = (group % p.groups) * perGroup;
  let count = p.pixels * perGroup;
  let base = b * p.pixels * p.channels + c0;`;

const forwardSource: ShaderSource = {
  key: 'groupNormSilu',
  uniforms: UNIFORMS,
  floats: ['epsilon'],
  buffers: [
    { name: 'x', type: 'f32' },
    { name: 'gamma', type: 'f32' },
    { name: 'beta', type: 'f32' },
    { name: 'y', type: 'f32', write: true },
    { name: 'stats', type: 'f32', write: true },
  ],
  workgroup: WORKGROUP,
  declarations: `var<workgroup> sums: array<vec2f, ${WORKGROUP}>;`,
  body: `${head}
  let origin = x[base];
  var total = vec2f();
  for (var n = local; n < p.pixels; n += ${WORKGROUP}) {
    let at = base + n * p.channels;
    for (var c = 0; c < perGroup; c++) {
      let d = x[at + c] - origin;
      total += vec2f(d, d * d);
    }
  }
  sums[local] = total;
  workgroupBarrier();
  for (var half = ${WORKGROUP / 2}; half > 0; half = half / 2) {
    if (local < half) { sums[local] += sums[local + half]; }
    workgroupBarrier();
  }
  let mean = sums[0] / f32(count);
  let rstd = inverseSqrt(max(mean.y - mean.x * mean.x, 0.0) + p.epsilon);
  let mu = origin + mean.x;
  if (local == 0) { stats[2 * group] = mu; stats[2 * group + 1] = rstd; }
  for (var c = 0; c < perGroup; c++) {
    let scale = rstd * gamma[c0 + c];
    let shift = beta[c0 + c];
    for (var n = local; n < p.pixels; n += ${WORKGROUP}) {
      let at = base + n * p.channels + c;
      let a = (x[at] - mu) * scale + shift;
      y[at] = a / (1.0 + exp(-a));
    }
  }`,
};

/** `stats` receives (mean, 1/√(var+ε)) for each image and group. */
export function normForward(
  { batch, pixels, channels, groups }: NormShape,
  buffers: { x: Slice; gamma: Slice; beta: Slice; y: Slice; stats: Slice },
  epsilon: number,
): Call {
  const { x, gamma, beta, y, stats } = buffers;
  return {
    source: forwardSource,
    uniforms: { pixels, channels, groups, first: 0, epsilon },
    bindings: [x, gamma, beta, y, stats],
    groups: batch * groups,
  };
}

/** Channels of a group that one workgroup has room for. */
export const MOST_PER_GROUP = 16;

function backwardSource(perGroup: number, residual: boolean): ShaderSource {
  const value = `
      let at = base + n * p.channels + c;
      let hat = (x[at] - mu) * rstd;
      let a = hat * g + shift;
      let s = 1.0 / (1.0 + exp(-a));
      let da = dy[at] * s * (1.0 + a * (1.0 - s));`;
  return {
    key: `groupNormSiluGrad ${perGroup} ${residual}`,
    uniforms: UNIFORMS,
    floats: ['epsilon'],
    buffers: [
      { name: 'x', type: 'f32' },
      { name: 'gamma', type: 'f32' },
      { name: 'beta', type: 'f32' },
      { name: 'stats', type: 'f32' },
      { name: 'dy', type: 'f32' },
      ...(residual ? [{ name: 'residual', type: 'f32' as const }] : []),
      { name: 'dx', type: 'f32', write: true },
      { name: 'parts', type: 'f32', write: true },
    ],
    workgroup: WORKGROUP,
    declarations: `var<workgroup> sums: array<vec2f, ${WORKGROUP * perGroup}>;
var<workgroup> channel: array<vec2f, ${perGroup}>;`,
    body: `${head}
  // epsilon is in the statistics already.
  let mu = stats[2 * group];
  let rstd = stats[2 * group + 1];
  for (var c = 0; c < ${perGroup}; c++) {
    let g = gamma[c0 + c];
    let shift = beta[c0 + c];
    var total = vec2f();
    for (var n = local; n < p.pixels; n += ${WORKGROUP}) {${value}
      total += vec2f(da * hat, da);
    }
    sums[c * ${WORKGROUP} + local] = total;
  }
  workgroupBarrier();
  if (local < ${perGroup}) {
    var total = vec2f();
    for (var n = 0; n < ${WORKGROUP}; n++) { total += sums[local * ${WORKGROUP} + n]; }
    channel[local] = total;
    parts[p.first + b * 2 * p.channels + c0 + local] = total.x;
    parts[p.first + b * 2 * p.channels + p.channels + c0 + local] = total.y;
  }
  workgroupBarrier();
  var mean = vec2f();
  for (var c = 0; c < ${perGroup}; c++) { mean += channel[c] * gamma[c0 + c]; }
  mean = mean / f32(count);
  for (var c = 0; c < ${perGroup}; c++) {
    let g = gamma[c0 + c];
    let shift = beta[c0 + c];
    for (var n = local; n < p.pixels; n += ${WORKGROUP}) {${value}
      dx[at] = rstd * (g * da - mean.y - hat * mean.x)${residual ? ' + residual[at]' : ''};
    }
  }`,
  };
}

/** `first` is the index of the first part in `parts`. Eight storage buffers: as many as every device allows. */
export function normBackward(
  { batch, pixels, channels, groups }: NormShape,
  buffers: {
    x: Slice;
    gamma: Slice;
    beta: Slice;
    stats: Slice;
    dy: Slice;
    residual?: Slice;
    dx: Slice;
    parts: Slice;
  },
  first = 0,
): Call {
  const { x, gamma, beta, stats, dy, residual, dx, parts } = buffers;
  return {
    source: backwardSource(channels / groups, residual !== undefined),
    uniforms: { pixels, channels, groups, first, epsilon: 0 },
    bindings: [x, gamma, beta, stats, dy, ...(residual ? [residual] : []), dx, parts],
    groups: batch * groups,
  };
}
