/** Floor 1, data: one entry for everything a run can be trained on. */
import { oneOf } from '../math/numerics/oneOf.ts';
import { type Dataset, type LoadOptions, SPLITS } from './dataset.ts';
import { DATASET_NAMES, type DatasetName, datasetOf } from './records.ts';

export { type Attempt, DataError, type DataReason } from './dataError.ts';
export { type Dataset, type LoadOptions, SPLITS, type Split } from './dataset.ts';
export { drawnDigits } from './digits.ts';
export { type DrawOptions, drawStrokes } from './draw.ts';
export type { FetchProgress } from './fetchVerified.ts';
export { points2d } from './points2d.ts';
export { DATASET_NAMES, type DatasetName, isDatasetName } from './records.ts';
export { all16, bars, drawn, two } from './toy2x2.ts';

/**
 * The data set called `name`. What is fetched throws DataError (with `fallback`) or the abort reason; toy sets are the
 * same for both splits: they are whole distributions.
 * @throws RangeError for a name or a split that is none, and for 'drawn' without pictures.
 */
export async function loadDataset(name: DatasetName, options: LoadOptions = {}): Promise<Dataset> {
  const split = oneOf('Split', options.split ?? 'train', SPLITS);
  return datasetOf(oneOf('Data set', name, DATASET_NAMES)).load({ ...options, split });
}
