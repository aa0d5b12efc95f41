/** Floor 1, data: one entry for everything a run can be trained on. */
import { oneOf } from '../math/oneOf.ts';
import { DATASET_NAMES, type Dataset, type DatasetName } from './dataset.ts';
import { drawnDigits } from './digits.ts';
import { loadFashion, loadMnist, type MnistOptions, SPLITS } from './mnist.ts';
import { points2d } from './points2d.ts';
import { all16, bars, drawn, two } from './toy2x2.ts';

export { type Attempt, DataError, type DataErrorCode } from './dataError.ts';
export { DATASET_NAMES, type Dataset, type DatasetName, isDatasetName } from './dataset.ts';
export { drawnDigits } from './digits.ts';
export { type DrawOptions, drawStrokes } from './draw.ts';
export type { FetchProgress } from './fetchVerified.ts';
export { loadFashion, loadMnist, type MnistOptions, SPLITS, type Split } from './mnist.ts';
export { points2d } from './points2d.ts';
export { all16, bars, drawn, two } from './toy2x2.ts';

export interface LoadOptions extends MnistOptions {
  /** Seed of the generated data sets (digits, points). Default 0. */
  seed?: number;
  /** Number of images to generate or keep. Default: 20,000 digits, 4,096 points, all of MNIST. */
  count?: number;
  /** The reader's 2 × 2 images, for 'drawn'. */
  drawn?: readonly (readonly number[])[];
}

/** Generated test images are numbered from here on: no image of a training set is among them. */
const TEST_START = 1_000_000_000;

/**
 * The data set called `name`. Only 'mnist' and 'fashion' touch the network; they throw DataError (with `fallback`) or
 * the abort reason. Toy sets are the same for both splits: they are whole distributions.
 */
export async function loadDataset(name: DatasetName, options: LoadOptions = {}): Promise<Dataset> {
  const { seed = 0, count } = options;
  const split = oneOf('Split', options.split ?? 'train', SPLITS);
  switch (oneOf('Data set', name, DATASET_NAMES)) {
    case 'all16':
      return all16();
    case 'two':
      return two();
    case 'bars':
      return bars();
    case 'drawn':
      return drawn(options.drawn ?? []);
    case 'points':
      return points2d({
        seed: split === 'test' ? seed + TEST_START : seed,
        count,
      });
    case 'digits':
      return drawnDigits({
        count: count ?? 20_000,
        seed,
        start: split === 'test' ? TEST_START : 0,
      });
    case 'mnist':
      return loadMnist({ ...options, limit: options.limit ?? count });
    case 'fashion':
      return loadFashion({ ...options, limit: options.limit ?? count });
  }
}
