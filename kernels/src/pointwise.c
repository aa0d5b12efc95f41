// SiLU, the weighted squared error, and the optimizer.
#include "fn.h"

// y = x·sigmoid(x)
EXPORT(silu_forward) void silu_forward(const float *x, float *y, int count) {
  const struct exponential k = exponential_constants();
  int i = 0;
  for (; i + 4 <= count; i += 4) STORE(y + i, silu4(LOAD(x + i), k));
  for (; i < count; i++) y[i] = wasm_f32x4_extract_lane(silu4(SPLAT(x[i]), k), 0);
}

// dx = dy·s(1 + x(1 − s))
EXPORT(silu_backward) void silu_backward(const float *x, const float *dy, float *dx, int count) {
  const struct exponential k = exponential_constants();
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    v z = LOAD(x + i), s = sigmoid4(z, k);
    STORE(dx + i, MUL(MUL(LOAD(dy + i), s), FMA(z, SUB(k.one, s), k.one)));
  }
  for (; i < count; i++) {
    float s = wasm_f32x4_extract_lane(sigmoid4(SPLAT(x[i]), k), 0);
    dx[i] = dy[i] * s * (1.0f + x[i] * (1.0f - s));
  }
}

// Σ_i (p_i − y_i)² and d_i = scale·(p_i − y_i) over `pixels` pixels of c channels; p and d have pitches
// (channels beyond c of d become 0), y is dense.
EXPORT(squared_error)
float squared_error(const float *p, int p_pitch, const float *y, float *d, int d_pitch, int pixels, int c,
                    float scale) {
  float total = 0;
  for (int q0 = 0; q0 < pixels; q0 += 32) {
    const int q1 = q0 + 32 < pixels ? q0 + 32 : pixels;
    float block = 0;
    for (int q = q0; q < q1; q++) {
      for (int j = 0; j < c; j++) {
        const float e = p[q * p_pitch + j] - y[q * c + j];
        block += e * e;
        d[q * d_pitch + j] = scale * e;
      }
      for (int j = c; j < d_pitch; j++) d[q * d_pitch + j] = 0.0f;
    }
    total += block;
  }
  return total;
}

// Σ g²
EXPORT(sum_squares) float sum_squares(const float *g, int count) {
  v total = ZERO;
  float rest = 0;
  int i = 0;
  while (i + 4 <= count) {
    const int stop = i + 256 < count ? i + 256 : count;
    v block = ZERO;
    for (; i + 4 <= stop; i += 4) block = FMA(LOAD(g + i), LOAD(g + i), block);
    total = ADD(total, block);
  }
  for (; i < count; i++) rest += g[i] * g[i];
  return sum4(total) + rest;
}

// Adam (Kingma & Ba 2015) with bias correction folded into two numbers, then the moving average:
//   m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², p ← p − rate·m/(sqrt(v)·root + ε), ema ← ema + (1−decay)(p − ema)
// with g = scale·(stored gradient), rate = lr/(1−β₁ᵗ), root = 1/sqrt(1−β₂ᵗ), ema_step = 1−decay.
EXPORT(adam)
void adam(float *p, const float *g, float *m, float *s, float *ema, int count, float scale, float rate,
          float root, float beta1, float beta2, float epsilon, float ema_step) {
  const v b1 = SPLAT(beta1), b2 = SPLAT(beta2), c1 = SPLAT(1.0f - beta1), c2 = SPLAT(1.0f - beta2);
  const v lr = SPLAT(rate), rt = SPLAT(root), eps = SPLAT(epsilon), keep = SPLAT(ema_step);
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    v d = MUL(SPLAT(scale), LOAD(g + i));
    v mi = FMA(b1, LOAD(m + i), MUL(c1, d)), si = FMA(b2, LOAD(s + i), MUL(c2, MUL(d, d)));
    v pi = SUB(LOAD(p + i), DIV(MUL(lr, mi), FMA(wasm_f32x4_sqrt(si), rt, eps)));
    STORE(m + i, mi);
    STORE(s + i, si);
    STORE(p + i, pi);
    STORE(ema + i, FMA(keep, SUB(pi, LOAD(ema + i)), LOAD(ema + i)));
  }
  for (; i < count; i++) {
    const float d = scale * g[i];
    m[i] = beta1 * m[i] + (1.0f - beta1) * d;
    s[i] = beta2 * s[i] + (1.0f - beta2) * d * d;
    p[i] -= rate * m[i] / (__builtin_sqrtf(s[i]) * root + epsilon);
    ema[i] += ema_step * (p[i] - ema[i]);
  }
}
