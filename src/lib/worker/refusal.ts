/** A command that cannot be carried out, and why. */
import { CheckpointError } from '../checkpoint/index.ts';
import { DataError } from '../data/index.ts';
import { asText, toldBy } from '../data/reason.ts';
import type { ErrorCode, RefusalReason, RefusalValues } from './reasons.ts';

export class Refusal extends Error {
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason) {
    super(asText(reason));
    this.name = 'Refusal';
    this.reason = reason;
  }
}

export const refuse = <Code extends ErrorCode>(code: Code, values: RefusalValues[Code]): Refusal =>
  new Refusal({ code, values } as RefusalReason);

/** The reader asked for something else before this was done. */
export const stopped = () => refuse('cancelled', { closed: false });

export const ownedElsewhere = () => refuse('ownedElsewhere', {});

/** Why, of any thrown value. */
export function reasonOf(thrown: unknown): RefusalReason {
  if (thrown instanceof Refusal) return thrown.reason;
  if (thrown instanceof DataError)
    return { code: 'dataUnavailable', values: { why: thrown.reason } };
  if (thrown instanceof CheckpointError)
    return { code: 'badCheckpoint', values: { why: thrown.reason } };
  if (thrown instanceof RangeError) return { code: 'badConfig', values: toldBy(thrown) };
  return { code: 'internal', values: toldBy(thrown) };
}
