/** What a node is to a recording: calls that compute it, and calls that take its gradient back to what it reads. */
import type { NodeOf, Op, Value } from '../../graph/node.ts';
import type { ByRole } from '../../graph/walk.ts';
import type { Place, Recording } from './recording.ts';

export type Reads<K extends Op> = { [Role in keyof NodeOf<K>['reads']]: Place };

/** See walkBackward: gradients that what is read has so far, of the roles that are wanted. */
export type Into = ByRole<Place | null>;

export interface NodeRecorder<K extends Op> {
  forward(r: Recording, node: NodeOf<K>, reads: Reads<K>, at: Value): Place;
  /** Collects the gradients of the parameters, and answers with those of the roles in `into`. */
  backward(
    r: Recording,
    node: NodeOf<K>,
    reads: Reads<K>,
    given: { output: Place; dy: Place; into: Into; at: Value },
  ): Into;
}
