/**
 * A network as data: nodes in the order of computation, each with the shape of what it gives out, and the parameters that
 * they name. Engines (op by op, wasm, WebGPU) implement nodes; walk.ts goes through them forwards and backwards.
 *
 * A value is [batch, h, w, c]; a vector is 1×1×c. σ is the logistic function.
 *   input      what the caller gives, under a name
 *   conv       y = x * weight + bias (+ row, one number for each image and channel) (+ residual); stride 1, zero padding
 *   dense      y = x·weight + bias, of a vector
 *   embed      y = x + table[label of the image]; the last row of the table is for "no label"
 *   norm       y = a·σ(a), a = γ·(x − mean)/√(var + 1e-5) + β, over each image and each group of neighbouring channels
 *   silu       y = x·σ(x)
 *   pool       y[i,j] = mean of x over the 2×2 pixels of (i, j)
 *   up         y[i,j] = x[⌊i/2⌋, ⌊j/2⌋]
 *   join       the channels of a, then those of b
 *   add        y = a + b
 *   attention  x is (q, k, v) of c channels each, cut into heads of d = c/heads: y = softmax(q·kᵀ/√d)·v, over all pixels
 *   reshape    the same numbers, [h, w, c] in this order
 *   waves      y = (x, sin x, cos x, sin 2x, cos 2x), of a vector
 */
import type { ParamSpec } from '../params.ts';

/** Of one image. */
export interface Shape {
  h: number;
  w: number;
  c: number;
}

/** A value: the index of the node that gives it out. */
export type Value = number;

/** What each kind of node says of itself besides its shape; strings are names of parameters. */
interface Kinds {
  input: { from: string; reads: Record<string, never> };
  conv: {
    kernel: 1 | 3;
    weight: string;
    bias: string;
    reads: { x: Value; row?: Value; residual?: Value };
  };
  dense: { weight: string; bias: string; reads: { x: Value } };
  embed: { table: string; reads: { x: Value } };
  norm: { gamma: string; beta: string; groups: number; reads: { x: Value } };
  silu: { reads: { x: Value } };
  pool: { reads: { x: Value } };
  up: { reads: { x: Value } };
  join: { reads: { a: Value; b: Value } };
  add: { reads: { a: Value; b: Value } };
  attention: { heads: number; reads: { x: Value } };
  reshape: { reads: { x: Value } };
  waves: { reads: { x: Value } };
}

export type Op = keyof Kinds;
export type NodeOf<K extends Op> = { op: K; shape: Shape } & Kinds[K];
export type Node = { [K in Op]: NodeOf<K> }[Op];

export interface Graph {
  nodes: readonly Node[];
  output: Value;
  /** Every parameter, in the order of flat storage and of the checkpoint format. */
  specs: ParamSpec[];
  /** Values that can be looked at, by name. */
  named: ReadonlyMap<string, Value>;
}

export const pixels = ({ h, w }: Shape) => h * w;
export const sizeOfShape = ({ h, w, c }: Shape) => h * w * c;

/** Of one of the inputs. */
export function inputShape({ nodes }: Graph, from: string): Shape {
  const found = nodes.find((node) => node.op === 'input' && node.from === from);
  if (!found) throw new Error(`The network has no input "${from}".`);
  return found.shape;
}

/** Classes that the network has a row for; the label "none" is this number. */
export function classesOf({ nodes, specs }: Graph): number {
  const embed = nodes.find((node) => node.op === 'embed');
  const table = specs.find(({ name }) => embed?.op === 'embed' && name === embed.table);
  return table ? table.shape[0] - 1 : 0;
}

/** What a node reads, by role. */
export const readsOf = (node: Node) => Object.entries(node.reads) as [role: string, value: Value][];

/** Parameters that a node uses. */
export function parametersOf(node: Node): string[] {
  switch (node.op) {
    case 'conv':
    case 'dense':
      return [node.weight, node.bias];
    case 'embed':
      return [node.table];
    case 'norm':
      return [node.gamma, node.beta];
    default:
      return [];
  }
}

/** For each value: the index of the last node that reads it, or −1. */
export function lastReaders({ nodes }: Graph): number[] {
  const last = nodes.map(() => -1);
  nodes.forEach((node, i) => {
    for (const [, value] of readsOf(node)) last[value] = i;
  });
  return last;
}

/** For each value: how many reads there are of it. */
export function readCounts({ nodes }: Graph): number[] {
  const counts = nodes.map(() => 0);
  for (const node of nodes) for (const [, value] of readsOf(node)) counts[value]++;
  return counts;
}

/** For each value: whether a parameter, or one of the named inputs, moves it. */
export function movable({ nodes }: Graph, inputs: readonly string[] = []): boolean[] {
  const moved: boolean[] = [];
  for (const node of nodes)
    moved.push(
      node.op === 'input'
        ? inputs.includes(node.from)
        : parametersOf(node).length > 0 || readsOf(node).some(([, value]) => moved[value]),
    );
  return moved;
}

/**
 * Floating-point operations of a forward pass for one image, a multiplication and an addition counted as two;
 * normalisation and activations (under 5 %) are left out.
 */
export function graphFlops({ nodes }: Graph): number {
  let multiplyAdds = 0;
  for (const node of nodes) {
    if (node.op === 'conv')
      multiplyAdds += sizeOfShape(node.shape) * node.kernel ** 2 * nodes[node.reads.x].shape.c;
    if (node.op === 'dense') multiplyAdds += node.shape.c * nodes[node.reads.x].shape.c;
    if (node.op === 'attention') multiplyAdds += 2 * pixels(node.shape) ** 2 * node.shape.c;
  }
  return 2 * multiplyAdds;
}
