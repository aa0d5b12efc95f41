/** What every loader returns, and the names a run may ask for. */

import { isOneOf } from '../math/oneOf.ts';

export const DATASET_NAMES = [
  'all16',
  'two',
  'bars',
  'drawn',
  'points',
  'digits',
  'mnist',
  'fashion',
] as const;

export type DatasetName = (typeof DATASET_NAMES)[number];

export interface Dataset {
  name: DatasetName;
  /** count × height × width × channels values (NHWC). Pixels lie in [-1, 1]: -1 is paper, 1 is ink. */
  images: Float32Array<ArrayBuffer>;
  /** count values in 0 … classes − 1, or null when the data carry no labels. */
  labels: Uint8Array<ArrayBuffer> | null;
  count: number;
  height: number;
  width: number;
  channels: number;
  /** Number of distinct labels; 0 when `labels` is null. */
  classes: number;
  classNames?: readonly string[];
}

export function isDatasetName(value: unknown): value is DatasetName {
  return isOneOf(value, DATASET_NAMES);
}
