/**
 * The one way through a network forwards, and the one way backwards, for every engine. V is what an engine holds for a
 * value: a tensor, or a place in memory for which it writes down calls.
 */
import { type Graph, lastReaders, movable, type Node, readsOf, type Value } from './node.ts';

/** By role, as in the node's `reads`. */
export type ByRole<V> = Record<string, V>;

export interface Forward<V> {
  forward(node: Node, reads: ByRole<V>, at: Value): V;
  /** The value is read no more. Values that share memory are released one by one. */
  release(value: V): void;
}

export interface Backward<V> {
  /**
   * Adds the gradients of the node's parameters to those that the engine collects, and answers with those of what it reads:
   * for each role in `into`, the gradient there added to (and given back), or a new one where it is null. `dOutput`
   * itself may be given back; else it is released by the walk. Null stays null where another reader's turn brings it.
   */
  backward(
    node: Node,
    reads: ByRole<V>,
    output: V,
    dOutput: V,
    into: ByRole<V | null>,
    at: Value,
  ): ByRole<V | null>;
  release(value: V): void;
}

/** All values; with `keep` false, those that nobody reads any more have been released (the output never). */
export function walkForward<V>(graph: Graph, engine: Forward<V>, keep: boolean): V[] {
  const { nodes, output } = graph;
  const last = lastReaders(graph);
  const values: V[] = [];
  nodes.forEach((node, i) => {
    values.push(engine.forward(node, pick(node, values), i));
    if (keep) return;
    for (const value of new Set(readsOf(node).map(([, read]) => read)))
      if (last[value] === i && value !== output) engine.release(values[value]);
  });
  return values;
}

/**
 * From the gradient of the output to those of the named inputs. Every value of the forward walk is released as soon as its own
 * node has been passed, every gradient but the inputs' too.
 */
export function walkBackward<V>(
  graph: Graph,
  engine: Backward<V>,
  values: readonly V[],
  dOutput: V,
  inputs: readonly string[] = [],
): Map<string, V> {
  const { nodes, output } = graph;
  const moved = movable(graph, inputs);
  const gradients: (V | null)[] = nodes.map(() => null);
  const results = new Map<string, V>();
  gradients[output] = dOutput;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    const dy = gradients[i];
    if (dy !== null && moved[i]) {
      if (node.op === 'input') results.set(node.from, dy);
      else {
        const into: ByRole<V | null> = {};
        for (const [role, value] of readsOf(node)) if (moved[value]) into[role] = gradients[value];
        const found = engine.backward(node, pick(node, values), values[i], dy, into, i);
        let handedOn = false;
        for (const [role, value] of readsOf(node))
          if (moved[value]) {
            gradients[value] = found[role];
            handedOn ||= found[role] === dy;
          }
        if (!handedOn) engine.release(dy);
      }
    }
    engine.release(values[i]);
  }
  return results;
}

const pick = <V>(node: Node, values: readonly V[]): ByRole<V> =>
  Object.fromEntries(readsOf(node).map(([role, value]) => [role, values[value]]));
