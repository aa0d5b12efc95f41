// Matrix products on panels: B and the results of the transposed product are stored as panels of 8
// columns, panel p at p·8·K, row k of a panel 8 (in a last half panel: 4) floats.
//
// The inner loops are rolled on purpose: V8 keeps 8 accumulators, 2 operands and 1 splat in its 16
// registers and runs them at the machine's multiply-add limit; unrolled by 4 it spills and loses 30 %.
#include "winograd.h"

// One row of the 4×8 tile: two accumulators += splat(a)·(b0, b1).
#define ROW(i, p) { v s = SPLAT_AT(p); x##i = FMA(s, b0, x##i); y##i = FMA(s, b1, y##i); }
#define HALF_ROW(i, p) { v s = SPLAT_AT(p); x##i = FMA(s, b0, x##i); }

// The tile products are compiled for both distances between groups of channels (winograd.h): as a constant, they cost
// the inner loops no addition.
#define FOR_BOTH(product, ...) \
  if (group == GROUP) product(__VA_ARGS__, GROUP); \
  else product(__VA_ARGS__, UP_GROUP);

static inline __attribute__((always_inline)) void nn_tiles(const float *a_all, const float *b_all, float *c_all,
                                                           int blocks, int n, int k, const int group) {
  const int a_block = (k >> 2) * group, c_block = (n >> 2) * group, skip = group - 4;
  for (int j = 0; j < n; j += 8) {
    const float *b_panel = b_all + j * k;
    const int half = n - j < 8;
    for (int t = 0; t < blocks; t++) {
      const float *a = a_all + t * a_block, *b = b_panel;
      float *c = c_all + t * c_block + (j >> 2) * group;
      v x0 = ZERO, x1 = ZERO, x2 = ZERO, x3 = ZERO;
      if (half) {
        const float *end = b + 4 * k;
        do {
          const float *stop = b + 16;
          ROLLED do {
            v b0 = LOAD(b);
            HALF_ROW(0, a) HALF_ROW(1, a + 4) HALF_ROW(2, a + 8) HALF_ROW(3, a + 12)
            b += 4;
            a++;
          } while (b != stop);
          a += skip;
        } while (b != end);
      } else {
        v y0 = ZERO, y1 = ZERO, y2 = ZERO, y3 = ZERO;
        const float *end = b + 8 * k;
        do {
          const float *stop = b + 32;
          ROLLED do {
            v b0 = LOAD(b), b1 = LOAD(b + 4);
            ROW(0, a) ROW(1, a + 4) ROW(2, a + 8) ROW(3, a + 12)
            b += 8;
            a++;
          } while (b != stop);
          a += skip;
        } while (b != end);
        float *next = c + group;
        STORE(next, y0); STORE(next + 4, y1); STORE(next + 8, y2); STORE(next + 12, y3);
      }
      STORE(c, x0); STORE(c + 4, x1); STORE(c + 8, x2); STORE(c + 12, x3);
    }
  }
}

// C[t][n] = Σ_k A[t][k]·B[k][n]; A, C one frequency of tiles in blocks.
void gemm_nn_tiles(const float *a, const float *b, float *c, int blocks, int n, int k, int group) {
  FOR_BOTH(nn_tiles, a, b, c, blocks, n, k)
}

static inline __attribute__((always_inline)) void tn_tiles(const float *a_all, const float *e_all, float *d_all,
                                                           int blocks, int n, int k, int add, const int group) {
  const int a_skip = (k >> 2) * group - 16, e_skip = (n >> 2) * group - 16;
  for (int j = 0; j < n; j += 8) {
    const int half = n - j < 8;
    for (int i = 0; i < k; i += 4) {
      const float *a = a_all + (i >> 2) * group, *e = e_all + (j >> 2) * group;
      float *d = d_all + j * k + i * (half ? 4 : 8);
      v x0 = ZERO, x1 = ZERO, x2 = ZERO, x3 = ZERO;
      if (half) {
        if (add) { x0 = LOAD(d); x1 = LOAD(d + 4); x2 = LOAD(d + 8); x3 = LOAD(d + 12); }
        for (int t = blocks; t > 0; t--) {
          const float *stop = e + 16;
          ROLLED do {
            v b0 = LOAD(e);
            HALF_ROW(0, a) HALF_ROW(1, a + 1) HALF_ROW(2, a + 2) HALF_ROW(3, a + 3)
            e += 4;
            a += 4;
          } while (e != stop);
          a += a_skip;
          e += e_skip;
        }
        STORE(d, x0); STORE(d + 4, x1); STORE(d + 8, x2); STORE(d + 12, x3);
        continue;
      }
      v y0 = ZERO, y1 = ZERO, y2 = ZERO, y3 = ZERO;
      if (add) {
        x0 = LOAD(d); y0 = LOAD(d + 4); x1 = LOAD(d + 8); y1 = LOAD(d + 12);
        x2 = LOAD(d + 16); y2 = LOAD(d + 20); x3 = LOAD(d + 24); y3 = LOAD(d + 28);
      }
      for (int t = blocks; t > 0; t--) {
        const float *stop = e + 16;
        ROLLED do {
          v b0 = LOAD(e), b1 = LOAD(e + group);
          ROW(0, a) ROW(1, a + 1) ROW(2, a + 2) ROW(3, a + 3)
          e += 4;
          a += 4;
        } while (e != stop);
        a += a_skip;
        e += e_skip;
      }
      STORE(d, x0); STORE(d + 4, y0); STORE(d + 8, x1); STORE(d + 12, y1);
      STORE(d + 16, x2); STORE(d + 20, y2); STORE(d + 24, x3); STORE(d + 28, y3);
    }
  }
}

// D[k][n] (+)= Σ_t A[t][k]·E[t][n]; A, E one frequency of tiles in blocks, D in panels.
void gemm_tn_tiles(const float *a, const float *e, float *d, int blocks, int n, int k, int group, int add) {
  FOR_BOTH(tn_tiles, a, e, d, blocks, n, k, add)
}

// C[m][n] = bias[n] + (add ? C[m][n] : 0) + Σ_k A[m][k]·B[k][n]; rows of A and C lda and ldc apart.
void gemm_nn_rows(const float *a_all, int lda, const float *b_all, const float *bias, float *c_all,
                  int ldc, int m, int n, int k, int add) {
  for (int j = 0; j < n; j += 8) {
    const int half = n - j < 8, step = half ? 4 : 8;
    const float *b_panel = b_all + j * k;
    const v bias0 = bias ? LOAD(bias + j) : ZERO, bias1 = bias && !half ? LOAD(bias + j + 4) : ZERO;
    for (int i = 0; i < m; i += 4) {
      // The last rows repeat row m-1: the same value is computed and stored more than once.
      const int r1 = i + 1 < m ? 1 : 0, r2 = i + 2 < m ? 2 : r1, r3 = i + 3 < m ? 3 : r2;
      const float *a0 = a_all + i * lda, *a1 = a0 + r1 * lda, *a2 = a0 + r2 * lda, *a3 = a0 + r3 * lda;
      float *c0 = c_all + i * ldc + j, *c1 = c0 + r1 * ldc, *c2 = c0 + r2 * ldc, *c3 = c0 + r3 * ldc;
      const float *b = b_panel, *end = b + step * k;
      v x0 = bias0, x1 = bias0, x2 = bias0, x3 = bias0;
      if (add) { x0 = ADD(x0, LOAD(c0)); x1 = ADD(x1, LOAD(c1)); x2 = ADD(x2, LOAD(c2)); x3 = ADD(x3, LOAD(c3)); }
      if (half) {
        ROLLED do {
          v b0 = LOAD(b);
          HALF_ROW(0, a0) HALF_ROW(1, a1) HALF_ROW(2, a2) HALF_ROW(3, a3)
          a0++; a1++; a2++; a3++;
          b += 4;
        } while (b != end);
      } else {
        v y0 = bias1, y1 = bias1, y2 = bias1, y3 = bias1;
        if (add) {
          y0 = ADD(y0, LOAD(c0 + 4)); y1 = ADD(y1, LOAD(c1 + 4));
          y2 = ADD(y2, LOAD(c2 + 4)); y3 = ADD(y3, LOAD(c3 + 4));
        }
        ROLLED do {
          v b0 = LOAD(b), b1 = LOAD(b + 4);
          ROW(0, a0) ROW(1, a1) ROW(2, a2) ROW(3, a3)
          a0++; a1++; a2++; a3++;
          b += 8;
        } while (b != end);
        STORE(c0 + 4, y0); STORE(c1 + 4, y1); STORE(c2 + 4, y2); STORE(c3 + 4, y3);
      }
      STORE(c0, x0); STORE(c1, x1); STORE(c2, x2); STORE(c3, x3);
    }
  }
}

// D[k][n] (+)= Σ_m A[m][k]·E[m][n]; rows of A and E lda and lde apart, D in panels.
void gemm_tn_rows(const float *a_all, int lda, const float *e_all, int lde, float *d_all, int m, int n,
                  int k, int add) {
  for (int j = 0; j < n; j += 8) {
    const int half = n - j < 8;
    for (int i = 0; i < k; i += 4) {
      const float *a = a_all + i, *e = e_all + j;
      float *d = d_all + j * k + i * (half ? 4 : 8);
      v x0 = ZERO, x1 = ZERO, x2 = ZERO, x3 = ZERO;
      if (half) {
        if (add) { x0 = LOAD(d); x1 = LOAD(d + 4); x2 = LOAD(d + 8); x3 = LOAD(d + 12); }
        ROLLED for (int r = m; r > 0; r--) {
          v b0 = LOAD(e);
          HALF_ROW(0, a) HALF_ROW(1, a + 1) HALF_ROW(2, a + 2) HALF_ROW(3, a + 3)
          a += lda;
          e += lde;
        }
        STORE(d, x0); STORE(d + 4, x1); STORE(d + 8, x2); STORE(d + 12, x3);
        continue;
      }
      v y0 = ZERO, y1 = ZERO, y2 = ZERO, y3 = ZERO;
      if (add) {
        x0 = LOAD(d); y0 = LOAD(d + 4); x1 = LOAD(d + 8); y1 = LOAD(d + 12);
        x2 = LOAD(d + 16); y2 = LOAD(d + 20); x3 = LOAD(d + 24); y3 = LOAD(d + 28);
      }
      ROLLED for (int r = m; r > 0; r--) {
        v b0 = LOAD(e), b1 = LOAD(e + 4);
        ROW(0, a) ROW(1, a + 1) ROW(2, a + 2) ROW(3, a + 3)
        a += lda;
        e += lde;
      }
      STORE(d, x0); STORE(d + 4, y0); STORE(d + 8, x1); STORE(d + 12, y1);
      STORE(d + 16, x2); STORE(d + 20, y2); STORE(d + 24, x3); STORE(d + 28, y3);
    }
  }
}

// out[c] (+)= Σ_rows x[row][c]. Summed in blocks of 32 rows: a running float sum of thousands of terms
// loses digits.
void column_sums(const float *x, int pitch, int rows, int c, float *out, int add) {
  for (int j = 0; j < c; j += 4) {
    v total = add ? LOAD(out + j) : ZERO;
    for (int r0 = 0; r0 < rows; r0 += 32) {
      const int r1 = r0 + 32 < rows ? r0 + 32 : rows;
      v block = ZERO;
      for (int r = r0; r < r1; r++) block = ADD(block, LOAD(x + r * pitch + j));
      total = ADD(total, block);
    }
    STORE(out + j, total);
  }
}
