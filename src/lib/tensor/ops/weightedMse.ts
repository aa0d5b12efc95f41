/**
 * The training loss. With e_b = (1/D) Σ_d (prediction_bd − target_bd)² the error of sample b:
 *   loss = (1/B) Σ_b w_b e_b,     d loss / d prediction = 2 w_b (prediction − target) / (B D)
 * Returns the scalar loss; `onErrors` receives the unweighted e [B] (kept: the receiver disposes it).
 */
import {
  keep,
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
import { differentiable } from './kernelHelpers.ts';

export function weightedMse(
  prediction: Tensor,
  target: Tensor,
  weights: Tensor1D,
  onErrors?: (errors: Tensor1D) => void,
): Scalar {
  const batch = prediction.shape[0];
  const size = prediction.size / batch;
  return differentiable<Scalar>(
    [prediction],
    (save) => {
      save([prediction, target, weights]);
      const fused = runFused('FN_WeightedMse', { prediction, target, weights });
      const errors = (fused?.[1] ??
        tidy(() =>
          mean(square(sub(reshape(prediction, [batch, size]), reshape(target, [batch, size]))), 1),
        )) as Tensor1D;
      const loss = (fused?.[0] ?? mean(mul(errors, weights))) as Scalar;
      onErrors?.(keep(errors));
      return loss;
    },
    (dy, [savedPrediction, savedTarget, savedWeights]) => {
      const fused = runFused('FN_WeightedMseGrad', {
        prediction: savedPrediction,
        target: savedTarget,
        weights: savedWeights,
      });
      return [
        tidy(() => {
          if (fused) return mul(fused[0], dy);
          const scale = reshape(mul(savedWeights, mul(dy, 2 / (batch * size))), [batch, 1]);
          const difference = sub(
            reshape(savedPrediction, [batch, size]),
            reshape(savedTarget, [batch, size]),
          );
          return reshape(mul(difference, scale), savedPrediction.shape);
        }),
      ];
    },
  );
}
