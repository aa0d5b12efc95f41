/**
 * A network as TensorFlow.js operations, one by one, with kernels of ours where a backend has them (ops/fused.ts): the way that
 * every backend can go, and that the compiled engines must agree with. No tape: graph/walk.ts says what follows what.
 */
import { add, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { type Graph, readCounts, type Value } from '../../graph/node.ts';
import { type Backward, type Forward, walkBackward, walkForward } from '../../graph/walk.ts';
import { oneHotLabels } from '../../ops/embedding.ts';
import type { Params } from '../../params.ts';
import { kindOf, type Surroundings, type Tensors } from './nodes.ts';
import { inForm } from './shapes.ts';

/** One batch: tensors by the names of the graph's inputs, the caller's to dispose. Without labels: "no label" for all. */
export interface Given {
  values: Tensors;
  labels?: ArrayLike<number>;
}

/** A forward pass that a backward pass may follow. */
export interface OpPass {
  /** Valid until `backward` or `dispose`; one of them must be called. */
  output: Tensor;
  /**
   * Takes dOutput over. Adds to the gradients in `collected`, by parameter, and answers with those of the wanted inputs; all
   * are the caller's to dispose.
   */
  backward(
    dOutput: Tensor,
    collected: Map<string, Tensor>,
    wanted?: readonly string[],
  ): Map<string, Tensor>;
  dispose(): void;
}

/** Sees the named values of a forward pass while they live. */
export type Probe = (name: string, output: Tensor) => void;

const release = (value: Tensor) => value.dispose();

export function opEngine(graph: Graph) {
  const { nodes } = graph;
  const undoubled = leftToTheirJoin(graph);
  const shapes = nodes.map((node, i) =>
    node.op === 'up' && undoubled.has(i) ? nodes[node.reads.x].shape : node.shape,
  );

  function surroundings(params: Params, { values, labels }: Given): (at: Value) => Surroundings {
    const [count] = Object.values(values)[0].shape;
    const labelRows = (tableRows: number) => oneHotLabels(labels, count, tableRows - 1);
    return (at) => ({ params, given: values, labelRows, undoubled: undoubled.has(at) });
  }

  /** `keep` takes over what the node's way back will need. */
  function forwards(
    around: (at: Value) => Surroundings,
    keep: (at: Value, rest: Tensor[]) => void,
    probe?: Probe,
  ): Forward<Tensor> {
    return {
      release,
      forward(node, reads, at) {
        const [value, ...rest] = tidy(() => {
          const { given, ...others } = around(at);
          const [found, ...more] = kindOf(node).forward(node, reads, { given, ...others });
          const formed = inForm(found, shapes[at]);
          // What is there already gets a second name, since the walk lets go of either.
          const old = [...Object.values(reads), ...Object.values(given)].includes(formed);
          return [old ? formed.clone() : formed, ...more];
        });
        keep(at, rest);
        if (probe) for (const [name, of] of graph.named) if (of === at) probe(name, value);
        return value;
      },
    };
  }

  function backwards(
    around: (at: Value) => Surroundings,
    kept: readonly Tensor[][],
    collected: Map<string, Tensor>,
  ): Backward<Tensor> {
    return {
      release,
      backward(node, reads, _output, dy, into, at) {
        const wanted = (role: string) => role in into;
        const [found, parameters] = tidy((): [Tensors, Tensors] => {
          const passage = { node, reads, dy, kept: kept[at], wanted, around: around(at) };
          const gradients = kindOf(node).backward(passage);
          const found: Tensors = {};
          for (const [role, before] of Object.entries(into)) {
            const shape = shapes[(node.reads as Record<string, Value>)[role]];
            const own = inForm(gradients.reads[role], shape);
            const handedOn = Object.values(found).includes(own);
            found[role] = before ? add(before, own) : handedOn ? own.clone() : own;
          }
          const parameters: Tensors = {};
          for (const [name, own] of Object.entries(gradients.parameters ?? {})) {
            const before = collected.get(name);
            parameters[name] = before ? add(before, own) : own;
          }
          return [found, parameters];
        });
        for (const before of Object.values(into)) before?.dispose();
        for (const [name, sum] of Object.entries(parameters)) {
          collected.get(name)?.dispose();
          collected.set(name, sum);
        }
        kept[at].forEach(release);
        return found;
      },
    };
  }

  return {
    /** The output, the caller's to dispose; what nobody reads any more is let go of on the way. */
    forward(params: Params, given: Given, probe?: Probe): Tensor {
      const forgetting = (_: Value, rest: Tensor[]) => rest.forEach(release);
      const engine = forwards(surroundings(params, given), forgetting, probe);
      return walkForward(graph, engine, false)[graph.output];
    },

    pass(params: Params, given: Given): OpPass {
      const around = surroundings(params, given);
      const kept: Tensor[][] = [];
      const keep = (at: Value, rest: Tensor[]) => {
        kept[at] = rest;
      };
      const values = walkForward(graph, forwards(around, keep), true);
      return {
        output: values[graph.output],
        backward: (dOutput, collected, wanted) =>
          walkBackward(graph, backwards(around, kept, collected), values, dOutput, wanted),
        dispose: () => [...values, ...kept.flat()].forEach(release),
      };
    },
  };
}

/** Collected gradients in the order of the specs; zeros for a parameter that no output depends on. */
export const gradientsInOrder = ({ specs }: Graph, collected: ReadonlyMap<string, Tensor>) =>
  specs.map(({ name, shape }) => collected.get(name) ?? zeros(shape));

/**
 * Every doubling that one join alone reads, in its first place, and that join: no doubled image is made for it, since the join
 * reads the small one.
 */
function leftToTheirJoin(graph: Graph): Set<Value> {
  const { nodes } = graph;
  const counts = readCounts(graph);
  const looked = [...graph.named.values(), graph.output];
  const found = new Set<Value>();
  nodes.forEach((node, i) => {
    if (node.op !== 'join') return;
    const { a } = node.reads;
    if (nodes[a].op === 'up' && counts[a] === 1 && !looked.includes(a)) found.add(a).add(i);
  });
  return found;
}
