/** A command that cannot be carried out, with the sentence that the page shows. */
import { CheckpointError } from '../checkpoint/index.ts';
import { DataError } from '../data/index.ts';
import type { ErrorCode } from './protocol.ts';

export class Refusal extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** The reader asked for something else before this was done. */
export const stopped = () => new Refusal('cancelled', 'This was stopped before its end.');

export const ownedElsewhere = () =>
  new Refusal(
    'ownedElsewhere',
    'Another tab or trainer of this browser has this run. Take it over here (the other one saves it and stops), or change a setting to train another run.',
  );

/** Any thrown value as a code and a sentence. */
export function asRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof CheckpointError) return new Refusal('badCheckpoint', thrown.message);
  if (thrown instanceof DataError) return new Refusal('dataUnavailable', thrown.message);
  if (thrown instanceof RangeError) return new Refusal('badConfig', thrown.message);
  return new Refusal('internal', thrown instanceof Error ? thrown.message : String(thrown));
}
