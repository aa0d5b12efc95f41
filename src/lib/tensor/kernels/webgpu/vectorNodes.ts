/** Nodes of vectors: dense layers, which may be a bank (fusion.ts), tables of classes, waves. */
import { sizeOf } from '../../params.ts';
import { type Column, type ColumnSize, columnsForward } from './columns.ts';
import { classGradient, columnSums, columnsBackward } from './columnsBack.ts';
import type { Bank } from './fusion.ts';
import type { Into, NodeRecorder } from './nodes.ts';
import { embed, waves, wavesBack } from './pointwise.ts';
import { added, type Place, type Recording, settle } from './recording.ts';

/** A member's layer, and where its columns begin among those of the bank. */
function membersOf({ graph, layout }: Recording, { members }: Bank) {
  let width = 0;
  const layers = members.map((at) => {
    const node = graph.nodes[at];
    if (node.op !== 'dense') throw new Error(`Node ${at} is not a dense layer.`);
    const { weight, bias, shape } = node;
    const first = width;
    width += shape.c;
    const columns = (place: (o: number) => Partial<Column> = () => ({})): Column[] =>
      Array.from({ length: shape.c }, (_, o) => ({
        weight: layout.at(weight) + o,
        stride: shape.c,
        bias: layout.at(bias) + o,
        ...{ dWeight: 0, dBias: 0 },
        ...place(o),
      }));
    return { at, weight, bias, width: shape.c, first, columns };
  });
  return { layers, width };
}

const sizeOfBank = (r: Recording, x: Place, outputs: number): ColumnSize => ({
  batch: r.batch,
  inputs: x.shape.c,
  outputs,
  active: x.of === 'silu',
});

export const denseNode: NodeRecorder<'dense'> = {
  forward(r, _node, { x }, at) {
    const bank = r.fusion.banks.get(at) as Bank;
    if (at === bank.members[0]) {
      const { layers, width } = membersOf(r, bank);
      const data = r.block(r.batch * width);
      const table = r.table(layers.flatMap(({ columns }) => columns()));
      const buffers = { x: x.data, weights: { buffer: r.weights }, table, y: data };
      const size = sizeOfBank(r, x, width);
      const write: Place['write'] = (extras) =>
        void r.calls.push(columnsForward(size, buffers, extras));
      const later = r.fusion.putOff.has(at);
      if (!later) write();
      for (const layer of layers)
        r.rows.set(layer.at, {
          shape: { h: 1, w: 1, c: layer.width },
          data,
          row: bank.rows ? { first: layer.first, stride: width } : undefined,
          write: later ? write : undefined,
        });
    }
    return r.rows.get(at) as Place;
  },

  backward(r, _node, { x }, { dy, into, at }): Into {
    const bank = r.fusion.banks.get(at) as Bank;
    r.rowGradients.set(at, dy);
    // The first member is the last that the walk comes to.
    if (at !== bank.members[0]) return { x: into.x };
    const { layers, width } = membersOf(r, bank);
    const size = sizeOfBank(r, x, width);
    const { parts } = r;
    const columns = layers.flatMap((layer) => {
      const dWeight = r.takeParts(x.shape.c * layer.width);
      const dBias = r.takeParts(layer.width);
      r.collect(layer.weight, { at: dWeight, stride: 0, count: 1 });
      r.collect(layer.bias, { at: dBias, stride: 0, count: 1 });
      const sums = r.rowGradients.get(layer.at)?.sums;
      return layer.columns((o) => ({
        dWeight: dWeight + o,
        dBias: dBias + o,
        sum: sums && { ...sums, at: sums.at + o },
      }));
    });
    const table = r.table(columns);
    let given = dy.data;
    if (bank.rows) {
      given = r.block(r.batch * width);
      r.calls.push(columnSums(size, { parts, table, dy: given }));
    }
    const common = { x: x.data, weights: { buffer: r.weights }, table, dy: given, parts };
    if (!('x' in into)) {
      r.calls.push(columnsBackward(size, common, dy.classes));
      return {};
    }
    const dx = r.block(r.batch * x.shape.c);
    const write: Place['write'] = ({ residual } = {}) =>
      void r.calls.push(columnsBackward(size, { ...common, dx, residual }, dy.classes));
    const found: Place = { shape: x.shape, data: dx };
    if (into.x) {
      settle(into.x);
      write({ residual: into.x.data });
    }
    // SiLU's node may have something to add.
    else if (x.of === 'silu') found.write = write;
    else write();
    return { x: found };
  },
};

export const embedNode: NodeRecorder<'embed'> = {
  forward(r, { table, shape }, { x }) {
    const { labels } = r;
    const embedding = r.param(table);
    if (x.write) {
      x.write({ classes: { labels, embedding } });
      return { shape, data: x.data };
    }
    const y = r.place(shape);
    const buffers = { x: x.data, labels, embedding, y: y.data };
    r.calls.push(embed({ batch: r.batch, width: shape.c }, buffers));
    return y;
  },
  backward(r, { table, shape, reads }, _places, { dy, into }): Into {
    const outputs = shape.c;
    const spec = r.graph.specs.find(({ name }) => name === table);
    const rows = sizeOf(spec?.shape ?? []) / outputs;
    const first = r.takeParts(rows * outputs);
    r.collect(table, { at: first, stride: 0, count: 1 });
    const { batch, labels, parts } = r;
    if (r.fusion.putOff.has(reads.x)) return { x: { ...dy, classes: { labels, rows, first } } };
    r.calls.push(classGradient({ batch, rows, outputs, first }, { labels, dy: dy.data, parts }));
    return 'x' in into ? { x: added(r, dy, into.x) } : {};
  },
};

export const wavesNode: NodeRecorder<'waves'> = {
  forward(r, { shape }, { x }) {
    const y = r.place(shape);
    r.calls.push(waves(r.batch, x.shape.c, x.data, y.data));
    return y;
  },
  backward(r, _node, { x }, { dy, into }) {
    const dx = r.place(x.shape);
    r.calls.push(wavesBack(r.batch, x.shape.c, x.data, dy.data, dx.data, into.x?.data));
    return { x: dx };
  },
};
