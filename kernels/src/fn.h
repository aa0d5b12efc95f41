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

// sigmoid(x) = 1/(1 + exp(−x)) to about 1 ulp. −x = n·ln 2 − r, |r| <= ln 2 / 2, and exp(−r) = 1 − r + r²·Q(r), Q
// minimax (error 5e-9). Adding 1.5·2²³ + 127 rounds to an integer that stands, biased, in the lowest bits: shifted,
// it is the float 2ⁿ.
// The constants come from memory: V8 builds a constant vector anew, in three instructions, wherever it is used.
#define SIGMOID_CONSTANTS 11
static inline void sigmoid_constants(v *k) {
  k[0] = SPLAT(87.0f);
  k[1] = SPLAT(-87.0f);
  k[2] = SPLAT(-1.44269504f);
  k[3] = SPLAT(12583039.0f);
  k[4] = SPLAT(0.693359375f);
  k[5] = SPLAT(2.12194440e-4f);
  k[6] = SPLAT(1.395047875e-3f);
  k[7] = SPLAT(-8.368884213e-3f);
  k[8] = SPLAT(4.166620597e-2f);
  k[9] = SPLAT(-1.666651815e-1f);
  k[10] = SPLAT(1.0f);
  __asm__ volatile("" : : "r"(k) : "memory");  // from here on the compiler does not know them
}

// 1 + exp(−x)
static inline v denominator4(v x, const v *k) {
  const v one = k[10], magic = k[3];
  x = wasm_f32x4_pmin(k[0], wasm_f32x4_pmax(k[1], x));
  v t = FMA(x, k[2], magic), n = SUB(t, magic);
  v r = FNMA(n, k[5], FMA(n, k[4], x));
  v q = FMA(FMA(FMA(FMA(k[6], r, k[7]), r, k[8]), r, k[9]), r, SPLAT(0.5f));
  v e = FMA(q, MUL(r, r), SUB(one, r));
  return FMA(e, wasm_i32x4_shl(t, 23), one);
}

static inline v sigmoid4(v x, const v *k) { return DIV(k[10], denominator4(x, k)); }
static inline v silu4(v x, const v *k) { return DIV(x, denominator4(x, k)); }

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
