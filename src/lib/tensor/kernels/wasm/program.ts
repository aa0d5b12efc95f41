/** A graph compiled to a flat list of kernel calls: forward alone; forward, loss and backward; or backward from given gradients. */
import { type Graph, type NodeOf, sizeOfShape } from '../../graph/node.ts';
import { walkBackward, walkForward } from '../../graph/walk.ts';
import type { FusedLoss } from '../../module.ts';
import { attentionScratch, roundUp4, TILES } from './abi.ts';
import { backwardNodes } from './backwardNodes.ts';
import * as call from './calls.ts';
import { forwardNodes, type GraphWriter } from './forwardNodes.ts';
import type { Fusion } from './fusion.ts';
import type { GraphWeights } from './graphWeights.ts';
import { type Commands, emit } from './instructions.ts';
import { createMemory, operand, plain } from './layout.ts';

export interface Program {
  commands: Commands;
  arenaBytes: number;
}

/** Addresses of what comes in and goes out, one row for each image. */
export interface Regions {
  inputs: Record<string, number>;
  /** Gradients of the inputs that are asked for. */
  gradients: Record<string, number>;
  output: number;
  /** What the output should have been; in a program from given gradients, those. */
  target: number;
}

export type ProgramKind = 'forward' | 'train' | 'backward';

/** Floats that a 3×3 convolution needs; the same as conv3_scratch in kernels/src/conv.c. */
export function conv3Scratch(width: number, k: number, n: number): number {
  const across = (width + 3) >> 2;
  const tiles = across >= TILES ? across : Math.floor(TILES / across) * across;
  const floats = (c: number) => ((tiles + 3) >> 2) * (c / 4) * 25 * 16;
  return 2 * floats(k) + floats(n);
}

const convolutions = ({ nodes }: Graph) => nodes.filter((node) => node.op === 'conv');

function scratchFloats(graph: Graph): number {
  const needs = convolutions(graph).map(({ shape, reads }: NodeOf<'conv'>) => {
    const from = graph.nodes[reads.x].shape;
    const wide = conv3Scratch(shape.w, roundUp4(from.c), roundUp4(shape.c));
    return Math.max(wide, (shape.h + 2) * (shape.w + 2));
  });
  for (const { op, shape, ...node } of graph.nodes)
    if (op === 'attention' && 'heads' in node)
      needs.push(attentionScratch(shape.h * shape.w, shape.c / node.heads));
  return Math.max(0, ...needs);
}

export function compileGraph(
  graph: Graph,
  fusion: Fusion,
  weights: GraphWeights,
  group: number,
  regions: Regions,
  kind: ProgramKind,
  loss: FusedLoss = 'squaredError',
): Program {
  const memory = createMemory(group);
  const commands: Commands = [];
  const widest = Math.max(4, ...convolutions(graph).map(({ shape }) => roundUp4(shape.c)));
  const w: GraphWriter = {
    ...{ graph, fusion, weights, memory, commands },
    inputs: regions.inputs,
    training: kind !== 'forward',
    stats: new Map(),
    // The same for all images of a group.
    scratch: memory.take(Math.ceil(scratchFloats(graph) / group)),
    row: memory.take(widest),
  };
  const values = walkForward(graph, forwardNodes(w), w.training);
  const { shape } = graph.nodes[graph.output];
  const y = plain(values[graph.output]);
  const pixels = shape.h * shape.w;
  if (kind === 'forward') call.store(w, y, shape.c, regions.output);
  else {
    const dy = memory.images(shape);
    if (kind === 'backward') call.load(w, dy, shape.c, regions.target);
    else if (loss === 'squaredError')
      emit(commands, 'LOSS', ...operand(y), ...operand(dy), pixels, shape.c);
    else {
      emit(commands, 'CROSS_ENTROPY', ...operand(y), ...operand(dy), shape.c);
      // Hits are counted on the host.
      call.store(w, y, shape.c, regions.output);
    }
    const wanted = Object.keys(regions.gradients);
    const gradients = walkBackward(graph, backwardNodes(w), values, dy, wanted);
    for (const [name, found] of gradients) {
      const input = graph.nodes.find((node) => node.op === 'input' && node.from === name);
      call.store(w, plain(found), input!.shape.c, regions.gradients[name]);
    }
  }
  emit(commands, 'END');
  return { commands, arenaBytes: memory.bytes() };
}

export const outputFloats = ({ nodes, output }: Graph) => sizeOfShape(nodes[output].shape);
