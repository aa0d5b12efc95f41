/** Fixed waves of a vector (Tancik et al. 2020): y = (x, sin x, cos x, sin 2x, cos 2x). */
import { add, concat, cos, mul, sin, slice, sub, type Tensor2D, tidy } from '@tensorflow/tfjs-core';

/** [B,c] → [B,5c]. */
export function waves(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const twice = mul(x, 2);
    return concat([x, sin(x), cos(x), sin(twice), cos(twice)], 1) as Tensor2D;
  });
}

/** dx = dy₀ + dy₁ cos x − dy₂ sin x + 2 (dy₃ cos 2x − dy₄ sin 2x). */
export function wavesGradient(x: Tensor2D, dy: Tensor2D): Tensor2D {
  return tidy(() => {
    const part = (i: number) => slice(dy, [0, i * x.shape[1]], x.shape);
    const turned = (i: number, angle: Tensor2D) =>
      sub(mul(part(i), cos(angle)), mul(part(i + 1), sin(angle)));
    const twice = mul(x, 2) as Tensor2D;
    return add(add(part(0), turned(1, x)), mul(turned(3, twice), 2)) as Tensor2D;
  });
}
