/** Nodes of any shape: SiLU, sums, other shapes of the same numbers, attention. */
import { pixels, sizeOfShape } from '../../graph/node.ts';
import { type AttentionShape, attentionForward } from './attention.ts';
import { attentionBackward } from './attentionBack.ts';
import type { Into, NodeRecorder } from './nodes.ts';
import { addNumbers, silu, siluBack } from './pointwise.ts';
import { added, type Place, type Recording } from './recording.ts';

const count = (r: Recording, { shape }: Pick<Place, 'shape'>) => r.batch * sizeOfShape(shape);

export const siluNode: NodeRecorder<'silu'> = {
  forward(r, { shape }, { x }, at) {
    if (r.fusion.unwritten.has(at)) return { shape, data: x.data, of: 'silu' };
    const y = r.place(shape);
    r.calls.push(silu(count(r, y), x.data, y.data));
    return y;
  },
  backward(r, _node, { x }, { output, dy, into }) {
    if (output.of === 'silu') return { x: added(r, dy, into.x) };
    const dx = r.place(x.shape);
    r.calls.push(siluBack(count(r, dx), x.data, dy.data, dx.data, into.x?.data));
    return { x: dx };
  },
};

export const addNode: NodeRecorder<'add'> = {
  forward(r, { shape }, { a, b }) {
    const [first, second] = a.write ? [a, b] : [b, a];
    if (first.write) {
      first.write({ residual: second.data });
      return { shape, data: first.data };
    }
    const y = r.place(shape);
    r.calls.push(addNumbers(count(r, y), a.data, b.data, y.data));
    return y;
  },
  backward(r, _node, _reads, { dy, into }) {
    const found: Into = {};
    for (const role of ['a', 'b']) if (role in into) found[role] = added(r, dy, into[role]);
    return found;
  },
};

export const reshapeNode: NodeRecorder<'reshape'> = {
  forward: (_r, { shape }, { x }) => ({ shape, data: x.data }),
  backward: (r, _node, { x }, { dy, into }) => ({
    x: added(r, { shape: x.shape, data: dy.data }, into.x),
  }),
};

export const attentionNode: NodeRecorder<'attention'> = {
  forward(r, node, { x }) {
    const y = r.place(node.shape);
    const shape = attentionShape(r, node);
    const weights = r.block(r.batch * node.heads * shape.pixels ** 2);
    r.calls.push(...attentionForward(shape, { x: x.data, weights, y: y.data }));
    return { ...y, kept: weights };
  },
  backward(r, node, { x }, { output, dy, into }) {
    const dx = r.place(x.shape);
    const shape = attentionShape(r, node);
    const dScores = r.block(r.batch * node.heads * shape.pixels ** 2);
    const weights = output.kept ?? x.data;
    const buffers = { x: x.data, weights, dScores, dy: dy.data, dx: dx.data };
    r.calls.push(...attentionBackward(shape, { ...buffers, residual: into.x?.data }));
    return { x: dx };
  },
};

const attentionShape = (
  { batch }: Recording,
  { shape, heads }: { shape: Place['shape']; heads: number },
): AttentionShape => ({ batch, pixels: pixels(shape), heads, channels: shape.c });
