// Winograd's minimal filtering (Lavin & Gray 2016, arXiv:1509.09308), F(2, 3) down the columns and F(4, 3) along the
// rows, exact in exact arithmetic: a 3×3 "same" convolution becomes 24 matrix products over 4×6 tiles of the image, of
// which each gives 2×4 results. 24 multiplications replace 72.
//   Y  = Aᵀ [(G w Hᵀ) ⊙ (Bᵀ d C)] S          forward
//   dX = B [(G w Hᵀ)ᵀ-channels · (A dY Sᵀ)] Cᵀ   overlapping tiles added
//   dW = Gᵀ [Σ_tiles (Bᵀ d C) ⊗ (A dY Sᵀ)] H
// F(2, 3), by the points 0, 1, −1, ∞:
//   Bᵀ = 1 0 -1 0 | 0 1 1 0 | 0 -1 1 0 | 0 1 0 -1     Aᵀ = 1 1 1 0 | 0 1 -1 -1
//   G  = 1 0 0 | ½ ½ ½ | ½ -½ ½ | 0 0 1
// F(4, 3), by the points 0, 1, −1, ½, −2, ∞: mixed signs and sizes keep rounding errors small (Barabasz et al. 2018,
// arXiv:1803.10986), together below twice those of the plain sum (tests/kernels/rounding.test.ts).
//   Cᵀ = 1 -3/2 -2 3/2 1 0 | 0 -1 ½ 5/2 1 0 | 0 1 -5/2 ½ 1 0 | 0 -2 -1 2 1 0 | 0 ½ -1 -½ 1 0 | 0 1 -3/2 -2 3/2 1
//   Sᵀ = 1 1 1 1 1 0 | 0 1 -1 ½ -2 0 | 0 1 1 ¼ 4 0 | 0 1 -1 ⅛ -8 1
//   H  = 1 0 0 | ⅓ ⅓ ⅓ | -⅓ ⅓ -⅓ | -16/15 -8/15 -4/15 | 1/15 -2/15 4/15 | 0 0 1
// Frequency = 6·(of columns) + (of rows); winograd.h says how tiles are kept. Zero padding is done by reading zeros,
// never by copying the image.
#include "winograd.h"

// Rows 2ty−1 … 2ty+2 of an image. Those outside it are one spare pixel, which does not move.
struct rows { float *at[4]; int step[4]; };
static inline struct rows four_rows(const float *x, int pitch, int h, int w, int ty, v *spare) {
  struct rows rows;
  for (int i = 0; i < 4; i++) {
    const int y = 2 * ty - 1 + i, inside = y >= 0 && y < h;
    rows.at[i] = inside ? (float *)x + y * w * pitch : (float *)spare;
    rows.step[i] = inside ? pitch : 0;
  }
  return rows;
}

// V[f] = (Bᵀ d C)_f of tile row ty, for the tiles t0.. of this row. Each frequency of the columns needs two rows of
// the image; along them, two columns of a tile serve the next one too.
void winograd_input_row(const float *x, int pitch, int h, int w, int c, int ty, float *out, int t0) {
  v spare = ZERO;
  const int tiles = (w + 3) >> 2;
  const struct rows rows = four_rows(x, pitch, h, w, ty, &spare);
  const v half3 = constant(1.5f), two = constant(2.0f), half = constant(0.5f);
  for (int j = 0; j < c; j += 4) {
#define COLUMNS(f, r, s, OP) { \
    const int p_step = rows.step[r], q_step = rows.step[s]; \
    const float *p = rows.at[r] + (p_step ? j : 0), *q = rows.at[s] + (q_step ? j : 0); \
    v d0 = ZERO, d1 = OP(LOAD(p), LOAD(q)); \
    for (int tx = 0; tx < tiles; tx++) { \
      const int left = w - 4 * tx; \
      v d2 = ZERO, d3 = ZERO, d4 = ZERO, d5 = ZERO; \
      if (left > 1) { p += p_step; q += q_step; d2 = OP(LOAD(p), LOAD(q)); } \
      if (left > 2) { p += p_step; q += q_step; d3 = OP(LOAD(p), LOAD(q)); } \
      if (left > 3) { p += p_step; q += q_step; d4 = OP(LOAD(p), LOAD(q)); } \
      if (left > 4) { p += p_step; q += q_step; d5 = OP(LOAD(p), LOAD(q)); } \
      float *o = TILE(out, GROUP, t0 + tx) + 6 * f * FREQUENCY; \
      v a = SUB(d4, d2), b = SUB(d3, d1); \
      STORE(o, FMA(b, half3, ADD(SUB(d0, d2), a))); \
      STORE(o + FREQUENCY, FMA(ADD(d2, d3), half3, ADD(a, b))); \
      STORE(o + 2 * FREQUENCY, FMA(SUB(d3, d2), half3, SUB(a, b))); \
      STORE(o + 3 * FREQUENCY, FMA(b, two, a)); \
      STORE(o + 4 * FREQUENCY, FNMA(b, half, a)); \
      STORE(o + 5 * FREQUENCY, FMA(a, half3, SUB(SUB(d5, d3), b))); \
      d0 = d4; d1 = d5; \
    } }
    COLUMNS(0, 0, 2, SUB)
    COLUMNS(1, 1, 2, ADD)
    COLUMNS(2, 2, 1, SUB)
    COLUMNS(3, 1, 3, SUB)
#undef COLUMNS
  }
}

// y = bias + residual + Aᵀ M S for tile row ty; bias and residual may be 0, residual may be y.
void winograd_output_row(const float *in, int t0, int c, const float *bias, const float *residual,
                         int r_pitch, float *y, int pitch, int h, int w, int ty) {
  const int tiles = (w + 3) >> 2, lines = 2 * ty + 1 < h ? 2 : 1;
  const v k[] = {constant(0.5f), constant(0.25f), constant(0.125f), constant(2.0f), constant(4.0f), constant(8.0f)};
  for (int j = 0; j < c; j += 4) {
    const v b = bias ? LOAD(bias + j) : ZERO;
    for (int tx = 0; tx < tiles; tx++) {
      const int count = w - 4 * tx < 4 ? w - 4 * tx : 4;
      const float *p = TILE(in, GROUP, t0 + tx);
#define AT(y, x) LOAD(p + (6 * y + x) * FREQUENCY)
#define COLUMN(i) \
  v a##i = AT(1, i), e##i = AT(2, i), s##i = ADD(ADD(a##i, e##i), AT(0, i)), u##i = SUB(SUB(a##i, e##i), AT(3, i));
      COLUMN(0) COLUMN(1) COLUMN(2) COLUMN(3) COLUMN(4) COLUMN(5)
#undef COLUMN
#undef AT
      const float *r = residual ? residual + (2 * ty * w + 4 * tx) * r_pitch + j : 0;
      float *o = y + (2 * ty * w + 4 * tx) * pitch + j;
#define OUT(i, value) if (i < count) { \
  v result = value; if (r) result = ADD(result, LOAD(r + i * r_pitch)); STORE(o + i * pitch, result); }
#define LINE(m) { \
  v sum = ADD(m##1, m##2), difference = ADD(SUB(m##1, m##2), b); \
  OUT(0, ADD(ADD(m##0, b), ADD(sum, ADD(m##3, m##4)))) \
  OUT(1, FNMA(m##4, k[3], FMA(m##3, k[0], difference))) \
  OUT(2, FMA(m##4, k[4], FMA(m##3, k[1], ADD(sum, b)))) \
  OUT(3, ADD(FNMA(m##4, k[5], FMA(m##3, k[2], difference)), m##5)) }
      LINE(s)
      if (lines == 1) continue;
      o += w * pitch;
      if (r) r += w * r_pitch;
      LINE(u)
#undef LINE
#undef OUT
    }
  }
}

// E = A dY Sᵀ for tile row ty.
void winograd_gradient_row(const float *dy, int pitch, int h, int w, int c, int ty, float *out, int t0) {
  const int tiles = (w + 3) >> 2, lines = 2 * ty + 1 < h ? 2 : 1;
  const v k[] = {constant(0.5f), constant(0.25f), constant(0.125f), constant(2.0f), constant(4.0f), constant(8.0f)};
  for (int j = 0; j < c; j += 4)
    for (int tx = 0; tx < tiles; tx++) {
      const int left = w - 4 * tx, two = lines == 2;
      const float *p = dy + (2 * ty * w + 4 * tx) * pitch + j, *q = p + w * pitch;
#define PIXEL(i) \
  v a##i = left > i ? LOAD(p + i * pitch) : ZERO, e##i = two && left > i ? LOAD(q + i * pitch) : ZERO;
      PIXEL(0) PIXEL(1) PIXEL(2) PIXEL(3)
#undef PIXEL
      float *o = TILE(out, GROUP, t0 + tx);
#define ROWS(f, line0, line1) { \
  v l = line0, r = line1; \
  STORE(o + f * FREQUENCY, l); STORE(o + (6 + f) * FREQUENCY, ADD(l, r)); \
  STORE(o + (12 + f) * FREQUENCY, SUB(l, r)); STORE(o + (18 + f) * FREQUENCY, NEG(r)); }
#define HALF(m) FMA(m##3, k[2], FMA(m##2, k[1], FMA(m##1, k[0], m##0)))
#define MINUS_TWO(m) FNMA(m##3, k[5], FMA(m##2, k[4], FNMA(m##1, k[3], m##0)))
      ROWS(0, a0, e0)
      ROWS(3, HALF(a), HALF(e))
      ROWS(4, MINUS_TWO(a), MINUS_TWO(e))
      ROWS(5, a3, e3)
      a0 = ADD(a0, a2); a1 = ADD(a1, a3); e0 = ADD(e0, e2); e1 = ADD(e1, e3);
      ROWS(1, ADD(a0, a1), ADD(e0, e1))
      ROWS(2, SUB(a0, a1), SUB(e0, e1))
#undef ROWS
#undef HALF
#undef MINUS_TWO
    }
}

// dx = B M Cᵀ, tile row after tile row from the top. Tiles overlap: their last two rows are written, their first two are
// added to what the tile row above left there (image row 0 has none above). Columns that two tiles share are carried.
void winograd_scatter_row(const float *in, int t0, int c, float *dx, int pitch, int h, int w,
                          int ty) {
  v spare = ZERO;
  const int tiles = (w + 3) >> 2;
  const struct rows rows = four_rows(dx, pitch, h, w, ty, &spare);
  const v half3 = constant(1.5f), two = constant(2.0f), half = constant(0.5f);
  for (int j = 0; j < c; j += 4) {
    // Row i of the image takes the frequencies M(0) … M(5) of the rows; a row outside the image takes none.
#define ROW(i, M, PUT) if (rows.step[i]) { \
    float *r = rows.at[i] + j; \
    v carry0 = ZERO, carry1 = ZERO; \
    for (int tx = 0; tx < tiles; tx++, r += 4 * pitch) { \
      const int left = w - 4 * tx; \
      const float *q = TILE(in, GROUP, t0 + tx); \
      v m0 = M(0), m1 = M(1), m2 = M(2), m3 = M(3), m4 = M(4), m5 = M(5); \
      v sum = ADD(m1, m2), difference = SUB(m1, m2); \
      v a = FMA(m5, half3, ADD(ADD(sum, m0), ADD(m3, m4))); \
      v b = FMA(m0, half3, FNMA(m4, half, FMA(m3, two, SUB(difference, m5)))); \
      if (tx > 0) PUT(r - pitch, ADD(carry0, m0)); \
      PUT(r, SUB(carry1, b)); \
      if (left > 1) PUT(r + pitch, SUB(FMA(difference, half3, NEG(m0)), a)); \
      if (left > 2) PUT(r + 2 * pitch, ADD(FMA(sum, half3, NEG(m5)), b)); \
      carry0 = a; carry1 = m5; \
    } \
    if (!(w & 3)) PUT(r - pitch, carry0); }
#define AT(y, x) LOAD(q + (6 * y + x) * FREQUENCY)
#define M0(x) AT(0, x)
#define M1(x) ADD(SUB(AT(1, x), AT(2, x)), AT(3, x))
#define M2(x) SUB(ADD(AT(1, x), AT(2, x)), AT(0, x))
#define M3(x) AT(3, x)
#define PUT_SUM(o, x) STORE(o, ADD(LOAD(o), x))
#define PUT_FIRST(o, x) STORE(o, x)
#define PUT_NEGATIVE(o, x) STORE(o, NEG(x))
    ROW(0, M0, PUT_SUM)
    if (ty > 0) { ROW(1, M1, PUT_SUM) } else { ROW(1, M1, PUT_FIRST) }
    ROW(2, M2, PUT_FIRST)
    ROW(3, M3, PUT_NEGATIVE)
#undef ROW
#undef PUT_SUM
#undef PUT_FIRST
#undef PUT_NEGATIVE
#undef AT
#undef M0
#undef M1
#undef M2
#undef M3
  }
}

// Tiles count..(next multiple of 4) of every frequency become zero, so that sums over blocks are right.
void clear_tail(float *out, int group, int count, int c) {
  if (!(count & 3)) return;
  float *last = out + (count >> 2) * (c >> 2) * group;
  for (int i = 0; i < (c >> 2) * group; i += FREQUENCY)
    for (int t = count & 3; t < 4; t++) STORE(last + i + t * 4, ZERO);
}
