/** The variational bound of the run at hand, measured where it is held: bits for each number of a picture. */
import { type DatasetName, datasetOf } from '../../lib/data/records.ts';
import { printMeasured } from '../../lib/words/printNumber.ts';
import { WorkerError } from '../../lib/worker/connection.ts';
import { sayError } from '../trainer/sayError.ts';
import type { Session } from '../trainer/session.ts';
import type { LabWords } from './words.ts';

/** Its last term counts grey levels, which points in the plane do not have. */
export const canMeasure = (dataset: DatasetName): boolean => datasetOf(dataset).shape[0] > 1;

/** Draws of picture and noise for each t: a chain of a thousand terms takes some seconds. */
const DRAWS = 4;
const SEED = 7;

/** What it came to, in a sentence, with its standard error; '' where it was stopped. Never rejects. */
export async function measureBound(
  session: Session,
  signal: AbortSignal,
  say: LabWords['next'],
  onPercent: (percent: number) => void,
): Promise<string> {
  try {
    const { total, totalStandardError } = await session.trainer.evaluate(
      { kind: 'bits', samplesPerT: DRAWS, seed: SEED, weights: 'ema', split: 'test' },
      (_, done, of) => onPercent(Math.round((100 * done) / of)),
      { signal },
    );
    return say.measured(printMeasured(total, totalStandardError));
  } catch (error) {
    if (signal.aborted || (error instanceof WorkerError && error.code === 'cancelled')) return '';
    return sayError(error);
  }
}
