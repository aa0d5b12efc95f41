// y = (x, sin x, cos x, sin 2x, cos 2x) of vectors of n numbers, for any n: y holds 5n numbers in this order.
#include "fn.h"

// x = n·π/2 + r, |r| <= π/4; π/2 in three parts, of which n times the first two are exact for |x| <= 2000. Adding 1.5·2²³
// rounds to an integer that stands in the lowest bits. sin r = r + r³·S(r²), cos r = 1 − r²/2 + r⁴·C(r²), S and C minimax (Cephes,
// sinf). Errors: under 1e-7 for |x| <= 2000. Beyond, r loses its digits; bounded, it keeps the waves so.
static inline void sine_cosine4(v x, v *sine, v *cosine) {
  const v magic = SPLAT(12582912.0f), bound = SPLAT(0.8f);
  v t = ADD(MUL(x, SPLAT(0.636619772f)), magic), n = SUB(t, magic);
  v r = FNMA(n, SPLAT(1.5703125f), x);
  r = FNMA(n, SPLAT(7.549789954e-8f), FNMA(n, SPLAT(4.837512969970703e-4f), r));
  r = wasm_f32x4_min(wasm_f32x4_max(r, NEG(bound)), bound);
  v z = MUL(r, r);
  v s = FMA(FMA(SPLAT(-1.9515295891e-4f), z, SPLAT(8.3321608736e-3f)), z, SPLAT(-1.6666654611e-1f));
  v c = FMA(FMA(SPLAT(2.443315711809948e-5f), z, SPLAT(-1.388731625493765e-3f)), z, SPLAT(4.166664568298827e-2f));
  s = FMA(MUL(s, z), r, r);
  c = FMA(MUL(c, z), z, FNMA(z, SPLAT(0.5f), SPLAT(1.0f)));
  // A quarter turn is cos for sin and −sin for cos.
  const v odd = wasm_i32x4_shr(wasm_i32x4_shl(t, 31), 31), two = wasm_i32x4_const_splat(2);
  const v sine_sign = wasm_i32x4_shl(wasm_v128_and(t, two), 30);
  const v cosine_sign = wasm_i32x4_shl(wasm_v128_and(wasm_i32x4_add(t, wasm_i32x4_const_splat(1)), two), 30);
  *sine = wasm_v128_xor(wasm_v128_bitselect(c, s, odd), sine_sign);
  *cosine = wasm_v128_xor(wasm_v128_bitselect(s, c, odd), cosine_sign);
}

// Zeros beyond the 5n numbers up to whole vectors.
EXPORT(waves_forward)
void waves_forward(const float *x, int x_stride, float *y, int y_stride, int images, int n) {
  for (int i = 0; i < images; i++, x += x_stride, y += y_stride) {
    for (int j = 0; j < n; j += 4) {
      const int count = n - j;
      v value = load_part(x + j, count), sine, cosine;
      store_part(y + j, value, count);
      ROLLED for (int k = 1; k <= 3; k += 2) {
        sine_cosine4(value, &sine, &cosine);
        store_part(y + k * n + j, sine, count);
        store_part(y + (k + 1) * n + j, cosine, count);
        value = ADD(value, value);
      }
    }
    for (int j = 5 * n; j & 3; j++) y[j] = 0.0f;
  }
}

// dx (+)= dy₀ + cos x·dy₁ − sin x·dy₂ + 2(cos 2x·dy₃ − sin 2x·dy₄), from y = (…) of the forward pass; zeros beyond n up to
// whole vectors unless added. Number by number: vectors of any n would need ten loads with ends of their own, for 5n products.
EXPORT(waves_backward)
void waves_backward(const float *y, int y_stride, const float *dy, int dy_stride, float *dx, int dx_stride, int images,
                    int n, int add) {
  for (int i = 0; i < images; i++, y += y_stride, dy += dy_stride, dx += dx_stride) {
    _Pragma("clang loop vectorize(disable) unroll(disable)")
    for (int j = 0; j < n; j++) {
      const float *w = y + j, *d = dy + j;
      const float once = d[0] + w[2 * n] * d[n] - w[n] * d[2 * n];
      const float twice = w[4 * n] * d[3 * n] - w[3 * n] * d[4 * n];
      dx[j] = (add ? dx[j] : 0.0f) + (once + 2.0f * twice);
    }
    if (!add)
      for (int j = n; j & 3; j++) dx[j] = 0.0f;
  }
}
