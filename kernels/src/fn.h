// Shared by every kernel: the 4-lane vector type, fused multiply-add, and the sigmoid.
//
// There is no static data and no libc here: the modules run inside memory that belongs to someone
// else (TensorFlow.js), so a data segment would overwrite it. Scratch comes in as a pointer, the
// stack pointer is set from outside. Channels (C, K, N) are multiples of 4 everywhere; callers pad.
#pragma once
#include <stdint.h>
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define ROLLED _Pragma("clang loop unroll(disable)")

typedef v128_t v;

#define LOAD(p) wasm_v128_load(p)
#define STORE(p, x) wasm_v128_store(p, x)
#define SPLAT_AT(p) wasm_v128_load32_splat(p)
#define SPLAT(x) wasm_f32x4_splat(x)
#define ZERO wasm_f32x4_const_splat(0.0f)
#define ADD wasm_f32x4_add
#define SUB wasm_f32x4_sub
#define MUL wasm_f32x4_mul
#define DIV wasm_f32x4_div
#define NEG wasm_f32x4_neg

// FMA(a, b, c) = a·b + c; rounded once with relaxed SIMD (where the machine has it), twice without.
#ifdef __wasm_relaxed_simd__
#define FMA(a, b, c) wasm_f32x4_relaxed_madd(a, b, c)
#define FNMA(a, b, c) wasm_f32x4_relaxed_nmadd(a, b, c)
#else
#define FMA(a, b, c) wasm_f32x4_add(wasm_f32x4_mul(a, b), c)
#define FNMA(a, b, c) wasm_f32x4_sub(c, wasm_f32x4_mul(a, b))
#endif

// exp(x) to about 1 ulp: x = n·ln 2 + r, |r| <= ln 2 / 2, polynomial of Cephes' expf.
static inline v exp4(v x) {
  x = wasm_f32x4_pmin(SPLAT(88.0f), wasm_f32x4_pmax(SPLAT(-87.0f), x));
  v n = wasm_f32x4_nearest(MUL(x, SPLAT(1.44269504f)));
  v r = FNMA(n, SPLAT(0.693359375f), x);
  r = FMA(n, SPLAT(2.12194440e-4f), r);
  v y = FMA(SPLAT(1.9875691500e-4f), r, SPLAT(1.3981999507e-3f));
  y = FMA(y, r, SPLAT(8.3334519073e-3f));
  y = FMA(y, r, SPLAT(4.1665795894e-2f));
  y = FMA(y, r, SPLAT(1.6666665459e-1f));
  y = FMA(y, r, SPLAT(5.0000001201e-1f));
  y = ADD(FMA(y, MUL(r, r), r), SPLAT(1.0f));
  v scale = wasm_i32x4_shl(wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_splat(127)), 23);
  return MUL(y, scale);
}

static inline v sigmoid4(v x) { return DIV(SPLAT(1.0f), ADD(SPLAT(1.0f), exp4(NEG(x)))); }

static inline float sum4(v x) {
  return (wasm_f32x4_extract_lane(x, 0) + wasm_f32x4_extract_lane(x, 1)) +
         (wasm_f32x4_extract_lane(x, 2) + wasm_f32x4_extract_lane(x, 3));
}

static inline void zero_floats(float *p, int count) { __builtin_memset(p, 0, (unsigned)count * 4u); }

// gemm.c
void gemm_nn_tiles(const float *a, const float *b, float *c, int blocks, int n, int k);
void gemm_tn_tiles(const float *a, const float *e, float *d, int blocks, int n, int k, int add);
void gemm_nn_rows(const float *a, int lda, const float *b, const float *bias, float *c, int ldc, int m,
                  int n, int k, int add);
void gemm_tn_rows(const float *a, int lda, const float *e, int lde, float *d, int m, int n, int k,
                  int add);
void column_sums(const float *x, int pitch, int rows, int c, float *out, int add);
