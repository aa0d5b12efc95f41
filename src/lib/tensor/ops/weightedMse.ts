/**
 * The training loss. With e_b = (1/D) Σ_d (prediction_bd − target_bd)² the error of sample b:
 *   loss = (1/B) Σ_b w_b e_b,     d loss / d prediction = 2 w_b (prediction − target) / (B D)
 */
import {
  mean,
  mul,
  reshape,
  type Scalar,
  square,
  sub,
  type Tensor,
  type Tensor1D,
  tidy,
} from '@tensorflow/tfjs-core';
import { runFused } from './fused.ts';

export type WeightedMse = {
  loss: Scalar;
  /** The unweighted e [B]. */
  errors: Tensor1D;
  /** Of the loss, in the shape of the prediction. */
  gradient: Tensor;
};

/** The tensors are the caller's to dispose. */
export function weightedMse(prediction: Tensor, target: Tensor, weights: Tensor1D): WeightedMse {
  const given = { prediction, target, weights };
  const fused = runFused('FN_WeightedMse', given);
  const fusedGradient = fused && runFused('FN_WeightedMseGrad', given);
  if (fused && fusedGradient) {
    const [loss, errors] = fused as [Scalar, Tensor1D];
    return { loss, errors, gradient: fusedGradient[0] };
  }
  return tidy((): WeightedMse => {
    const batch = prediction.shape[0];
    const rows = [batch, prediction.size / batch];
    const difference = sub(reshape(prediction, rows), reshape(target, rows));
    const errors = mean(square(difference), 1) as Tensor1D;
    const scale = reshape(mul(weights, 2 / prediction.size), [batch, 1]);
    const gradient = reshape(mul(difference, scale), prediction.shape);
    return { loss: mean(mul(errors, weights)), errors, gradient };
  });
}
