// The four linear transforms of Winograd's F(2×2, 3×3) (Lavin & Gray 2016, arXiv:1509.09308), exact in
// exact arithmetic: a 3×3 "same" convolution becomes 16 matrix products over 4×4 tiles, stride 2:
//   Y  = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ d B)] A        forward, one 2×2 output tile
//   dX = B [(G w Gᵀ)ᵀ-channels · (A dY Aᵀ)] Bᵀ   overlapping tiles added
//   dW = Gᵀ [Σ_tiles (Bᵀ d B) ⊗ (A dY Aᵀ)] G
//   Bᵀ = 1 0 -1 0 | 0 1 1 0 | 0 -1 1 0 | 0 1 0 -1     Aᵀ = 1 1 1 0 | 0 1 -1 -1
//   G  = 1 0 0 | ½ ½ ½ | ½ -½ ½ | 0 0 1
// 16 multiplications replace 36. Tiles are kept in blocks [frequency][tile/4][channel/4][4][4].
// Zero padding is done by reading zeros, never by copying the image.
#include "winograd.h"

#define B_T(o, d0, d1, d2, d3) \
  v o##0 = SUB(d0, d2), o##1 = ADD(d1, d2), o##2 = SUB(d2, d1), o##3 = SUB(d1, d3)

// Tile row ty of one image: V[f] = (Bᵀ d B)_f for the tiles t0.. of this row. Columns slide: each is
// transformed once and serves two tiles.
void winograd_input_row(const float *x, int pitch, int h, int w, int c, int ty, float *out, int plane,
                        int t0) {
  const v zero_pixel[1] = {ZERO};
  const int tiles = (w + 1) >> 1;
  const float *row[4];
  int step[4];
  for (int i = 0; i < 4; i++) {
    const int y = 2 * ty - 1 + i, inside = y >= 0 && y < h;
    row[i] = inside ? x + y * w * pitch : (const float *)zero_pixel;
    step[i] = inside ? pitch : 0;
  }
  for (int j = 0; j < c; j += 4) {
    const float *p0 = row[0] + (step[0] ? j : 0), *p1 = row[1] + (step[1] ? j : 0);
    const float *p2 = row[2] + (step[2] ? j : 0), *p3 = row[3] + (step[3] ? j : 0);
    v l0 = ZERO, l1 = ZERO, l2 = ZERO, l3 = ZERO;
    v d0 = LOAD(p0), d1 = LOAD(p1), d2 = LOAD(p2), d3 = LOAD(p3);
    B_T(m, d0, d1, d2, d3);
    for (int tx = 0; tx < tiles; tx++) {
      v r0 = ZERO, r1 = ZERO, r2 = ZERO, r3 = ZERO, q0 = ZERO, q1 = ZERO, q2 = ZERO, q3 = ZERO;
      if (2 * tx + 1 < w) {
        p0 += step[0]; p1 += step[1]; p2 += step[2]; p3 += step[3];
        v a0 = LOAD(p0), a1 = LOAD(p1), a2 = LOAD(p2), a3 = LOAD(p3);
        B_T(g, a0, a1, a2, a3);
        r0 = g0; r1 = g1; r2 = g2; r3 = g3;
      }
      if (2 * tx + 2 < w) {
        p0 += step[0]; p1 += step[1]; p2 += step[2]; p3 += step[3];
        v a0 = LOAD(p0), a1 = LOAD(p1), a2 = LOAD(p2), a3 = LOAD(p3);
        B_T(g, a0, a1, a2, a3);
        q0 = g0; q1 = g1; q2 = g2; q3 = g3;
      }
      const int t = t0 + tx;
      float *o = out + (t >> 2) * 4 * c + j * 4 + (t & 3) * 4;
#define OUT_ROW(i) \
  STORE(o, SUB(l##i, r##i)); o += plane; STORE(o, ADD(m##i, r##i)); o += plane; \
  STORE(o, SUB(r##i, m##i)); o += plane; STORE(o, SUB(m##i, q##i)); o += plane;
      OUT_ROW(0) OUT_ROW(1) OUT_ROW(2) OUT_ROW(3)
#undef OUT_ROW
      l0 = r0; l1 = r1; l2 = r2; l3 = r3;
      m0 = q0; m1 = q1; m2 = q2; m3 = q3;
    }
  }
}

// y = bias + residual + Aᵀ M A for tile row ty; bias and residual may be 0, residual may be y.
void winograd_output_row(const float *in, int plane, int t0, int c, const float *bias, const float *residual,
                         int r_pitch, float *y, int pitch, int h, int w, int ty) {
  const int tiles = (w + 1) >> 1, two_rows = 2 * ty + 1 < h, line = w * pitch;
  for (int j = 0; j < c; j += 4) {
    const v b = bias ? LOAD(bias + j) : ZERO;
    float *o = y + 2 * ty * line + j;
    const float *r = residual ? residual + 2 * ty * w * r_pitch + j : 0;
    for (int tx = 0; tx < tiles; tx++) {
      const int t = t0 + tx;
      const float *p = in + (t >> 2) * 4 * c + j * 4 + (t & 3) * 4, *p1 = p + 4 * plane;
      const float *p2 = p1 + 4 * plane, *p3 = p2 + 4 * plane;
#define COLUMN(k) \
  v a##k = LOAD(p1), c##k = LOAD(p2), s##k = ADD(a##k, c##k), u##k = SUB(a##k, c##k); \
  s##k = ADD(s##k, LOAD(p)); u##k = SUB(u##k, LOAD(p3)); \
  p += plane; p1 += plane; p2 += plane; p3 += plane;
      COLUMN(0) COLUMN(1) COLUMN(2) COLUMN(3)
#undef COLUMN
      v o00 = ADD(ADD(s0, s1), ADD(s2, b)), o01 = ADD(SUB(SUB(s1, s2), s3), b);
      v o10 = ADD(ADD(u0, u1), ADD(u2, b)), o11 = ADD(SUB(SUB(u1, u2), u3), b);
      const int two = 2 * tx + 1 < w;
      if (r) {
        o00 = ADD(o00, LOAD(r));
        if (two) o01 = ADD(o01, LOAD(r + r_pitch));
        if (two_rows) o10 = ADD(o10, LOAD(r + w * r_pitch));
        if (two && two_rows) o11 = ADD(o11, LOAD(r + (w + 1) * r_pitch));
        r += 2 * r_pitch;
      }
      STORE(o, o00);
      if (two) STORE(o + pitch, o01);
      if (two_rows) STORE(o + line, o10);
      if (two && two_rows) STORE(o + line + pitch, o11);
      o += 2 * pitch;
    }
  }
}

// E = A dY Aᵀ for tile row ty.
void winograd_gradient_row(const float *dy, int pitch, int h, int w, int c, int ty, float *out, int plane,
                           int t0) {
  const int tiles = (w + 1) >> 1, two_rows = 2 * ty + 1 < h, line = w * pitch;
  for (int j = 0; j < c; j += 4) {
    const float *p = dy + 2 * ty * line + j;
    for (int tx = 0; tx < tiles; tx++) {
      const int two = 2 * tx + 1 < w;
      v a = LOAD(p), b = two ? LOAD(p + pitch) : ZERO;
      v d = two_rows ? LOAD(p + line) : ZERO, e = two && two_rows ? LOAD(p + line + pitch) : ZERO;
      p += 2 * pitch;
      const int t = t0 + tx;
      float *o = out + (t >> 2) * 4 * c + j * 4 + (t & 3) * 4;
#define OUT_ROW(left, right) { v l = left, r = right; \
  STORE(o, l); o += plane; STORE(o, ADD(l, r)); o += plane; \
  STORE(o, SUB(l, r)); o += plane; STORE(o, NEG(r)); o += plane; }
      OUT_ROW(a, b) OUT_ROW(ADD(a, d), ADD(b, e)) OUT_ROW(SUB(a, d), SUB(b, e)) OUT_ROW(NEG(d), NEG(e))
#undef OUT_ROW
    }
  }
}

// dx += B M Bᵀ for tile row ty; tiles overlap by two pixels, so values are added to what is there. Rows outside the
// image go to a spare pixel.
void winograd_scatter_row(const float *in, int plane, int t0, int c, float *dx, int pitch, int h, int w,
                          int ty) {
  v spare[3] = {ZERO, ZERO, ZERO};
  const int tiles = (w + 1) >> 1;
  float *row[4];
  int step[4];
  for (int i = 0; i < 4; i++) {
    const int y = 2 * ty - 1 + i, inside = y >= 0 && y < h;
    row[i] = inside ? dx + y * w * pitch : (float *)(spare + 1);
    step[i] = inside ? pitch : 0;
  }
  const int p0 = step[0], p1 = step[1], p2 = step[2], p3 = step[3];
  for (int j = 0; j < c; j += 4) {
    float *r0 = row[0] + (p0 ? j : 0), *r1 = row[1] + (p1 ? j : 0), *r2 = row[2] + (p2 ? j : 0);
    float *r3 = row[3] + (p3 ? j : 0);
    // Columns 2tx−1 and 2tx of each row, as far as earlier tiles reach into them.
    v u0 = ZERO, u1 = ZERO, u2 = ZERO, u3 = ZERO, x0 = ZERO, x1 = ZERO, x2 = ZERO, x3 = ZERO;
    for (int tx = 0; tx < tiles; tx++) {
      const int t = t0 + tx;
      const float *q0 = in + (t >> 2) * 4 * c + j * 4 + (t & 3) * 4, *q1 = q0 + 4 * plane;
      const float *q2 = q1 + 4 * plane, *q3 = q2 + 4 * plane;
      // Row 0 first, and row 3 with its sign turned: fewer values are alive at once.
#define OUT_ROW(i, m0, m1, m2, m3, PLUS, MINUS) { \
  if (tx > 0) STORE(r##i - p##i, PLUS(ADD(LOAD(r##i - p##i), u##i), m0)); \
  STORE(r##i, PLUS(LOAD(r##i), SUB(ADD(SUB(m1, m2), m3), x##i))); \
  u##i = MINUS; \
  x##i = m3; \
  r##i += 2 * p##i; }
      v a0 = LOAD(q0), a1 = LOAD(q0 + plane), a2 = LOAD(q0 + 2 * plane), a3 = LOAD(q0 + 3 * plane);
      OUT_ROW(0, a0, a1, a2, a3, ADD, SUB(ADD(a1, a2), a0))
#define COLUMN(k) \
  v d##k = LOAD(q1), e##k = LOAD(q2), f##k = LOAD(q3); \
  q1 += plane; q2 += plane; q3 += plane; \
  v g##k = ADD(SUB(d##k, e##k), f##k), h##k = SUB(ADD(d##k, e##k), a##k);
      COLUMN(0) COLUMN(1) COLUMN(2) COLUMN(3)
#undef COLUMN
      OUT_ROW(3, f0, f1, f2, f3, SUB, SUB(f0, ADD(f1, f2)))
      OUT_ROW(1, g0, g1, g2, g3, ADD, SUB(ADD(g1, g2), g0))
      OUT_ROW(2, h0, h1, h2, h3, ADD, SUB(ADD(h1, h2), h0))
#undef OUT_ROW
    }
    if (2 * tiles - 1 < w) {
      STORE(r0 - p0, ADD(LOAD(r0 - p0), u0));
      STORE(r1 - p1, ADD(LOAD(r1 - p1), u1));
      STORE(r2 - p2, ADD(LOAD(r2 - p2), u2));
      STORE(r3 - p3, ADD(LOAD(r3 - p3), u3));
    }
  }
}

// Tiles count..(next multiple of 4) of every frequency become zero, so that sums over blocks are right.
void winograd_clear_tail(float *out, int planes, int plane, int count, int c) {
  if (!(count & 3)) return;
  for (int f = 0; f < planes; f++)
    for (int j = 0; j < c; j += 4)
      for (int t = count & 3; t < 4; t++) STORE(out + f * plane + (count >> 2) * 4 * c + j * 4 + t * 4, ZERO);
}
