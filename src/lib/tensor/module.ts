/**
 * The seam between a network and its loss: whatever a loss is, it reads outputs and writes their gradient. Two modules can be
 * joined here (a generator and a critic, an encoder and a decoder), and what an input should have been comes out too.
 */
import type { StepHyper } from './adam.ts';
import type { Graph } from './graph/node.ts';
import type { FlatState, WeightStore } from './optimizer.ts';

/**
 * Losses that an engine may take with the whole step, without the seam: mean squared error to a target, or cross-entropy of
 * the labels, in nats, where the outputs are logits (math/objectives/crossEntropy.ts).
 */
export type FusedLoss = 'squaredError' | 'crossEntropy';

/** One batch, by the names of the graph's inputs; each array is flat, image by image. */
export interface ModuleInputs {
  values: Record<string, Float32Array>;
  /** One label for each image, where the network has a table of classes; left out: "no label" for all. */
  labels?: ArrayLike<number>;
}

/** A network with its weights, the gradient collected so far, and its optimiser, on the present backend. */
export interface Module {
  graph: Graph;
  /** Outputs of any number of images, flat; a batch where `backward` follows. */
  forward(inputs: ModuleInputs): Promise<Float32Array>;
  /**
   * For the inputs of the last `forward`, once: adds d(Σ dOutput·output)/d(weights) to the collected gradient, and answers with
   * d(Σ dOutput·output)/d(input), flat, for each of the inputs that the module was opened for.
   */
  backward(dOutput: Float32Array): Promise<Record<string, Float32Array>>;
  /** One step of Adam with the collected gradient, which is zero afterwards. The norm that it had. */
  update(hyper: StepHyper): Promise<number>;
  store: WeightStore;
  dispose(): void;
}

/**
 * Opens a module on an engine; `start` is copied, every batch has `batch` images, and `wanted` names the inputs whose
 * gradients are asked for (default: none). Null where the engine cannot.
 */
export type OpenModule = (
  graph: Graph,
  start: FlatState,
  batch: number,
  wanted?: readonly string[],
) => Promise<Module | null>;
