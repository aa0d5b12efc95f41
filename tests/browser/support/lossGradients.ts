/** The weighted squared error of a network of diffusion and its gradient by every parameter, op by op. */
import {
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type Conditioning, conditionedInputs } from '../../../src/lib/tensor/conditioning.ts';
import { gradientsInOrder, opEngine } from '../../../src/lib/tensor/engines/ops/pass.ts';
import { inForm } from '../../../src/lib/tensor/engines/ops/shapes.ts';
import type { Network } from '../../../src/lib/tensor/network.ts';
import { weightedMse } from '../../../src/lib/tensor/ops/weightedMse.ts';
import type { Params } from '../../../src/lib/tensor/params.ts';

/** The gradients are in the order of the specs; all tensors are the caller's to dispose. */
export function lossGradients(
  { graph }: Network,
  params: Params,
  x: Tensor4D,
  conditioning: Conditioning,
  target: Tensor4D,
  weights: Tensor1D,
): { loss: Scalar; gradients: Tensor[] } {
  return tidy(() => {
    const pass = opEngine(graph).pass(params, conditionedInputs(graph, x, conditioning));
    const goal = inForm(target, graph.nodes[graph.output].shape);
    const { loss, gradient } = weightedMse(pass.output, goal, weights);
    const gradients = new Map<string, Tensor>();
    pass.backward(gradient, gradients);
    return { loss, gradients: gradientsInOrder(graph, gradients) };
  });
}
