/** What each kind of node does with tensors, forwards and backwards. See graph/node.ts for what it computes. */
import {
  add,
  type Tensor,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Node, NodeOf, Op } from '../../graph/node.ts';
import { attention, attentionGradient } from '../../ops/attention.ts';
import { avgPool2, avgPool2Gradient } from '../../ops/avgPool2.ts';
import {
  concatChannels,
  concatGradients,
  upsample2Concat,
  upsample2ConcatGradients,
} from '../../ops/concatChannels.ts';
import { conv2d } from '../../ops/conv2d.ts';
import {
  convFilterGradient,
  convInputGradient,
  timeBiasGradient,
} from '../../ops/convGradients.ts';
import { dense, denseGradients } from '../../ops/dense.ts';
import { embed, tableGradient } from '../../ops/embedding.ts';
import { groupNormSilu, groupNormSiluGradients } from '../../ops/groupNormSilu.ts';
import { repeat2, sum2 } from '../../ops/repeat2.ts';
import { silu, siluGradient } from '../../ops/silu.ts';
import { waves, wavesGradient } from '../../ops/waves.ts';
import type { Params } from '../../params.ts';
import { asImage, asVector } from './shapes.ts';

export type Tensors = Record<string, Tensor>;

/** What a node finds besides what it reads. */
export interface Surroundings {
  params: Params;
  given: Tensors;
  /** One-hot rows of the labels, for a table of this many rows. */
  labelRows(tableRows: number): Tensor;
  /** Doubling is left to the one join that reads the value. */
  undoubled: boolean;
}

/** Gradients of what was read, by role, and of the parameters, by name. Roles that nobody asked for may be left out. */
interface Gradients {
  reads: Tensors;
  parameters?: Tensors;
}

interface Passage<K extends Op> {
  node: NodeOf<K>;
  reads: Tensors;
  dy: Tensor;
  /** What `forward` gave beside the output. */
  kept: Tensor[];
  wanted(role: string): boolean;
  around: Surroundings;
}

interface NodeKind<K extends Op> {
  /** The output, and what `backward` needs besides. */
  forward(node: NodeOf<K>, reads: Tensors, around: Surroundings): [Tensor, ...Tensor[]];
  backward(passage: Passage<K>): Gradients;
}

const NODES: { [K in Op]: NodeKind<K> } = {
  input: {
    forward: ({ from }, _reads, { given }) => [given[from]],
    backward: () => ({ reads: {} }),
  },

  conv: {
    forward({ weight, bias }, { x, row, residual }, { params }) {
      const timeBias = row && asVector(row);
      const extras = { timeBias, residual: residual && asImage(residual) };
      const [w, b] = [params[weight] as Tensor4D, params[bias] as Tensor1D];
      return [conv2d(asImage(x), w, b, extras)];
    },
    backward({ node, reads, dy, wanted, around: { params } }) {
      const [image, w] = [asImage(dy), params[node.weight] as Tensor4D];
      const [dw, db] = convFilterGradient(asImage(reads.x), image, node.kernel);
      return {
        reads: {
          ...(wanted('x') && { x: convInputGradient(image, w) }),
          ...(wanted('row') && { row: timeBiasGradient(image) }),
          residual: dy,
        },
        parameters: { [node.weight]: dw, [node.bias]: db },
      };
    },
  },

  dense: {
    forward: ({ weight, bias }, { x }, { params }) => [
      dense(asVector(x), asVector(params[weight]), params[bias] as Tensor1D),
    ],
    backward({ node, reads, dy, around: { params } }) {
      const w = asVector(params[node.weight]);
      const [x, dw, db] = denseGradients(asVector(reads.x), w, asVector(dy));
      return { reads: { x }, parameters: { [node.weight]: dw, [node.bias]: db } };
    },
  },

  embed: {
    forward({ table }, { x }, { params, labelRows }) {
      const rows = asVector(params[table]);
      return [embed(asVector(x), asVector(labelRows(rows.shape[0])), rows)];
    },
    backward({ node, dy, around: { params, labelRows } }) {
      const rows = asVector(params[node.table]);
      const dTable = tableGradient(asVector(labelRows(rows.shape[0])), rows, asVector(dy));
      return { reads: { x: dy }, parameters: { [node.table]: dTable } };
    },
  },

  norm: {
    forward: ({ gamma, beta, groups }, { x }, { params }) =>
      groupNormSilu(asImage(x), params[gamma] as Tensor1D, params[beta] as Tensor1D, groups),
    backward({ node: { gamma, beta, groups }, reads, kept, dy, around: { params } }) {
      const [scale, shift] = [params[gamma] as Tensor1D, params[beta] as Tensor1D];
      const image = asImage(reads.x);
      const found = groupNormSiluGradients(image, scale, shift, groups, kept, asImage(dy));
      return { reads: { x: found[0] }, parameters: { [gamma]: found[1], [beta]: found[2] } };
    },
  },

  silu: {
    forward: (_, { x }) => [silu(x)],
    backward: ({ reads, dy }) => ({ reads: { x: siluGradient(reads.x, dy) } }),
  },

  pool: {
    forward: (_, { x }) => [avgPool2(asImage(x))],
    backward: ({ dy }) => ({ reads: { x: avgPool2Gradient(asImage(dy)) } }),
  },

  up: {
    forward: (_, { x }, { undoubled }) => [undoubled ? x : repeat2(asImage(x))],
    backward: ({ dy, around }) => ({ reads: { x: around.undoubled ? dy : sum2(asImage(dy)) } }),
  },

  join: {
    forward(_, reads, { undoubled }) {
      const [a, b] = [asImage(reads.a), asImage(reads.b)];
      return [undoubled ? upsample2Concat(a, b) : concatChannels(a, b)];
    },
    backward({ reads, dy, around: { undoubled } }) {
      const split = undoubled ? upsample2ConcatGradients : concatGradients;
      const [a, b] = split(asImage(dy), asImage(reads.a).shape[3]);
      return { reads: { a, b } };
    },
  },

  add: {
    forward: (_, { a, b }) => [add(a, b)],
    backward: ({ dy }) => ({ reads: { a: dy, b: dy } }),
  },

  attention: {
    forward: ({ heads }, { x }) => attention(asImage(x), heads),
    backward: ({ node, reads, kept, dy }) => ({
      reads: {
        x: attentionGradient(asImage(reads.x), node.heads, kept[0] as Tensor3D, asImage(dy)),
      },
    }),
  },

  // Only the form is another, which every value is put into anyway (pass.ts).
  reshape: {
    forward: (_, { x }) => [x],
    backward: ({ dy }) => ({ reads: { x: dy } }),
  },

  waves: {
    forward: (_, { x }) => [waves(asVector(x))],
    backward: ({ reads, dy }) => ({ reads: { x: wavesGradient(asVector(reads.x), asVector(dy)) } }),
  },
};

/** What a node's kind does. Each kind's own type of node is known above only. */
export const kindOf = (node: Node) => NODES[node.op] as unknown as NodeKind<Op>;
