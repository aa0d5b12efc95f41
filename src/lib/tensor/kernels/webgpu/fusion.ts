/**
 * What a graph lets the shaders do at one go: values that are never written out because those who read them compute them,
 * layers that are written by the node that adds to them, and dense layers that are one call.
 */
import { type Graph, type NodeOf, parametersOf, readsOf, type Value } from '../../graph/node.ts';
import { MOST_PER_GROUP } from './normalisation.ts';

/** Dense layers of one input. `rows`: each gives the row of one convolution, and its gradient is found in that one's parts. */
export interface Bank {
  members: Value[];
  rows: boolean;
}

export interface Fusion {
  /** SiLU of what only dense layers read, and doubled images that are only the first part of joined ones. */
  unwritten: ReadonlySet<Value>;
  /** Dense layers whose one reader, a sum or an embedding, writes them. */
  putOff: ReadonlySet<Value>;
  /** By each of its members. */
  banks: ReadonlyMap<Value, Bank>;
}

interface Reader {
  role: string;
  at: Value;
}

function readersOf({ nodes, output }: Graph): Reader[][] {
  const readers: Reader[][] = nodes.map(() => []);
  nodes.forEach((node, at) => {
    for (const [role, value] of readsOf(node)) readers[value].push({ role, at });
  });
  // Whoever asked for the output.
  readers[output].push({ role: 'output', at: -1 });
  return readers;
}

export function fuse(graph: Graph): Fusion {
  const { nodes } = graph;
  const readers = readersOf(graph);
  const unwritten = new Set<Value>();
  const putOff = new Set<Value>();
  const banks = new Map<Value, Bank>();
  const bankOf = new Map<Value, Bank>();
  /** Vectors of four: a row among others begins at a multiple of four. */
  const row = (at: Value) =>
    readers[at].length === 1 && readers[at][0].role === 'row' && nodes[at].shape.c % 4 === 0;

  nodes.forEach((node, at) => {
    const all = (fits: (reader: Reader) => boolean) => readers[at].every(fits);
    if (node.op === 'silu' && all((reader) => nodes[reader.at]?.op === 'dense')) unwritten.add(at);
    if (node.op === 'up' && all(({ at, role }) => role === 'a' && nodes[at].op === 'join'))
      unwritten.add(at);
    if (node.op === 'dense') {
      const { x } = node.reads;
      let bank = row(at) ? bankOf.get(x) : undefined;
      if (!bank) {
        bank = { members: [], rows: row(at) };
        if (bank.rows) bankOf.set(x, bank);
      }
      bank.members.push(at);
      banks.set(at, bank);
    }
    if (node.op === 'embed' || node.op === 'add') {
      const alone = readsOf(node).find(
        ([, value]) => nodes[value].op === 'dense' && readers[value].length === 1,
      );
      if (alone) putOff.add(alone[1]);
    }
  });
  return { unwritten, putOff, banks };
}

/** Whether our shaders can run all nodes, and a gradient comes to each; what they cannot runs op by op. */
export function fitsRecording(graph: Graph): boolean {
  const { nodes } = graph;
  const readers = readersOf(graph);
  const used = new Set(nodes.flatMap(parametersOf));
  return (
    used.size > 0 &&
    used.size === graph.specs.length &&
    nodes.every(
      (node, at) =>
        (node.op === 'input' || readers[at].length > 0) && (node.op !== 'norm' || fitsNorm(node)),
    )
  );
}

const fitsNorm = ({ shape, groups }: NodeOf<'norm'>) => shape.c / groups <= MOST_PER_GROUP;
