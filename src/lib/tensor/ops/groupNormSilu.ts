/**
 * Group normalisation and SiLU in one op. Over each image and each group of C/G neighbouring channels (N numbers):
 *   x̂ = (x − mean) / √(var + ε),   a = γ x̂ + β,   y = a·σ(a)                     (Wu & He 2018; Elfwing et al. 2018)
 * Backward, with da = dy·σ(a)(1 + a(1 − σ(a))) and g = γ da:
 *   dx = (g − mean(g) − x̂·mean(g x̂)) / √(var + ε),   dγ = Σ da x̂,   dβ = Σ da
 */
import {
  add,
  mean as meanOf,
  moments,
  mul,
  reshape,
  rsqrt,
  sigmoid,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { runFused } from './fused.ts';

const EPSILON = 1e-5;

/** Stock ops see [B, H·W, G, C/G]; γ and β are [1, 1, G, C/G]. */
function grouped(x: Tensor4D, groups: number): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  return reshape(x, [batch, height * width, groups, channels / groups]);
}

function normalise(x: Tensor4D): { xHat: Tensor; inverseStd: Tensor } {
  const { mean: mu, variance } = moments(x, [1, 3], true);
  const inverseStd = rsqrt(add(variance, EPSILON));
  return { xHat: mul(sub(x, mu), inverseStd), inverseStd };
}

function stockForward(x: Tensor4D, gamma: Tensor1D, beta: Tensor1D, groups: number): Tensor4D {
  return tidy(() => {
    const row = [1, 1, groups, x.shape[3] / groups];
    const { xHat } = normalise(grouped(x, groups));
    const a = add(mul(xHat, reshape(gamma, row)), reshape(beta, row));
    return reshape(mul(a, sigmoid(a)), x.shape) as Tensor4D;
  });
}

function stockBackward(
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  dy: Tensor4D,
  groups: number,
): Tensor[] {
  return tidy(() => {
    const channels = x.shape[3];
    const row = [1, 1, groups, channels / groups];
    const { xHat, inverseStd } = normalise(grouped(x, groups));
    const g = reshape(gamma, row);
    const a = add(mul(xHat, g), reshape(beta, row));
    const s = sigmoid(a);
    const da = mul(grouped(dy, groups), mul(s, add(1, mul(a, sub(1, s)))));
    const dxHat = mul(da, g);
    const meanG = meanOf(dxHat, [1, 3], true);
    const meanGx = meanOf(mul(dxHat, xHat), [1, 3], true);
    const dx = mul(inverseStd, sub(sub(dxHat, meanG), mul(xHat, meanGx)));
    return [
      reshape(dx, x.shape),
      reshape(sum(mul(da, xHat), [0, 1]), [channels]),
      reshape(sum(da, [0, 1]), [channels]),
    ];
  });
}

/** [y, and what a kernel of ours keeps for the gradient: mean and 1/√(var + ε), each [B, groups]]. */
export function groupNormSilu(
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  groups: number,
): [Tensor4D, ...Tensor[]] {
  const fused = runFused('FN_GroupNormSilu', { x, gamma, beta }, { groups, epsilon: EPSILON });
  return fused ? (fused as [Tensor4D, ...Tensor[]]) : [stockForward(x, gamma, beta, groups)];
}

/** [dx, dγ, dβ]; `kept` is what the forward pass gave beside y. */
export function groupNormSiluGradients(
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  groups: number,
  kept: readonly Tensor[],
  dy: Tensor4D,
): Tensor[] {
  const [mean, rstd] = kept;
  const fused =
    mean && runFused('FN_GroupNormSiluGrad', { x, gamma, beta, mean, rstd, dy }, { groups });
  return fused || stockBackward(x, gamma, beta, dy, groups);
}
