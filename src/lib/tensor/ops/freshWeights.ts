import { getBackend, mul, type Tensor } from '@tensorflow/tfjs-core';
import { kernelChoice } from './fused.ts';

/**
 * XNNPACK (wasm) packs the second operand of a product once per tensor and keeps it. A weight that our optimiser
 * updated in place would meet its old packed copy; a fresh tensor does not.
 */
export function freshWeights<T extends Tensor>(w: T): T {
  return getBackend() === 'wasm' && kernelChoice() === 'ours' ? (mul(w, 1) as T) : w;
}
