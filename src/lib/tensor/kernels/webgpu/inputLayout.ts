/** Where a recorded network finds what it is given, in one buffer: a batch is one upload. */
import { type Graph, sizeOfShape } from '../../graph/node.ts';
import { ceilDiv } from './shader.ts';

/** Offsets in floats; each starts where a binding may start. */
export interface InputLayout {
  /** Of the graph's inputs, by name. */
  values: Record<string, number>;
  /** Labels as floats. */
  labels: number;
  /** As many numbers as the output has: what it should be, or the gradient of a loss there. */
  target: number;
  /** Of the loss, one for each image. */
  weights: number;
  floats: number;
}

export const whole = (floats: number) => ceilDiv(floats, 64) * 64;

export function inputLayout(graph: Graph, batch: number): InputLayout {
  let floats = 0;
  const take = (length: number) => {
    const from = floats;
    floats += whole(batch * length);
    return from;
  };
  const values: Record<string, number> = {};
  for (const node of graph.nodes)
    if (node.op === 'input') values[node.from] ??= take(sizeOfShape(node.shape));
  const target = take(sizeOfShape(graph.nodes[graph.output].shape));
  const [labels, weights] = [take(1), take(1)];
  return { values, labels, target, weights, floats };
}
