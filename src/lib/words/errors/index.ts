/** All sentences about errors, in one chunk that no page loads before it needs a worker. */
import { CheckpointError } from '../../checkpoint/error.ts';
import { DataError } from '../../data/dataError.ts';
import { toldBy } from '../../data/reason.ts';
import { WorkerError } from '../../worker/connection.ts';
import { sayCheckpoint } from './checkpoint.ts';
import { sayData } from './data.ts';
import { sayRefusal } from './worker.ts';

export { type Account, sayFailure, sayFault, sayRefusal, sayWarning } from './worker.ts';

/** What a reader is told of anything that was thrown: the sentences of its reason, or what a browser or a programmer wrote. */
export function sayThrown(thrown: unknown): string {
  if (thrown instanceof WorkerError) return sayRefusal(thrown.reason);
  if (thrown instanceof CheckpointError) return sayCheckpoint(thrown.reason);
  if (thrown instanceof DataError) return sayData(thrown.reason);
  return toldBy(thrown).message;
}
