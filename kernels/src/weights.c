// Weights as the kernels want them, and gradients back to the order of the model (HWIO, [in, out]).
// `ci`, `co` are the real channel counts, `k`, `n` the same rounded up to multiples of 4 (zeros beyond). A 3×3 filter
// may be `ci` of the `all_ci` input channels of a larger one.
#include "fn.h"

// Offset of (row, column) in a panelled [k][n] matrix.
static inline int panel_at(int row, int column, int k, int n) {
  const int p = column >> 3, width = n - p * 8 < 8 ? 4 : 8;
  return p * 8 * k + row * width + (column & 7);
}

static inline void transpose4(const v *in, v *out) {
  v a = wasm_i32x4_shuffle(in[0], in[1], 0, 4, 1, 5), b = wasm_i32x4_shuffle(in[2], in[3], 0, 4, 1, 5);
  v c = wasm_i32x4_shuffle(in[0], in[1], 2, 6, 3, 7), d = wasm_i32x4_shuffle(in[2], in[3], 2, 6, 3, 7);
  out[0] = wasm_i64x2_shuffle(a, b, 0, 2);
  out[1] = wasm_i64x2_shuffle(a, b, 1, 3);
  out[2] = wasm_i64x2_shuffle(c, d, 0, 2);
  out[3] = wasm_i64x2_shuffle(c, d, 1, 3);
}

// Panels of a [ci][co] matrix, and (if t) of its transpose.
EXPORT(pack_matrix) void pack_matrix(const float *w, int ci, int co, float *u, float *t) {
  const int k = (ci + 3) & ~3, n = (co + 3) & ~3;
  for (int i = 0; i < k; i += 4)
    for (int j = 0; j < n; j += 4) {
      v rows[4], columns[4];
      for (int r = 0; r < 4; r++) {
        rows[r] = i + r < ci ? load_part(w + (i + r) * co + j, co - j) : ZERO;
        STORE(u + panel_at(i + r, j, k, n), rows[r]);
      }
      if (!t) continue;
      transpose4(rows, columns);
      for (int r = 0; r < 4; r++) STORE(t + panel_at(j + r, i, n, k), columns[r]);
    }
}

// U[f] = (G w Hᵀ)_f of HWIO weights (winograd.c), 24 panelled [k][n] matrices, and (if t) their transposes.
EXPORT(pack_conv3) void pack_conv3(const float *w, int all_ci, int ci, int co, float *u, float *t) {
  const int k = (ci + 3) & ~3, n = (co + 3) & ~3, plane = filter_plane(k, n);
  const v half = SPLAT(0.5f), third = SPLAT(1.0f / 3.0f), a = SPLAT(-16.0f / 15.0f), b = SPLAT(1.0f / 15.0f);
  for (int i = 0; i < k; i += 4)
    for (int j = 0; j < n; j += 4) {
      v all[24][4];
      for (int r = 0; r < 4; r++) {
        v h[4][3];
        for (int x = 0; x < 3; x++) {
          v g[3];
          for (int y = 0; y < 3; y++)
            g[y] = i + r < ci ? load_part(w + ((y * 3 + x) * all_ci + i + r) * co + j, co - j) : ZERO;
          v s = MUL(half, ADD(g[0], g[2])), m = MUL(half, g[1]);
          h[0][x] = g[0]; h[1][x] = ADD(s, m); h[2][x] = SUB(s, m); h[3][x] = g[2];
        }
        for (int y = 0; y < 4; y++) {
          const v p = h[y][0], q = h[y][1], s = h[y][2], sum = ADD(p, s), q2 = ADD(q, q), s2 = ADD(s, s);
          all[y * 6][r] = p;
          all[y * 6 + 1][r] = MUL(third, ADD(sum, q));
          all[y * 6 + 2][r] = MUL(third, SUB(q, sum));
          all[y * 6 + 3][r] = MUL(a, FMA(half, FMA(half, s, q), p));
          all[y * 6 + 4][r] = MUL(b, ADD(SUB(p, q2), ADD(s2, s2)));
          all[y * 6 + 5][r] = s;
        }
      }
      for (int f = 0; f < 24; f++) {
        v columns[4];
        for (int r = 0; r < 4; r++) STORE(u + f * plane + panel_at(i + r, j, k, n), all[f][r]);
        if (!t) continue;
        transpose4(all[f], columns);
        for (int r = 0; r < 4; r++) STORE(t + f * plane + panel_at(j + r, i, n, k), columns[r]);
      }
    }
}

// The same for a doubled image (winograd_up.c): G = 1 0 0 | 1 1 1 | 0 0 1, 9 matrices.
EXPORT(pack_up3) void pack_up3(const float *w, int all_ci, int ci, int co, float *u, float *t) {
  const int k = (ci + 3) & ~3, n = (co + 3) & ~3, plane = filter_plane(k, n);
  for (int i = 0; i < k; i += 4)
    for (int j = 0; j < n; j += 4) {
      v all[9][4], columns[4];
      for (int r = 0; r < 4; r++) {
        v g[9];
        for (int tap = 0; tap < 9; tap++)
          g[tap] = i + r < ci ? load_part(w + (tap * all_ci + i + r) * co + j, co - j) : ZERO;
        for (int x = 0; x < 3; x++) g[3 + x] = ADD(ADD(g[x], g[3 + x]), g[6 + x]);
        for (int y = 0; y < 3; y++) {
          all[y * 3][r] = g[y * 3];
          all[y * 3 + 1][r] = ADD(ADD(g[y * 3], g[y * 3 + 1]), g[y * 3 + 2]);
          all[y * 3 + 2][r] = g[y * 3 + 2];
        }
      }
      for (int f = 0; f < 9; f++) {
        for (int r = 0; r < 4; r++) STORE(u + f * plane + panel_at(i + r, j, k, n), all[f][r]);
        if (!t) continue;
        transpose4(all[f], columns);
        for (int r = 0; r < 4; r++) STORE(t + f * plane + panel_at(j + r, i, n, k), columns[r]);
      }
    }
}

// d[i] = Σ_parts d[i + part·stride] for i < count, always in the same order. A cache line of each part at a time; count
// is a multiple of 4.
static void join_parts(float *d, int parts, int stride, int count) {
  if (parts == 1) return;
  int i = 0;
  for (; i + 16 <= count; i += 16) {
    v a = LOAD(d + i), b = LOAD(d + i + 4), e = LOAD(d + i + 8), f = LOAD(d + i + 12);
    const float *p = d + i;
    for (int s = 1; s < parts; s++) {
      p += stride;
      a = ADD(a, LOAD(p));
      b = ADD(b, LOAD(p + 4));
      e = ADD(e, LOAD(p + 8));
      f = ADD(f, LOAD(p + 12));
    }
    STORE(d + i, a); STORE(d + i + 4, b); STORE(d + i + 8, e); STORE(d + i + 12, f);
  }
  for (; i < count; i += 4) {
    v x = LOAD(d + i);
    for (int s = 1; s < parts; s++) x = ADD(x, LOAD(d + i + s * stride));
    STORE(d + i, x);
  }
}

// Gradients are summed over `parts` accumulators, `stride` floats apart; the sum takes the place of the first one.

// g[ci][co] = Σ_parts panels.
EXPORT(unpack_matrix)
void unpack_matrix(float *d, int parts, int stride, int ci, int co, float *g) {
  const int k = (ci + 3) & ~3, n = (co + 3) & ~3;
  join_parts(d, parts, stride, k * n);
  for (int i = 0; i < ci; i++)
    for (int j = 0; j < co; j += 4) store_part(g + i * co + j, LOAD(d + panel_at(i, j, k, n)), co - j);
}

// g[c] = Σ_parts d[c]; d stays as it is, for another vector may have the same gradient.
EXPORT(unpack_vector) void unpack_vector(const float *d, int parts, int stride, int c, float *g) {
  for (int j = 0; j < c; j += 4) {
    v x = LOAD(d + j);
    for (int s = 1; s < parts; s++) x = ADD(x, LOAD(d + j + s * stride));
    store_part(g + j, x, c - j);
  }
}

// g (HWIO) = Gᵀ [Σ_parts dU] H.
EXPORT(unpack_conv3)
void unpack_conv3(float *d, int parts, int stride, int all_ci, int ci, int co, float *g) {
  const int k = (ci + 3) & ~3, n = (co + 3) & ~3, plane = filter_plane(k, n);
  const v half = SPLAT(0.5f), third = SPLAT(1.0f / 3.0f), a = SPLAT(-16.0f / 15.0f), b = SPLAT(1.0f / 15.0f);
  join_parts(d, parts, stride, 24 * plane);
  for (int i = 0; i < ci; i++)
    for (int j = 0; j < co; j += 4) {
      const float *p = d + panel_at(i, j, k, n);
      v h[3][6];
      for (int x = 0; x < 6; x++) {
        v m[4];
        for (int y = 0; y < 4; y++) m[y] = LOAD(p + (y * 6 + x) * plane);
        v s = MUL(half, ADD(m[1], m[2]));
        h[0][x] = ADD(m[0], s); h[1][x] = MUL(half, SUB(m[1], m[2])); h[2][x] = ADD(s, m[3]);
      }
      for (int y = 0; y < 3; y++) {
        const v *m = h[y];
        const v sum = MUL(third, ADD(m[1], m[2])), difference = MUL(third, SUB(m[1], m[2]));
        const v q = MUL(half, MUL(a, m[3])), s = MUL(b, ADD(m[4], m[4]));
        float *o = g + (y * 3 * all_ci + i) * co + j;
        store_part(o, ADD(ADD(m[0], difference), FMA(a, m[3], MUL(b, m[4]))), co - j);
        store_part(o + all_ci * co, ADD(sum, SUB(q, s)), co - j);
        store_part(o + 2 * all_ci * co, ADD(ADD(difference, m[5]), FMA(half, q, ADD(s, s))), co - j);
      }
    }
}

// The same for a doubled image: Gᵀ = 1 1 0 | 0 1 0 | 0 1 1.
EXPORT(unpack_up3)
void unpack_up3(float *d, int parts, int stride, int all_ci, int ci, int co, float *g) {
  const int k = (ci + 3) & ~3, n = (co + 3) & ~3, plane = filter_plane(k, n);
  join_parts(d, parts, stride, 9 * plane);
  for (int i = 0; i < ci; i++)
    for (int j = 0; j < co; j += 4) {
      const float *p = d + panel_at(i, j, k, n);
      v h[9];
      for (int f = 0; f < 9; f++) h[f] = LOAD(p + f * plane);
      for (int x = 0; x < 3; x++) { h[x] = ADD(h[x], h[3 + x]); h[6 + x] = ADD(h[6 + x], h[3 + x]); }
      for (int y = 0; y < 3; y++) {
        float *o = g + (y * 3 * all_ci + i) * co + j;
        store_part(o, ADD(h[y * 3], h[y * 3 + 1]), co - j);
        store_part(o + all_ci * co, h[y * 3 + 1], co - j);
        store_part(o + 2 * all_ci * co, ADD(h[y * 3 + 2], h[y * 3 + 1]), co - j);
      }
    }
}
