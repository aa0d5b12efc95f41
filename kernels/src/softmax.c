// Softmax of a row of numbers, and the cross-entropy of classes.
#include "fn.h"

// out_j = exp(scale·(s_j − max s)) for j < n; says Σ out_j and max s. s and out may be the same. Where s has a NaN or
// +∞ the sum is NaN.
float exponentials(const float *s, float *out, int n, float scale, float *most) {
  const struct exponential k = exponential_constants();
  v highest = SPLAT(s[0]), total = ZERO, power;
  int j = 0;
  for (; j + 4 <= n; j += 4) highest = wasm_f32x4_max(highest, LOAD(s + j));
  for (; j < n; j++) highest = wasm_f32x4_max(highest, SPLAT(s[j]));
  highest = wasm_f32x4_max(highest, wasm_i32x4_shuffle(highest, highest, 2, 3, 0, 1));
  highest = wasm_f32x4_max(highest, wasm_i32x4_shuffle(highest, highest, 1, 0, 3, 2));
  const v by = SPLAT(scale);
  for (j = 0; j + 4 <= n; j += 4) {
    v e = MUL(exp_minus4(MUL(SUB(highest, LOAD(s + j)), by), &power, k), power);
    total = ADD(total, e);
    STORE(out + j, e);
  }
  float rest = 0;
  for (; j < n; j++) {
    v e = MUL(exp_minus4(MUL(SUB(highest, SPLAT(s[j])), by), &power, k), power);
    out[j] = wasm_f32x4_extract_lane(e, 0);
    rest += out[j];
  }
  *most = wasm_f32x4_extract_lane(highest, 0);
  // The exponential takes a NaN for a number.
  return sum4(total) + rest + (*most - *most);
}

// ln(x) to about 1 ulp for finite x >= 2⁻¹²⁶. x = 2ᵉ(1 + f), √½ <= 1 + f < √2, and ln(1 + f) = f − f²/2 + f³·P(f), P minimax
// (Cephes, logf). ln 2 is added in two parts, of which e times the first is exact.
static float logarithm(float x) {
  int32_t bits;
  __builtin_memcpy(&bits, &x, 4);
  const int32_t e = (bits - 0x3f3504f3) >> 23;
  bits -= (int32_t)((uint32_t)e << 23);
  __builtin_memcpy(&x, &bits, 4);
  const float f = x - 1.0f, z = f * f, n = (float)e;
  float p = 7.0376836292e-2f;
  p = p * f - 1.1514610310e-1f;
  p = p * f + 1.1676998740e-1f;
  p = p * f - 1.2420140846e-1f;
  p = p * f + 1.4249322787e-1f;
  p = p * f - 1.6668057665e-1f;
  p = p * f + 2.0000714765e-1f;
  p = p * f - 2.4999993993e-1f;
  p = p * f + 3.3333331174e-1f;
  return n * 0.693359375f + (f + (p * f * z - 0.5f * z - n * 2.12194440e-4f));
}

// −ln softmax(p)[label] of n numbers, and its gradient d = scale·(softmax(p) − onehot(label)), with zeros up to `fill`.
EXPORT(cross_entropy)
float cross_entropy(const float *p, int label, float *d, int n, int fill, float scale) {
  float most;
  const float total = exponentials(p, d, n, 1.0f, &most), share = scale / total;
  const float loss = logarithm(total) + (most - p[label]);
  for (int j = 0; j < n; j++) d[j] *= share;
  for (int j = n; j < fill; j++) d[j] = 0.0f;
  d[label] -= scale;
  return total == total ? loss : total;
}
