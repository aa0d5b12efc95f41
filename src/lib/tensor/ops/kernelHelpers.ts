/** Small shared pieces of the ops. */
import { customGrad, getBackend, mul, type Tensor } from '@tensorflow/tfjs-core';
import { kernelChoice } from './fused.ts';

type Save = (tensors: Tensor[]) => void;

/**
 * customGrad for a list of inputs, typed. `backward` gets dL/dy and the saved tensors and returns one gradient per input.
 */
export function differentiable<T extends Tensor>(
  inputs: Tensor[],
  forward: (save: Save) => T,
  backward: (dy: T, saved: Tensor[]) => Tensor[],
): T {
  const op = customGrad((...args: unknown[]) => {
    const save = args[args.length - 1] as Save;
    return {
      value: forward(save),
      gradFunc: (dy: Tensor, saved: Tensor[]) => backward(dy as T, saved),
    };
  });
  return op(...inputs) as T;
}

/**
 * XNNPACK (wasm) packs the second operand of a product once per tensor and keeps it. A weight that our optimiser
 * updated in place would meet its old packed copy; a fresh tensor does not.
 */
export function freshWeights<T extends Tensor>(w: T): T {
  return getBackend() === 'wasm' && kernelChoice() === 'ours' ? (mul(w, 1) as T) : w;
}
