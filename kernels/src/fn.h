// Shared by every kernel: the 4-lane vector type, fused multiply-add, the exponential and the sigmoid.
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

// SPLAT(x) that the compiler takes for unknown: V8 builds a constant vector anew, in three instructions, wherever it is
// used. In a local variable it stays in a register; behind a pointer, every store would make it be read again.
static inline v constant(float x) {
  v splat = SPLAT(x);
  __asm__ volatile("" : : "r"(&splat) : "memory");
  return splat;
}

// FMA(a, b, c) = a·b + c; rounded once with relaxed SIMD (where the machine has it), twice without.
#ifdef __wasm_relaxed_simd__
#define FMA(a, b, c) wasm_f32x4_relaxed_madd(a, b, c)
#define FNMA(a, b, c) wasm_f32x4_relaxed_nmadd(a, b, c)
#else
#define FMA(a, b, c) wasm_f32x4_add(wasm_f32x4_mul(a, b), c)
#define FNMA(a, b, c) wasm_f32x4_sub(c, wasm_f32x4_mul(a, b))
#endif

// exp(−x) to about 1 ulp, and sigmoid(x) = 1/(1 + exp(−x)) to about 2. −x = n·ln 2 − r, |r| <= ln 2 / 2, and exp(−r) =
// 1 − r + r²·Q(r), Q minimax (relative error 1.1e-7, under 1 ulp). Adding 1.5·2²³ + 127 rounds to an integer that stands, biased, in the
// lowest bits: shifted, it is the float 2ⁿ.
struct exponential { v most, least, slope, magic, ln2, ln2_rest, q3, q2, q1, q0, one; };
static inline struct exponential exponential_constants(void) {
  return (struct exponential){
    .most = constant(87.0f), .least = constant(-87.0f), .slope = constant(-1.44269504f), .magic = constant(12583039.0f),
    .ln2 = constant(0.693359375f), .ln2_rest = constant(2.12194440e-4f), .q3 = constant(-8.312467486e-3f),
    .q2 = constant(4.189025611e-2f), .q1 = constant(-1.666711569e-1f), .q0 = constant(4.999923110e-1f),
    .one = constant(1.0f),
  };
}

// exp(−x) = the result · *power, a power of two; |x| beyond 87 counts as 87.
static inline v exp_minus4(v x, v *power, struct exponential k) {
  x = wasm_f32x4_pmin(k.most, wasm_f32x4_pmax(k.least, x));
  v t = FMA(x, k.slope, k.magic), n = SUB(t, k.magic);
  v r = FNMA(n, k.ln2_rest, FMA(n, k.ln2, x));
  v q = FMA(FMA(FMA(k.q3, r, k.q2), r, k.q1), r, k.q0);
  *power = wasm_i32x4_shl(t, 23);
  return FMA(q, MUL(r, r), SUB(k.one, r));
}

// 1 + exp(−x)
static inline v denominator4(v x, struct exponential k) {
  v power, e = exp_minus4(x, &power, k);
  return FMA(e, power, k.one);
}

static inline v sigmoid4(v x, struct exponential k) { return DIV(k.one, denominator4(x, k)); }
static inline v silu4(v x, struct exponential k) { return DIV(x, denominator4(x, k)); }

static inline float sum4(v x) {
  return (wasm_f32x4_extract_lane(x, 0) + wasm_f32x4_extract_lane(x, 1)) +
         (wasm_f32x4_extract_lane(x, 2) + wasm_f32x4_extract_lane(x, 3));
}

// The first `count` lanes, and zeros; four where there are more.
static inline v load_part(const float *p, int count) {
  if (count >= 4) return LOAD(p);
  v x = ZERO;
  if (count > 0) x = wasm_f32x4_replace_lane(x, 0, p[0]);
  if (count > 1) x = wasm_f32x4_replace_lane(x, 1, p[1]);
  if (count > 2) x = wasm_f32x4_replace_lane(x, 2, p[2]);
  return x;
}

static inline void store_part(float *p, v x, int count) {
  if (count >= 4) { STORE(p, x); return; }
  if (count > 0) p[0] = wasm_f32x4_extract_lane(x, 0);
  if (count > 1) p[1] = wasm_f32x4_extract_lane(x, 1);
  if (count > 2) p[2] = wasm_f32x4_extract_lane(x, 2);
}

static inline void zero_floats(float *p, int count) { __builtin_memset(p, 0, (unsigned)count * 4u); }

// Floats from one frequency of a transformed 3×3 filter to the next. The odd 16 keep frequencies out of the same cache
// sets, where whole pages (32 × 32 channels) would put them all.
static inline int filter_plane(int k, int n) { return k * n + 16; }

// gemm.c
void gemm_nn_tiles(const float *a, const float *b, float *c, int blocks, int n, int k, int group);
void gemm_tn_tiles(const float *a, const float *e, float *d, int blocks, int n, int k, int group, int add);
void gemm_nn_rows(const float *a, int lda, const float *b, const float *bias, float *c, int ldc, int m,
                  int n, int k, int add);
void gemm_tn_rows(const float *a, int lda, const float *e, int lde, float *d, int m, int n, int k,
                  int add);
void column_sums(const float *x, int pitch, int rows, int c, float *out, int add);

// softmax.c
float exponentials(const float *s, float *out, int n, float scale, float *most);
