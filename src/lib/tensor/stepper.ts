/** How a run takes its steps: op by op with the tape (here), or by a compiled plan (plans.ts). */
import {
  concat,
  engine,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor1D,
  tensor1d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { StepHyper } from './adam.ts';
import type { Batch, BatchOptions } from './batch.ts';
import type { Network } from './network.ts';
import { weightedMse } from './ops/weightedMse.ts';
import { createOptimizer, type FlatState, type WeightStore } from './optimizer.ts';

export interface StepResult {
  /** Unweighted mean squared error of each image. */
  errors: Float32Array;
  gradNorm: number;
}

/**
 * One step on a batch that the device makes: the loss weight of each t goes in, the t of each image comes out too. The
 * numbers of an `unread` step stay on the device until a later one's are read, or `flush` is called.
 */
export type DrawingSteps = (
  hyper: StepHyper,
  weightOf: Float64Array,
  unread?: boolean,
) => Promise<StepResult & { t: ArrayLike<number> }>;

export interface Stepper {
  store: WeightStore;
  /** Threads of its own; left out: those of the backend. */
  threads?: number;
  /** Bytes of memory of its own, beside the tensors. */
  bytes?: number;
  /** Issues one step; `weights` has the loss weight of each image. */
  issue(
    batch: Batch,
    weights: ArrayLike<number>,
    hyper: StepHyper,
    /** Work for this thread while the device or the helper threads take the step. */
    meanwhile?: () => void,
  ): Promise<StepResult>;
  /** Puts the data on the device, which then draws the batches of batch.ts itself; null where they do not fit. */
  drawing?(options: BatchOptions): DrawingSteps | null;
  /** Reads the numbers of unread steps. */
  flush?(): void;
  /** A faster forward pass on the live weights, where there is one. It must not be interleaved with steps. */
  quick?(weights: 'raw' | 'ema'): Network | undefined;
  /** The same with a copy of the weights as they are now: steps may go on between its passes. */
  frozen?(weights: 'raw' | 'ema'): { network: Network; dispose(): void } | null;
}

/** d(value)/d(xs) by the tape. */
export function gradients(f: () => Scalar, xs: Tensor[]): { value: Scalar; grads: Tensor[] } {
  const { value, grads } = engine().gradients(f, xs, undefined, true);
  return { value, grads };
}

/** The loss and the optimiser of Ho et al. 2020, algorithm 1, as ops. Returns without waiting for the device. */
export function opStepper(network: Network, start: FlatState): Stepper {
  const optimizer = createOptimizer(network.specs, start);
  return {
    store: optimizer,
    async issue(batch, lossWeights, hyper, meanwhile) {
      const params = optimizer.params();
      const packed = tidy(() => {
        const shape: [number, number, number, number] = [batch.t.length, ...network.imageShape];
        const xt = tensor4d(batch.xt, shape);
        const target = tensor4d(batch.target, shape);
        const weights = tensor1d(Float32Array.from(lossWeights));
        let errors: Tensor1D | undefined;
        const loss = () =>
          weightedMse(
            network.forward(params, xt, { t: batch.time, T: batch.T, labels: batch.labels }),
            target,
            weights,
            (e) => {
              errors = e;
            },
          );
        const { grads } = gradients(
          loss,
          network.specs.map(({ name }) => params[name]),
        );
        const norm = optimizer.step(grads, hyper);
        const result = concat([reshape(norm, [1]), errors as Tensor1D]);
        errors?.dispose();
        return result;
      });
      const result = read(packed);
      meanwhile?.();
      return result;
    },
  };
}

async function read(packed: Tensor): Promise<StepResult> {
  try {
    const values = Float32Array.from(await packed.data());
    return { gradNorm: values[0], errors: values.subarray(1) };
  } finally {
    packed.dispose();
  }
}
