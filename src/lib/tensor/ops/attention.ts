/**
 * Self-attention over all pixels (Vaswani et al. 2017). x holds q, k and v of c channels each, cut into heads of d = c/heads
 * neighbouring channels; for each head:
 *   p = softmax(q kᵀ/√d),   y = p v
 * Gradients, row by row of p:  dv = pᵀ dy,   dp = dy vᵀ,   ds = p (dp − Σ p dp)/√d,   dq = ds k,   dk = dsᵀ q
 */
import {
  concat,
  matMul,
  mul,
  reshape,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';

/** [B,H,W,3c] → [y [B,H,W,c], p [B·heads, HW, HW]]. */
export function attention(x: Tensor4D, heads: number): [Tensor4D, Tensor3D] {
  return tidy((): [Tensor4D, Tensor3D] => {
    const [q, k, v] = parts(x, heads);
    // Explicit transposes: matMul's own flags leave the fast path of the wasm backend.
    const scores = mul(matMul(q, transpose(k, [0, 2, 1])), 1 / Math.sqrt(q.shape[2]));
    const p = softmax(scores) as Tensor3D;
    return [joined(matMul(p, v) as Tensor3D, heads, x), p];
  });
}

/** dx from the p of the forward pass. */
export function attentionGradient(x: Tensor4D, heads: number, p: Tensor3D, dy: Tensor4D): Tensor4D {
  return tidy(() => {
    const [q, k, v] = parts(x, heads);
    const [d] = cut(dy, heads, 1);
    const dv = matMul(transpose(p, [0, 2, 1]), d);
    const dp = matMul(d, transpose(v, [0, 2, 1]));
    const centred = sub(dp, sum(mul(p, dp), 2, true));
    const ds = mul(mul(p, centred), 1 / Math.sqrt(q.shape[2]));
    const gradients = [matMul(ds, k), matMul(transpose(ds, [0, 2, 1]), q), dv];
    return concat(
      gradients.map((g) => joined(g as Tensor3D, heads, x)),
      3,
    ) as Tensor4D;
  });
}

const parts = (x: Tensor4D, heads: number) => cut(x, heads, 3) as [Tensor3D, Tensor3D, Tensor3D];

/** [B,H,W,count·c] → `count` times [B·heads, HW, d]. */
function cut(x: Tensor4D, heads: number, count: number): Tensor3D[] {
  const [batch, height, width, all] = x.shape;
  const [pixels, c] = [height * width, all / count];
  const flat = reshape(x, [batch, pixels, all]) as Tensor3D;
  return Array.from({ length: count }, (_, i) => {
    const part = reshape(slice(flat, [0, 0, i * c], [batch, pixels, c]), [
      batch,
      pixels,
      heads,
      c / heads,
    ]);
    return reshape(transpose(part, [0, 2, 1, 3]), [batch * heads, pixels, c / heads]);
  });
}

/** [B·heads, HW, d] → [B,H,W,c], with the size of x. */
function joined(y: Tensor3D, heads: number, x: Tensor): Tensor4D {
  const [batch, height, width] = x.shape;
  const [, pixels, d] = y.shape;
  const apart = transpose(reshape(y, [batch, heads, pixels, d]), [0, 2, 1, 3]);
  return reshape(apart, [batch, height, width, heads * d]) as Tensor4D;
}
