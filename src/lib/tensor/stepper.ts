/** How a run takes its steps: op by op (here), or by a compiled plan (plans.ts). */
import {
  concat,
  reshape,
  type Tensor,
  tensor,
  tensor1d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { StepHyper } from './adam.ts';
import type { Batch, BatchOptions } from './batch.ts';
import { conditionedInputs } from './conditioning.ts';
import { gradientsInOrder, opEngine } from './engines/ops/pass.ts';
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

/** The loss and the optimiser of Ho et al. 2020, algorithm 1, as ops. Returns without waiting for the device. */
export function opStepper({ graph, imageShape }: Network, start: FlatState): Stepper {
  const engine = opEngine(graph);
  const optimizer = createOptimizer(graph.specs, start);
  return {
    store: optimizer,
    async issue(batch, lossWeights, hyper, meanwhile) {
      const { xt, time: t, T, labels } = batch;
      const packed = tidy(() => {
        const x = tensor4d(xt, [t.length, ...imageShape]);
        const pass = engine.pass(optimizer.params(), conditionedInputs(graph, x, { t, T, labels }));
        const target = tensor(batch.target, pass.output.shape);
        const weights = tensor1d(Float32Array.from(lossWeights));
        const { errors, gradient } = weightedMse(pass.output, target, weights);
        const gradients = new Map<string, Tensor>();
        pass.backward(gradient, gradients);
        const norm = optimizer.step(gradientsInOrder(graph, gradients), hyper);
        return concat([reshape(norm, [1]), errors]);
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
