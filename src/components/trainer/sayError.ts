import { CheckpointError } from '../../lib/checkpoint/error.ts';
import { DataError } from '../../lib/data/dataError.ts';
import { sayCheckpoint } from '../../lib/words/errors/checkpoint.ts';
import { sayData } from '../../lib/words/errors/data.ts';
import { sayRefusal } from '../../lib/words/errors/worker.ts';
import { WorkerError } from '../../lib/worker/connection.ts';

/** What a reader is told of anything that was thrown: the sentences of its reason, or what a browser or a programmer wrote. */
export function sayError(thrown: unknown): string {
  if (thrown instanceof WorkerError) return sayRefusal(thrown.reason);
  if (thrown instanceof CheckpointError) return sayCheckpoint(thrown.reason);
  if (thrown instanceof DataError) return sayData(thrown.reason);
  return thrown instanceof Error ? thrown.message : String(thrown);
}
