/**
 * The way back of dense layers whose columns may lie anywhere (columns.ts), and of tables of classes:
 *   dx[b,i] = f'(x[b,i]) Σ_o dy[b,o] w[i,o]  (+ residual[b,i]),   dw[i,o] = Σ_b f(x[b,i]) dy[b,o],   db[o] = Σ_b dy[b,o]
 *   d embedding[l,o] = Σ_b [label_b = l] dy[b,o]
 * Gradients of parameters go to `parts`.
 */
import { activated, type ColumnSize, field, WORKGROUP } from './columns.ts';
import { type Call, ceilDiv, read, type ShaderSource, type Slice, write } from './shader.ts';

/** The gradient of number `at` of a table of classes. */
const classSum = (at: string) => `
  var sum = 0.0;
  for (var b = 0; b < p.batch; b++) {
    if (i32(labels[b]) == ${at} / p.outputs) { sum += dy[b * p.outputs + ${at} % p.outputs]; }
  }
  parts[p.first + ${at}] = sum;`;

/** What a way back does besides: dx, to which something is added, and the gradient of a table of classes. */
interface BackwardKind {
  active: boolean;
  wanted: boolean;
  residual: boolean;
  classes: boolean;
}

const backwardSource = ({ active, wanted, residual, classes }: BackwardKind): ShaderSource => ({
  key: `columnsBack ${active} ${wanted} ${residual} ${classes}`,
  uniforms: ['batch', 'inputs', 'outputs', 'rows', 'first'],
  buffers: [
    ...[read('x'), read('weights'), read('table', 'u32'), read('dy')],
    ...(classes ? [read('labels')] : []),
    ...(residual ? [read('residual')] : []),
    ...(wanted ? [write('dx')] : []),
    write('parts'),
  ],
  workgroup: WORKGROUP,
  body: `
  let images = ${wanted ? 'p.batch * p.inputs' : '0'};
  ${wanted ? backToInput(active, residual) : ''}
  let rest = id - images;
  if (rest >= (p.inputs + 1) * p.outputs) {
    ${classes ? `let at = rest - (p.inputs + 1) * p.outputs; if (at < p.rows * p.outputs) { ${classSum('at')} }` : ''}
    return;
  }
  let i = rest / p.outputs;
  let o = rest % p.outputs;
  var total = 0.0;
  for (var b = 0; b < p.batch; b++) {
    // Row p.inputs is the bias.
    var factor = 1.0;
    if (i < p.inputs) { let value = x[b * p.inputs + i]; factor = ${activated(active, 'value')}; }
    total += factor * dy[b * p.outputs + o];
  }
  if (i < p.inputs) { parts[${field(3)} + i * ${field(1)}] = total; } else { parts[${field(4)}] = total; }`,
});

const backToInput = (active: boolean, residual: boolean) => `
  if (id < images) {
    let b = id / p.inputs;
    let i = id % p.inputs;
    var total = 0.0;
    for (var o = 0; o < p.outputs; o++) {
      total += dy[b * p.outputs + o] * weights[${field(0)} + i * ${field(1)}];
    }
    ${active ? 'let value = x[id]; let s = 1.0 / (1.0 + exp(-value)); total *= s * (1.0 + value * (1.0 - s));' : ''}
    dx[id] = total${residual ? ' + residual[id]' : ''};
    return;
  }`;

/** A table of classes that was added to y: its rows, and where the parts of its gradient begin. */
export interface ClassTable {
  labels: Slice;
  rows: number;
  first: number;
}

export function columnsBackward(
  { batch, inputs, outputs, active }: ColumnSize,
  buffers: Record<'x' | 'weights' | 'table' | 'dy' | 'parts', Slice> & {
    dx?: Slice;
    residual?: Slice;
  },
  classes?: ClassTable,
): Call {
  const { x, weights, table, dy, dx, residual, parts } = buffers;
  const { rows, first } = classes ?? { rows: 0, first: 0 };
  const count = (dx ? batch * inputs : 0) + (inputs + 1 + rows) * outputs;
  return {
    source: backwardSource({ active, wanted: !!dx, residual: !!residual, classes: !!classes }),
    uniforms: { batch, inputs, outputs, rows, first },
    bindings: [x, weights, table, dy, classes?.labels, residual, dx, parts].filter(
      (slice) => slice !== undefined,
    ),
    groups: ceilDiv(count, WORKGROUP),
  };
}

const sumSource: ShaderSource = {
  key: 'columnSums',
  uniforms: ['batch', 'outputs'],
  buffers: [read('parts'), read('table', 'u32'), write('dy')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.batch * p.outputs) { return; }
  let o = id % p.outputs;
  var at = ${field(5)} + (id / p.outputs) * ${field(6)};
  var total = 0.0;
  for (var n = 0; n < ${field(8)}; n++) { total += parts[at]; at += ${field(7)}; }
  dy[id] = total;`,
};

/** dy of the columns that have a `sum`. */
export function columnSums(
  { batch, outputs }: ColumnSize,
  buffers: { parts: Slice; table: Slice; dy: Slice },
): Call {
  const { parts, table, dy } = buffers;
  return {
    source: sumSource,
    uniforms: { batch, outputs },
    bindings: [parts, table, dy],
    groups: ceilDiv(batch * outputs, WORKGROUP),
  };
}

const classSource: ShaderSource = {
  key: 'classGradient',
  uniforms: ['batch', 'rows', 'outputs', 'first'],
  buffers: [read('labels'), read('dy'), write('parts')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.rows * p.outputs) { return; }
  ${classSum('id')}`,
};

/** d embedding[l] = Σ of dy[b] over the images of class l. */
export function classGradient(
  size: { batch: number; rows: number; outputs: number; first: number },
  buffers: { labels: Slice; dy: Slice; parts: Slice },
): Call {
  const { labels, dy, parts } = buffers;
  const groups = ceilDiv(size.rows * size.outputs, WORKGROUP);
  return { source: classSource, uniforms: { ...size }, bindings: [labels, dy, parts], groups };
}
