/**
 * The optimiser of optimizer.ts over all parameters in two calls. Parameters lie one after another, each in whole
 * segments of 64 numbers (so that each starts where a binding may start):
 *   gather: g[e] = Σ_n parts[at + n·stride] (+ g[e]), squares[group] = Σ g²     (a table, see below)
 *   adam:   ‖g‖ = √Σ squares, g scaled to ‖g‖ ≤ clip,
 *           m ← β₁m + (1−β₁)g,   v ← β₂v + (1−β₂)g²,
 *           p ← p − rate·m / (√(v·root²) + ε),   ema ← decay·ema + (1−decay)·p
 */
import { ADAM, adamNumbers, type StepHyper } from '../../adam.ts';
import { type Call, ceilDiv, read, type ShaderSource, type Slice, write } from './shader.ts';

export const SEGMENT = 64;
const GATHER = 64;
const ADAM_GROUP = 256;

/**
 * The table has four words for each segment: at, stride, count, and length + (SEGMENT + 1)·(row where the segment goes on, 0 for
 * none), since a parameter that is used twice has two sums.
 *
 * `more`: added to the gradient that is there. */
const gatherSource = (more: boolean): ShaderSource => ({
  key: `gather ${more}`,
  uniforms: ['count'],
  buffers: [read('parts'), read('table', 'u32'), write('gradient'), write('squares')],
  workgroup: GATHER,
  declarations: `var<workgroup> sums: array<f32, ${GATHER}>;`,
  body: `
  var total = 0.0;
  if (id < p.count) {
    var row = id / ${SEGMENT};
    loop {
      let last = i32(table[4 * row + 3]);
      if (id % ${SEGMENT} < last % ${SEGMENT + 1}) {
        var at = i32(table[4 * row]) + id % ${SEGMENT};
        let stride = i32(table[4 * row + 1]);
        for (var n = 0; n < i32(table[4 * row + 2]); n++) { total += parts[at]; at += stride; }
      }
      row = last / ${SEGMENT + 1};
      if (row == 0) { break; }
    }
    ${more ? 'total += gradient[id];' : ''}
    gradient[id] = total;
  }
  sums[local] = total * total;
  workgroupBarrier();
  if (local == 0) {
    var all = 0.0;
    for (var n = 0; n < ${GATHER}; n++) { all += sums[n]; }
    squares[group] = all;
  }`,
});

const FLOATS = ['clip', 'rate', 'root', 'decay'] as const;

const adamSource: ShaderSource = {
  key: 'adam',
  uniforms: ['count', 'groups', ...FLOATS],
  floats: FLOATS,
  buffers: [
    read('gradient'),
    read('squares'),
    ...['weights', 'm', 'v', 'ema', 'result'].map((name) => write(name)),
  ],
  workgroup: ADAM_GROUP,
  declarations: `var<workgroup> sums: array<f32, ${ADAM_GROUP}>;`,
  body: `
  var part = 0.0;
  for (var n = local; n < p.groups; n += ${ADAM_GROUP}) { part += squares[n]; }
  sums[local] = part;
  workgroupBarrier();
  for (var half = ${ADAM_GROUP / 2}; half > 0; half = half / 2) {
    if (local < half) { sums[local] += sums[local + half]; }
    workgroupBarrier();
  }
  let norm = sqrt(sums[0]);
  if (id == 0) { result[0] = norm; }
  if (id >= p.count) { return; }
  var scale = 1.0;
  if (p.clip > 0.0) { scale = min(1.0, p.clip / (norm + 1e-12)); }
  let g = gradient[id] * scale;
  let first = ${ADAM.beta1} * m[id] + ${1 - ADAM.beta1} * g;
  let second = ${ADAM.beta2} * v[id] + ${1 - ADAM.beta2} * g * g;
  let next = weights[id] - p.rate * first / (sqrt(second) * p.root + ${ADAM.epsilon});
  m[id] = first;
  v[id] = second;
  weights[id] = next;
  ema[id] = p.decay * ema[id] + (1.0 - p.decay) * next;`,
};

export function gather(
  count: number,
  buffers: { parts: Slice; table: Slice; gradient: Slice; squares: Slice },
  more = false,
): Call {
  const { parts, table, gradient, squares } = buffers;
  return {
    source: gatherSource(more),
    uniforms: { count },
    bindings: [parts, table, gradient, squares],
    groups: ceilDiv(count, GATHER),
  };
}

/** Workgroups of `gather`: the length of `squares`. */
export const gatherGroups = (count: number) => ceilDiv(count, GATHER);

export interface AdamBuffers {
  gradient: Slice;
  squares: Slice;
  weights: Slice;
  m: Slice;
  v: Slice;
  ema: Slice;
  /** Receives the norm of the gradient, before clipping, at index 0. */
  result: Slice;
}

export function adam(count: number, buffers: AdamBuffers, hyper: StepHyper): Call {
  const { gradient, squares, weights, m, v, ema, result } = buffers;
  return {
    source: adamSource,
    uniforms: {
      count,
      groups: gatherGroups(count),
      clip: hyper.clipNorm,
      ...adamNumbers(hyper),
    },
    bindings: [gradient, squares, weights, m, v, ema, result],
    groups: ceilDiv(count, ADAM_GROUP),
  };
}
