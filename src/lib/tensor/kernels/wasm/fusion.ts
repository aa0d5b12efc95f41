/**
 * What a program need not do, seen from the graph alone:
 * - Doubling commutes with what treats pixels alone, and the 3×3 convolution of a doubled image needs 9 multiplications where
 *   a plain one needs 16 (kernels/src/winograd_up.c). So an `up` that a `join` reads is never made: the join is a pair
 *   [small images, skip], and so is its normalisation; convolutions take the parts one by one.
 * - The parts of another join are written where the join is read.
 * - A 1×1 convolution that another convolution adds to its own is written where the sum will stand, and the two biases are one,
 *   with one gradient; so are the biases of a convolution and of the dense layer that gives its `row`.
 * - A single channel goes its own way (kernels/src/conv_one.c).
 */
import {
  type Graph,
  type NodeOf,
  type Op,
  parametersOf,
  pixels,
  readCounts,
  readsOf,
  type Value,
} from '../../graph/node.ts';
import type { FusedLoss } from '../../module.ts';

export interface Fusion {
  /** Of each value made of pairs: how many of its channels come from the small images. */
  low: ReadonlyMap<Value, number>;
  /** Where in which join a value is written. */
  joined: ReadonlyMap<Value, { join: Value; from: number }>;
  /** Sums that stand where their `residual` stood. */
  inPlace: ReadonlySet<Value>;
  /** Values of one channel without padding. */
  single: ReadonlySet<Value>;
  /** Bias → the bias that is added to it, and has its gradient. */
  partner: ReadonlyMap<string, string>;
}

/** Nodes whose kernels take numbers that lie without gaps. */
export const GAPLESS: readonly Op[] = ['silu', 'dense', 'embed', 'reshape', 'waves'];

/** `wanted`: inputs whose gradient is asked for. */
export function fuse(graph: Graph, wanted: readonly string[]): Fusion {
  const { nodes, output } = graph;
  const counts = readCounts(graph);
  const readers = nodes.map((_, value) =>
    nodes.filter((node) => readsOf(node).some(([, read]) => read === value)),
  );

  const low = new Map<Value, number>();
  nodes.forEach((node, i) => {
    if (node.op === 'join' && pairable(i)) low.set(i, nodes[node.reads.a].shape.c);
    const from = node.op === 'norm' ? low.get(node.reads.x) : undefined;
    if (from !== undefined) low.set(i, from);
  });

  /** A join of doubled images that only convolutions, and normalisations which only they read, look at. */
  function pairable(join: Value): boolean {
    const { a, b } = (nodes[join] as NodeOf<'join'>).reads;
    const whole = nodes[a].shape.c % 4 === 0 && nodes[b].shape.c % 4 === 0;
    const convolutions = (value: Value) =>
      value !== output && readers[value].every(({ op }) => op === 'conv');
    return (
      whole &&
      nodes[a].op === 'up' &&
      counts[a] === 1 &&
      join !== output &&
      readers[join].every(
        (node) => node.op === 'conv' || (node.op === 'norm' && convolutions(nodes.indexOf(node))),
      )
    );
  }

  const joined = new Map<Value, { join: Value; from: number }>();
  nodes.forEach((node, join) => {
    if (node.op !== 'join' || low.has(join)) return;
    const { a, b } = node.reads;
    const parts = [
      [a, 0],
      [b, nodes[a].shape.c],
    ];
    const whole = parts.every(([value]) => nodes[value].shape.c % 4 === 0);
    for (const [value, from] of parts)
      if (whole && nodes[value].op === 'conv' && !joined.has(value))
        if (readers[value].every(({ op }) => !GAPLESS.includes(op)))
          joined.set(value, { join, from });
  });

  const single = new Set<Value>();
  nodes.forEach((node, i) => {
    const { h, w, c } = node.shape;
    if (c !== 1 || h * w === 1) return;
    const alone = (n: (typeof nodes)[number]) =>
      n.op === 'conv' && n.kernel === 3 && Object.keys(n.reads).length === 1;
    if (node.op === 'input' && !wanted.includes(node.from) && i !== output)
      if (readers[i].every((n) => alone(n) && n.shape.c > 1)) single.add(i);
    if (i === output && node.op === 'conv' && alone(node) && counts[i] === 0) {
      const { x } = node.reads;
      if (nodes[x].shape.c > 1 && !low.has(x)) single.add(i);
    }
  });

  const inPlace = new Set<Value>();
  const partner = new Map<string, string>();
  nodes.forEach((node, i) => {
    if (node.op !== 'conv' || node.kernel !== 3) return;
    const { row, residual } = node.reads;
    if (row !== undefined) {
      const dense = nodes[row];
      if (dense.op === 'dense' && counts[row] === 1) partner.set(node.bias, dense.bias);
    }
    if (residual === undefined) return;
    const around = nodes[residual];
    if (around.op !== 'conv' || around.kernel !== 1 || counts[residual] !== 1) return;
    if (Object.keys(around.reads).length > 1 || joined.has(residual) || residual === output) return;
    inPlace.add(i);
    const place = joined.get(i);
    if (place) joined.set(residual, place);
    if (row === undefined) partner.set(node.bias, around.bias);
  });
  return { low, joined, inPlace, single, partner };
}

/** Why a graph has to be run op by op, or null where a plan can run it. */
export function planRefusal(
  graph: Graph,
  wanted: readonly string[] = [],
  loss: FusedLoss = 'squaredError',
): string | null {
  const { nodes, output } = graph;
  const { partner } = fuse(graph, wanted);
  if (loss === 'crossEntropy') {
    if (pixels(nodes[output].shape) > 1) return 'its output is no vector of logits';
    if (nodes.some(({ op }) => op === 'embed')) return 'it is told the labels that it should tell';
  }
  const used = nodes.flatMap(parametersOf);
  // Each node writes its own gradient over what stood there.
  if (new Set(used).size < used.length) return 'it uses a layer twice';
  for (const node of nodes) {
    const { c } = node.shape;
    const from = 'x' in node.reads ? nodes[node.reads.x].shape : null;
    if (node.op === 'norm' && (c % 4 !== 0 || c > 1024))
      return 'its widths are not multiples of 4 up to 1024';
    if (node.op === 'join' && (nodes[node.reads.a].shape.c % 4 !== 0 || c % 4 !== 0))
      return 'it joins images whose channels are not multiples of 4';
    if (node.op === 'embed' && c % 4 !== 0) return 'its class table is not a multiple of 4 wide';
    if (node.op === 'reshape' && (c % 4 !== 0 || (from && from.c % 4 !== 0)))
      return 'it reshapes what is not a multiple of 4 wide';
    if (node.op === 'attention' && c % 4 !== 0) return 'its attention is not a multiple of 4 wide';
    if (node.op === 'conv' && node.reads.row !== undefined && !partner.has(node.bias))
      return 'a row does not come from a dense layer of its own';
  }
  return null;
}
