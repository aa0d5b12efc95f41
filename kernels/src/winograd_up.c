// A 3×3 "same" convolution of an image doubled by nearest neighbour, computed from the small image. One pixel b of it,
// between a and c, becomes two outputs:
//   y₀ = w₀a + w₁b + w₂b = w₀(a − b) + (w₀ + w₁ + w₂)b,    y₁ = w₀b + w₁b + w₂c = (w₀ + w₁ + w₂)b − w₂(b − c)
// This is Winograd's F(2, 3) (winograd.c), whose frequency b − b is nothing. In two dimensions, with d the 3×3 small
// pixels around a pixel and Y its 2×2 outputs, 9 multiplications replace 36:
//   Y  = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ d B)] A       dX = B [(G w Gᵀ)ᵀ-channels · (A dY Aᵀ)] Bᵀ, overlapping pixels added
//   dW = Gᵀ [Σ (Bᵀ d B) ⊗ (A dY Aᵀ)] G
//   Bᵀ = 1 -1 0 | 0 1 0 | 0 1 -1     Aᵀ = 1 1 0 | 0 1 -1     G = 1 0 0 | 1 1 1 | 0 0 1
// A tile is one pixel of the small image; tiles lie in blocks [frequency 9][tile/4][channel/4][4][4].
#include "winograd_up.h"

// Address of tile t, channels j… in frequency 0.
#define TILE(base, t) (base + ((t) >> 2) * 4 * c + j * 4 + ((t) & 3) * 4)

// V[f] = (Bᵀ d B)_f of row ty. Columns slide: each is read once and serves three tiles.
void up_input_row(const float *x, int pitch, int h, int w, int c, int ty, float *out, int plane, int t0) {
  const v zero_pixel[1] = {ZERO};
  const int above = ty > 0, below = ty + 1 < h, p0 = above ? pitch : 0, p2 = below ? pitch : 0;
  const float *row = x + ty * w * pitch;
  const float *top = above ? row - w * pitch : (const float *)zero_pixel;
  const float *bottom = below ? row + w * pitch : (const float *)zero_pixel;
  for (int j = 0; j < c; j += 4) {
    const float *a = top + (above ? j : 0), *b = row + j, *e = bottom + (below ? j : 0);
    v l0 = ZERO, l1 = ZERO, l2 = ZERO;
    v m1 = LOAD(b), m0 = SUB(LOAD(a), m1), m2 = SUB(m1, LOAD(e));
    for (int tx = 0; tx < w; tx++) {
      v r0 = ZERO, r1 = ZERO, r2 = ZERO;
      if (tx + 1 < w) {
        a += p0; b += pitch; e += p2;
        r1 = LOAD(b); r0 = SUB(LOAD(a), r1); r2 = SUB(r1, LOAD(e));
      }
      float *o = TILE(out, t0 + tx);
#define OUT_ROW(i) \
  STORE(o, SUB(l##i, m##i)); o += plane; STORE(o, m##i); o += plane; STORE(o, SUB(m##i, r##i)); o += plane;
      OUT_ROW(0) OUT_ROW(1) OUT_ROW(2)
#undef OUT_ROW
      l0 = m0; l1 = m1; l2 = m2;
      m0 = r0; m1 = r1; m2 = r2;
    }
  }
}

// y += Aᵀ M A in rows 2ty and 2ty+1 of the large image.
void up_output_row(const float *in, int plane, int t0, int c, float *y, int pitch, int w, int ty) {
  const int line = 2 * w * pitch;
  for (int j = 0; j < c; j += 4) {
    float *o = y + 2 * ty * line + j;
    for (int tx = 0; tx < w; tx++, o += 2 * pitch) {
      const float *p = TILE(in, t0 + tx), *q = p + 3 * plane, *r = q + 3 * plane;
#define COLUMN(k) \
  v m##k = LOAD(q + k * plane), s##k = ADD(LOAD(p + k * plane), m##k), u##k = SUB(m##k, LOAD(r + k * plane));
      COLUMN(0) COLUMN(1) COLUMN(2)
#undef COLUMN
      STORE(o, ADD(LOAD(o), ADD(s0, s1)));
      STORE(o + pitch, ADD(LOAD(o + pitch), SUB(s1, s2)));
      STORE(o + line, ADD(LOAD(o + line), ADD(u0, u1)));
      STORE(o + line + pitch, ADD(LOAD(o + line + pitch), SUB(u1, u2)));
    }
  }
}

// E = A dY Aᵀ from rows 2ty and 2ty+1 of the large image.
void up_gradient_row(const float *dy, int pitch, int w, int c, int ty, float *out, int plane, int t0) {
  const int line = 2 * w * pitch;
  for (int j = 0; j < c; j += 4) {
    const float *p = dy + 2 * ty * line + j;
    for (int tx = 0; tx < w; tx++, p += 2 * pitch) {
      v a = LOAD(p), b = LOAD(p + pitch), d = LOAD(p + line), e = LOAD(p + line + pitch);
      float *o = TILE(out, t0 + tx);
#define OUT_ROW(left, right) { v l = left, r = right; \
  STORE(o, l); o += plane; STORE(o, ADD(l, r)); o += plane; STORE(o, NEG(r)); o += plane; }
      OUT_ROW(a, b) OUT_ROW(ADD(a, d), ADD(b, e)) OUT_ROW(NEG(d), NEG(e))
#undef OUT_ROW
    }
  }
}

// dx += B M Bᵀ for row ty: three rows of the small image; rows outside it go to a spare pixel.
void up_scatter_row(const float *in, int plane, int t0, int c, float *dx, int pitch, int h, int w, int ty) {
  v spare[3] = {ZERO, ZERO, ZERO};
  const int above = ty > 0, below = ty + 1 < h, p0 = above ? pitch : 0, p1 = pitch, p2 = below ? pitch : 0;
  float *row = dx + ty * w * pitch;
  float *top = above ? row - w * pitch : (float *)(spare + 1);
  float *bottom = below ? row + w * pitch : (float *)(spare + 1);
  for (int j = 0; j < c; j += 4) {
    float *r0 = top + (above ? j : 0), *r1 = row + j, *r2 = bottom + (below ? j : 0);
    // u: what tile tx − 1 and earlier ones give to its own pixel; x: what tile tx − 1 takes from the next one.
    v u0 = ZERO, u1 = ZERO, u2 = ZERO, x0 = ZERO, x1 = ZERO, x2 = ZERO;
    for (int tx = 0; tx < w; tx++) {
      const float *q = TILE(in, t0 + tx);
#define COLUMN(k) \
  v a##k = LOAD(q + k * plane), e##k = LOAD(q + (k + 6) * plane); \
  v b##k = SUB(ADD(LOAD(q + (k + 3) * plane), e##k), a##k);
      COLUMN(0) COLUMN(1) COLUMN(2)
#undef COLUMN
#define OUT_ROW(i, m0, m1, m2, PLUS) { \
  if (tx > 0) STORE(r##i - p##i, PLUS(LOAD(r##i - p##i), ADD(u##i, m0))); \
  u##i = SUB(SUB(ADD(m1, m2), m0), x##i); \
  x##i = m2; \
  r##i += p##i; }
      OUT_ROW(0, a0, a1, a2, ADD)
      OUT_ROW(1, b0, b1, b2, ADD)
      OUT_ROW(2, e0, e1, e2, SUB)
#undef OUT_ROW
    }
    STORE(r0 - p0, ADD(LOAD(r0 - p0), u0));
    STORE(r1 - p1, ADD(LOAD(r1 - p1), u1));
    STORE(r2 - p2, SUB(LOAD(r2 - p2), u2));
  }
}
