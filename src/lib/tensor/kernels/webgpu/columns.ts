/**
 * Dense layers whose columns may lie anywhere in the flat weights, so that the time layers of all blocks are one call:
 *   y[b,o] = bias[o] + Σ_i f(x[b,i]) w[i,o]  (+ embedding[label_b, o]) (+ residual[b,o]),   f = SiLU or the identity
 * A table says for each column o where its numbers are (see `Column`). The way back is in columnsBack.ts.
 */
import { type Call, ceilDiv, read, type ShaderSource, type Slice, write } from './shader.ts';

export const WORKGROUP = 64;
const FIELDS = 9;

export interface Column {
  /** Index of w[0,o] in the flat weights; w[i,o] is i·stride further. */
  weight: number;
  stride: number;
  bias: number;
  /** Index of dw[0,o] and of db[o] in the parts. */
  dWeight: number;
  dBias: number;
  sum?: ColumnSum;
}

/** Where dy[b,o] is found as a sum: Σ_n parts[at + b·perImage + n·perChunk], n < chunks. */
export interface ColumnSum {
  at: number;
  perImage: number;
  perChunk: number;
  chunks: number;
}

/** What may be added to the result by the same call. */
export interface ColumnExtras {
  classes?: { labels: Slice; embedding: Slice };
  residual?: Slice;
}

export function columnTable(columns: Column[]): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(
    columns.flatMap(({ weight, stride, bias, dWeight, dBias, sum }) => [
      ...[weight, stride, bias, dWeight, dBias],
      ...[sum?.at ?? 0, sum?.perImage ?? 0, sum?.perChunk ?? 0, sum?.chunks ?? 0],
    ]),
  );
}

export const field = (n: number) => `i32(table[o * ${FIELDS} + ${n}])`;
export const activated = (active: boolean, value: string) =>
  active ? `(${value} / (1.0 + exp(-${value})))` : value;

const forwardSource = (active: boolean, classes: boolean, residual: boolean): ShaderSource => ({
  key: `columns ${active} ${classes} ${residual}`,
  uniforms: ['batch', 'inputs', 'outputs'],
  buffers: [
    read('x'),
    read('weights'),
    read('table', 'u32'),
    ...(classes ? [read('labels'), read('embedding')] : []),
    ...(residual ? [read('residual')] : []),
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
  y[id] = total${residual ? ' + residual[id]' : ''};`,
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
  { classes, residual }: ColumnExtras = {},
): Call {
  const { x, weights, table, y } = buffers;
  const more = [
    ...(classes ? [classes.labels, classes.embedding] : []),
    ...(residual ? [residual] : []),
  ];
  return {
    source: forwardSource(active, classes !== undefined, residual !== undefined),
    uniforms: { batch, inputs, outputs },
    bindings: [x, weights, table, ...more, y],
    groups: ceilDiv(batch * outputs, WORKGROUP),
  };
}
