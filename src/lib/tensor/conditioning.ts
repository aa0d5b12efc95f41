/** What a network of diffusion is told besides the image: the time as waves (math/process/timeFeatures.ts), and a label. */
import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { timeFeatures } from '../math/process/timeFeatures.ts';
import type { Given, Probe } from './engines/ops/pass.ts';
import type { Graph } from './graph/node.ts';
import { timeWidth } from './networks/conditioned.ts';

/** What a forward pass needs to know besides x. Arrays have one entry for each image. */
export interface Conditioning {
  t: ArrayLike<number>;
  /** Length of the chain, for the time embedding. */
  T: number;
  /** Class of each image; `classes` is the null class. Left out: all null. Ignored by models without classes. */
  labels?: ArrayLike<number>;
  /** Sees the output of each layer by its tensor-name prefix. */
  probe?: Probe;
}

/** The inputs of such a network for a batch. */
export function conditionedInputs(graph: Graph, x: Tensor, { t, T, labels }: Conditioning): Given {
  const width = timeWidth(graph);
  const features = tensor2d(timeFeatures(t, T, width), [t.length, width]);
  return { values: { x, features }, labels };
}
