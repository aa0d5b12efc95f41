/** Every layer of a graph with its prepared weights and gradient accumulators, by node. */
import type { Graph, NodeOf } from '../../graph/node.ts';
import type { Fusion } from './fusion.ts';
import type { Matrix, Vector, WeightPlan } from './weightPlan.ts';

/** A bias: which of two layers that share it adds it, and which computes its gradient. */
export interface Bias extends Vector {
  adds: boolean;
  counts: boolean;
}

export interface ConvWeights {
  /** Of the channels in their own size. */
  weight: Matrix;
  /** Of the channels that come doubled. */
  low: Matrix | null;
  /** In place of `weight`, where a single channel comes in or goes out: weights as they are, [9, n]. */
  single: Vector | null;
  bias: Bias;
}

export interface GraphWeights {
  conv(node: NodeOf<'conv'>): ConvWeights;
  dense(node: NodeOf<'dense'>): { weight: Matrix; bias: Bias };
  embed(node: NodeOf<'embed'>): Vector;
  norm(node: NodeOf<'norm'>): { gamma: Vector; beta: Vector };
}

export function graphWeights({ nodes }: Graph, fusion: Fusion, plan: WeightPlan): GraphWeights {
  const { low, single, partner } = fusion;
  // Of two biases that are one, the layer which computes first adds both, the other one has the gradient.
  const firsts = new Map([...partner].map(([second, first]) => [first, second]));
  const vectors = new Map<string, Vector>();
  const biasOf = (name: string): Bias => {
    const other = partner.get(name) ?? firsts.get(name);
    const known = vectors.get(name) ?? plan.vector(name, other);
    vectors.set(name, known);
    if (other !== undefined) vectors.set(other, known);
    return { ...known, adds: !partner.has(name), counts: !firsts.has(name) };
  };
  const made = new Map(
    nodes.flatMap((node, i): [unknown, unknown][] => {
      if (node.op === 'conv') {
        const { weight: name, bias, kernel, reads } = node;
        const alone = single.has(i) || single.has(reads.x) ? plan.vector(name) : null;
        const count = low.get(reads.x);
        const kind = kernel === 3 ? plan.conv3 : plan.matrix;
        const parts = alone
          ? [null, null]
          : count === undefined
            ? [null, kind(name)]
            : plan.split(name, count);
        return [[node, { low: parts[0], weight: parts[1], single: alone, bias: biasOf(bias) }]];
      }
      if (node.op === 'dense')
        return [[node, { weight: plan.matrix(node.weight), bias: biasOf(node.bias) }]];
      if (node.op === 'embed') return [[node, plan.vector(node.table)]];
      if (node.op === 'norm')
        return [[node, { gamma: plan.vector(node.gamma), beta: plan.vector(node.beta) }]];
      return [];
    }),
  );
  const of = (node: unknown) => made.get(node) as never;
  return { conv: of, dense: of, embed: of, norm: of };
}
