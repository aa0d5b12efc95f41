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
#define B_(o, m0, m1, m2, m3) \
  v o##0 = m0, o##1 = ADD(SUB(m1, m2), m3), o##2 = SUB(ADD(m1, m2), m0), o##3 = NEG(m3)

static inline int imax(int a, int b) { return a > b ? a : b; }

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

// dx += B M Bᵀ for tile row ty; tiles overlap by two pixels, so values are added to what is there.
void winograd_scatter_row(const float *in, int plane, int t0, int c, float *dx, int pitch, int h, int w,
                          int ty) {
  const int tiles = (w + 1) >> 1, line = w * pitch;
  const int first = 2 * ty - 1, from = first < 0 ? 1 : 0, to = first + 4 > h ? h - first : 4;
  for (int j = 0; j < c; j += 4) {
    v carry[8] = {ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO};
    float *o = dx + (first + from) * line + j;
    for (int tx = 0; tx < tiles; tx++) {
      const int t = t0 + tx;
      const float *p = in + (t >> 2) * 4 * c + j * 4 + (t & 3) * 4;
      v tmp[16];  // rows of B M
      for (int k = 0; k < 4; k++) {
        const float *q = p + k * plane;
        v m0 = LOAD(q), m1 = LOAD(q + 4 * plane), m2 = LOAD(q + 8 * plane), m3 = LOAD(q + 12 * plane);
        B_(s, m0, m1, m2, m3);
        tmp[k] = s0; tmp[4 + k] = s1; tmp[8 + k] = s2; tmp[12 + k] = s3;
      }
      float *r = o;
      for (int i = from; i < to; i++, r += line) {
        v m0 = tmp[4 * i], m1 = tmp[4 * i + 1], m2 = tmp[4 * i + 2], m3 = tmp[4 * i + 3];
        B_(s, m0, m1, m2, m3);
        if (tx > 0) STORE(r - pitch, ADD(LOAD(r - pitch), ADD(carry[2 * i], s0)));
        STORE(r, ADD(LOAD(r), ADD(carry[2 * i + 1], s1)));
        carry[2 * i] = s2;
        carry[2 * i + 1] = s3;
      }
      o += 2 * pitch;
    }
    if (2 * tiles - 1 < w)
      for (int i = from; i < to; i++, o += line) STORE(o - pitch, ADD(LOAD(o - pitch), carry[2 * i]));
  }
}

// Tiles count..(next multiple of 4) of every frequency become zero, so that sums over blocks are right.
void winograd_clear_tail(float *out, int plane, int count, int c) {
  if (!(count & 3)) return;
  for (int f = 0; f < 16; f++)
    for (int j = 0; j < c; j += 4)
      for (int t = count & 3; t < 4; t++) STORE(out + f * plane + (count >> 2) * 4 * c + j * 4 + t * 4, ZERO);
}
