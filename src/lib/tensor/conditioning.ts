import type { Tensor } from '@tensorflow/tfjs-core';

/** What a forward pass needs to know besides x. Arrays have one entry for each image. */
export interface Conditioning {
  t: ArrayLike<number>;
  /** Length of the chain, for the time embedding. */
  T: number;
  /** Class of each image; `classes` is the null class. Left out: all null. Ignored by models without classes. */
  labels?: ArrayLike<number>;
  /** Sees the output of each layer by its tensor-name prefix. */
  probe?: (layer: string, output: Tensor) => void;
}
