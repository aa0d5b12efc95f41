/** A graph recorded: the one walk forwards and the one walk backwards, with places on the device as values. */
import type { Node, Op } from '../../graph/node.ts';
import { walkBackward, walkForward } from '../../graph/walk.ts';
import { convNode, joinNode, normNode, poolNode, upNode } from './imageNodes.ts';
import type { NodeRecorder } from './nodes.ts';
import { addNode, attentionNode, reshapeNode, siluNode } from './otherNodes.ts';
import type { Place, Recording } from './recording.ts';
import { denseNode, embedNode, wavesNode } from './vectorNodes.ts';

const inputNode: NodeRecorder<'input'> = {
  forward: (r, { from, shape }) => ({ shape, data: r.given(from) }),
  backward: () => ({}),
};

const NODES: { [K in Op]: NodeRecorder<K> } = {
  input: inputNode,
  conv: convNode,
  dense: denseNode,
  embed: embedNode,
  norm: normNode,
  silu: siluNode,
  pool: poolNode,
  up: upNode,
  join: joinNode,
  add: addNode,
  attention: attentionNode,
  reshape: reshapeNode,
  waves: wavesNode,
};

const of = ({ op }: Node) => NODES[op] as NodeRecorder<Op>;

/** The calls themselves say how long a place is needed (recording.ts). */
const release = () => {};

/** Records all nodes; a place for each. */
export const recordForward = (r: Recording): Place[] =>
  walkForward<Place>(
    r.graph,
    { forward: (node, reads, at) => of(node).forward(r, node, reads as never, at), release },
    true,
  );

/** Records the way back from the gradient of the output to those of the named inputs. */
export const recordBackward = (
  r: Recording,
  places: readonly Place[],
  dOutput: Place,
  inputs: readonly string[] = [],
): Map<string, Place> =>
  walkBackward<Place>(
    r.graph,
    {
      backward: (node, reads, output, dy, into, at) =>
        of(node).backward(r, node, reads as never, { output, dy, into, at }),
      release,
    },
    places,
    dOutput,
    inputs,
  );
