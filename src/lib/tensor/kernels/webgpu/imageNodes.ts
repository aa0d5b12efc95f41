/** Nodes of images: convolution, normalisation, resampling, joining. */
import { pixels } from '../../graph/node.ts';
import { type ConvShape, convolution } from './convolution.ts';
import { filterGradient, filterParts } from './filterGradient.ts';
import type { Into, NodeRecorder } from './nodes.ts';
import { type NormShape, normBackward, normForward } from './normalisation.ts';
import { added, type Place, type Recording } from './recording.ts';
import { concat, concatBack, pool, poolBack, up, upBack } from './resampling.ts';
import { sumParts } from './sumParts.ts';

export const EPSILON = 1e-5;

const sizeOf = ({ batch }: Recording, { shape }: { shape: Place['shape'] }) => ({
  batch,
  ...shape,
});

const convShape = (r: Recording, x: Place, co: number, k: 1 | 3): ConvShape => {
  const { h, w, c } = x.shape;
  return { batch: r.batch, h, w, ci: c, co, k };
};

export const convNode: NodeRecorder<'conv'> = {
  forward(r, { kernel, weight, bias, shape }, { x, row, residual }) {
    const y = r.place(shape);
    r.calls.push(
      convolution(
        { ...convShape(r, x, shape.c, kernel), row: row?.row },
        {
          x: x.data,
          w: r.param(weight),
          bias: r.param(bias),
          timeBias: row?.data,
          residual: residual?.data,
          y: y.data,
        },
      ),
    );
    return y;
  },

  backward(r, { kernel, weight, bias, reads, shape }, { x }, { dy, into }) {
    const { parts } = r;
    const filter = convShape(r, x, shape.c, kernel);
    const { count, floats: stride, perImage } = filterParts(filter);
    const at = r.takeParts(count * stride);
    /** Of the bias; those of an image add up to the gradient of its row. */
    const last = at + stride - shape.c;
    r.collect(weight, { at, stride, count });
    r.collect(bias, { at: last, stride, count });
    r.calls.push(filterGradient(filter, { x: x.data, dy: dy.data, parts }, at));

    const found: Into = {};
    if ('x' in into) {
      const dx = r.place(x.shape);
      const call = { x: dy.data, w: r.param(weight), y: dx.data, residual: into.x?.data };
      r.calls.push(convolution(convShape(r, dy, x.shape.c, kernel), call, true));
      found.x = dx;
    }
    if ('row' in into && reads.row !== undefined) {
      const row: Place = { shape: { h: 1, w: 1, c: shape.c }, data: parts };
      if (r.fusion.banks.get(reads.row)?.rows)
        row.sums = { at: last, perImage: perImage * stride, perChunk: stride, chunks: perImage };
      else {
        row.data = r.place(row.shape).data;
        const size = { outer: r.batch, count: perImage, floats: shape.c, stride, first: last };
        r.calls.push(sumParts(parts, row.data, size));
      }
      found.row = added(r, row, into.row);
    }
    if ('residual' in into) found.residual = added(r, dy, into.residual);
    return found;
  },
};

const normShape = (r: Recording, { shape, groups }: { shape: Place['shape']; groups: number }) =>
  ({ batch: r.batch, pixels: pixels(shape), channels: shape.c, groups }) satisfies NormShape;

export const normNode: NodeRecorder<'norm'> = {
  forward(r, node, { x }) {
    const y = r.place(node.shape);
    const stats = r.block(2 * r.batch * node.groups);
    const [gamma, beta] = [r.param(node.gamma), r.param(node.beta)];
    const buffers = { x: x.data, gamma, beta, y: y.data, stats };
    r.calls.push(normForward(normShape(r, node), buffers, EPSILON));
    return { ...y, kept: stats };
  },

  backward(r, node, { x }, { output, dy, into }) {
    const { c } = node.shape;
    const dx = r.place(node.shape);
    const at = r.takeParts(r.batch * 2 * c);
    const spread = { stride: 2 * c, count: r.batch };
    r.collect(node.gamma, { at, ...spread });
    r.collect(node.beta, { at: at + c, ...spread });
    const [gamma, beta] = [r.param(node.gamma), r.param(node.beta)];
    const stats = output.kept ?? x.data;
    const buffers = { x: x.data, gamma, beta, stats, dy: dy.data, residual: into.x?.data };
    r.calls.push(normBackward(normShape(r, node), { ...buffers, dx: dx.data, parts: r.parts }, at));
    return { x: dx };
  },
};

export const poolNode: NodeRecorder<'pool'> = {
  forward(r, node, { x }) {
    const y = r.place(node.shape);
    r.calls.push(pool(sizeOf(r, y), x.data, y.data));
    return y;
  },
  backward(r, _node, { x }, { dy, into }) {
    const dx = r.place(x.shape);
    r.calls.push(poolBack(sizeOf(r, dx), dy.data, dx.data, into.x?.data));
    return { x: dx };
  },
};

export const upNode: NodeRecorder<'up'> = {
  forward(r, { shape }, { x }, at) {
    if (r.fusion.unwritten.has(at)) return { shape, data: x.data, of: 'up' };
    const y = r.place(shape);
    r.calls.push(up(sizeOf(r, y), x.data, y.data));
    return y;
  },
  backward(r, _node, { x }, { output, dy, into }) {
    if (output.of === 'up') return { x: added(r, dy, into.x) };
    const dx = r.place(x.shape);
    r.calls.push(upBack(sizeOf(r, dx), dy.data, dx.data, into.x?.data));
    return { x: dx };
  },
};

const timesOf = (place: Place): 1 | 2 => (place.of === 'up' ? 2 : 1);

export const joinNode: NodeRecorder<'join'> = {
  forward(r, { shape }, { a, b }) {
    const y = r.place(shape);
    const places = [a.data, b.data, y.data] as const;
    r.calls.push(concat(sizeOf(r, y), a.shape.c, timesOf(a), ...places));
    return y;
  },
  backward(r, _node, { a, b }, { dy, into }) {
    const s = timesOf(a);
    const { h, w, c } = a.shape;
    const da = r.place({ h: h / s, w: w / s, c });
    const db = r.place(b.shape);
    const places = [dy.data, da.data, db.data] as const;
    r.calls.push(concatBack(sizeOf(r, dy), a.shape.c, s, ...places));
    const found: Into = {};
    if ('a' in into) found.a = added(r, da, into.a);
    if ('b' in into) found.b = added(r, db, into.b);
    return found;
  },
};
