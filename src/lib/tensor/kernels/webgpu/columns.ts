/**
 * Dense layers whose columns may lie anywhere in the flat weights, so that the time layers of all blocks are one call:
 *   y[b,o] = bias[o] + Σ_i f(x[b,i]) w[i,o]  (+ embedding[label_b, o]),   f = SiLU or the identity
 *   dx[b,i] = f'(x[b,i]) Σ_o dy[b,o] w[i,o],   dw[i,o] = Σ_b f(x[b,i]) dy[b,o],   db[o] = Σ_b dy[b,o]
 * A table says for each column o where its numbers are (see `Column`); dw and db go to `parts`.
 */
import { type Call, ceilDiv, type ShaderSource, type Slice } from './shader.ts';

const WORKGROUP = 64;
const FIELDS = 9;

export interface Column {
  /** Index of w[0,o] in the flat weights; w[i,o] is i·stride further. */
  weight: number;
  stride: number;
  bias: number;
  /** Index of dw[0,o] and of db[o] in the parts. */
  dWeight: number;
  dBias: number;
  /** Where dy[b,o] is found as a sum: Σ_n parts[at + b·perImage + n·perChunk], n < chunks. */
  sum?: { at: number; perImage: number; perChunk: number; chunks: number };
}

export function columnTable(columns: Column[]): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(
    columns.flatMap(({ weight, stride, bias, dWeight, dBias, sum }) => [
      ...[weight, stride, bias, dWeight, dBias],
      ...[sum?.at ?? 0, sum?.perImage ?? 0, sum?.perChunk ?? 0, sum?.chunks ?? 0],
    ]),
  );
}

const read = (name: string, type: 'f32' | 'u32' = 'f32') => ({ name, type });
const write = (name: string) => ({ name, type: 'f32' as const, write: true });
const field = (n: number) => `i32(table[o * ${FIELDS} + ${n}])`;
const activated = (active: boolean, value: string) =>
  active ? `(${value} / (1.0 + exp(-${value})))` : value;

const forwardSource = (active: boolean, classes: boolean): ShaderSource => ({
  key: `columns ${active} ${classes}`,
  uniforms: ['batch', 'inputs', 'outputs'],
  buffers: [
    read('x'),
    read('weights'),
    read('table', 'u32'),
    ...(classes ? [read('labels'), read('embedding')] : []),
    write('y'),
  ],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.batch * p.outputs) { return; }
  let b = id / p.outputs;
  let o = id % p.outputs;
  var total = weights[${field(2)}];
  var at = ${field(0)};
  let stride = ${field(1)};
  for (var i = 0; i < p.inputs; i++) {
    let value = x[b * p.inputs + i];
    total += ${activated(active, 'value')} * weights[at];
    at += stride;
  }
  ${classes ? 'total += embedding[i32(labels[b]) * p.outputs + o];' : ''}
  y[id] = total;`,
});

export interface ColumnSize {
  batch: number;
  inputs: number;
  outputs: number;
  /** SiLU on what is read. */
  active: boolean;
}

export function columnsForward(
  { batch, inputs, outputs, active }: ColumnSize,
  buffers: { x: Slice; weights: Slice; table: Slice; y: Slice },
  classes?: { labels: Slice; embedding: Slice },
): Call {
  const { x, weights, table, y } = buffers;
  const more = classes ? [classes.labels, classes.embedding] : [];
  return {
    source: forwardSource(active, classes !== undefined),
    uniforms: { batch, inputs, outputs },
    bindings: [x, weights, table, ...more, y],
    groups: ceilDiv(batch * outputs, WORKGROUP),
  };
}

const backwardSource = (active: boolean): ShaderSource => ({
  key: `columnsBack ${active}`,
  uniforms: ['batch', 'inputs', 'outputs'],
  buffers: [
    read('x'),
    read('weights'),
    read('table', 'u32'),
    read('dy'),
    write('dx'),
    write('parts'),
  ],
  workgroup: WORKGROUP,
  body: `
  let images = p.batch * p.inputs;
  if (id < images) {
    let b = id / p.inputs;
    let i = id % p.inputs;
    var total = 0.0;
    for (var o = 0; o < p.outputs; o++) {
      total += dy[b * p.outputs + o] * weights[${field(0)} + i * ${field(1)}];
    }
    ${active ? 'let value = x[id]; let s = 1.0 / (1.0 + exp(-value)); total *= s * (1.0 + value * (1.0 - s));' : ''}
    dx[id] = total;
    return;
  }
  let rest = id - images;
  if (rest >= (p.inputs + 1) * p.outputs) { return; }
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

export function columnsBackward(
  { batch, inputs, outputs, active }: ColumnSize,
  buffers: { x: Slice; weights: Slice; table: Slice; dy: Slice; dx: Slice; parts: Slice },
): Call {
  const { x, weights, table, dy, dx, parts } = buffers;
  return {
    source: backwardSource(active),
    uniforms: { batch, inputs, outputs },
    bindings: [x, weights, table, dy, dx, parts],
    groups: ceilDiv(batch * inputs + (inputs + 1) * outputs, WORKGROUP),
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
  uniforms: ['batch', 'rows', 'width', 'first'],
  buffers: [read('labels'), read('dy'), write('parts')],
  workgroup: WORKGROUP,
  body: `
  if (id >= p.rows * p.width) { return; }
  var total = 0.0;
  for (var b = 0; b < p.batch; b++) {
    if (i32(labels[b]) == id / p.width) { total += dy[b * p.width + id % p.width]; }
  }
  parts[p.first + id] = total;`,
};

/** d embedding[l] = Σ of dy[b] over the images of class l. */
export function classGradient(
  size: { batch: number; rows: number; width: number; first: number },
  buffers: { labels: Slice; dy: Slice; parts: Slice },
): Call {
  const { labels, dy, parts } = buffers;
  const groups = ceilDiv(size.rows * size.width, WORKGROUP);
  return { source: classSource, uniforms: { ...size }, bindings: [labels, dy, parts], groups };
}
