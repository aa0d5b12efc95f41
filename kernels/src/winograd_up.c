// A 3×3 "same" convolution of an image doubled by nearest neighbour, computed from the small image. One pixel b of it,
// between a and c, becomes two outputs:
//   y₀ = w₀a + w₁b + w₂b = w₀(a − b) + (w₀ + w₁ + w₂)b,    y₁ = w₀b + w₁b + w₂c = (w₀ + w₁ + w₂)b − w₂(b − c)
// This is Winograd's F(2, 3) (winograd.c), whose frequency b − b is nothing. In two dimensions, with d the 3×3 small
// pixels around a pixel and Y its 2×2 outputs, 9 multiplications replace 36:
//   Y  = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ d B)] A       dX = B [(G w Gᵀ)ᵀ-channels · (A dY Aᵀ)] Bᵀ, overlapping pixels added
//   dW = Gᵀ [Σ (Bᵀ d B) ⊗ (A dY Aᵀ)] G
//   Bᵀ = 1 -1 0 | 0 1 0 | 0 1 -1     Aᵀ = 1 1 0 | 0 1 -1     G = 1 0 0 | 1 1 1 | 0 0 1
// A tile is one pixel of the small image; tiles are kept as winograd.h says.
#include "winograd_up.h"

// V[f] = (Bᵀ d B)_f of row ty. Columns slide: each is read once and serves three tiles.
void up_input_row(const float *x, int pitch, int h, int w, int c, int ty, float *out, int t0) {
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
      float *o = TILE(out, UP_GROUP, t0 + tx);
#define OUT_ROW(i) \
  STORE(o + 3 * i * FREQUENCY, SUB(l##i, m##i)); STORE(o + (3 * i + 1) * FREQUENCY, m##i); \
  STORE(o + (3 * i + 2) * FREQUENCY, SUB(m##i, r##i));
      OUT_ROW(0) OUT_ROW(1) OUT_ROW(2)
#undef OUT_ROW
      l0 = m0; l1 = m1; l2 = m2;
      m0 = r0; m1 = r1; m2 = r2;
    }
  }
}

// y += Aᵀ M A in rows 2ty and 2ty+1 of the large image.
void up_output_row(const float *in, int t0, int c, float *y, int pitch, int w, int ty) {
  const int line = 2 * w * pitch;
  for (int j = 0; j < c; j += 4) {
    float *o = y + 2 * ty * line + j;
    for (int tx = 0; tx < w; tx++, o += 2 * pitch) {
      const float *p = TILE(in, UP_GROUP, t0 + tx);
#define COLUMN(k) \
  v m##k = LOAD(p + (3 + k) * FREQUENCY), s##k = ADD(LOAD(p + k * FREQUENCY), m##k); \
  v u##k = SUB(m##k, LOAD(p + (6 + k) * FREQUENCY));
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
void up_gradient_row(const float *dy, int pitch, int w, int c, int ty, float *out, int t0) {
  const int line = 2 * w * pitch;
  for (int j = 0; j < c; j += 4) {
    const float *p = dy + 2 * ty * line + j;
    for (int tx = 0; tx < w; tx++, p += 2 * pitch) {
      v a = LOAD(p), b = LOAD(p + pitch), d = LOAD(p + line), e = LOAD(p + line + pitch);
      float *o = TILE(out, UP_GROUP, t0 + tx);
#define OUT_ROW(i, left, right) { v l = left, r = right; \
  STORE(o + 3 * i * FREQUENCY, l); STORE(o + (3 * i + 1) * FREQUENCY, ADD(l, r)); \
  STORE(o + (3 * i + 2) * FREQUENCY, NEG(r)); }
      OUT_ROW(0, a, b) OUT_ROW(1, ADD(a, d), ADD(b, e)) OUT_ROW(2, NEG(d), NEG(e))
#undef OUT_ROW
    }
  }
}

// dx = B M Bᵀ, row after row from the top: each writes the image row below, completes its own and the one above (image
// row 0 has none above). Rows outside the image go to a spare pixel.
void up_scatter_row(const float *in, int t0, int c, float *dx, int pitch, int h, int w, int ty) {
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
      const float *q = TILE(in, UP_GROUP, t0 + tx);
#define COLUMN(k) \
  v a##k = LOAD(q + k * FREQUENCY), e##k = LOAD(q + (k + 6) * FREQUENCY); \
  v b##k = SUB(ADD(LOAD(q + (k + 3) * FREQUENCY), e##k), a##k);
      COLUMN(0) COLUMN(1) COLUMN(2)
#undef COLUMN
#define ABOVE(o, x) STORE(o, ADD(LOAD(o), x))
#define OWN(o, x) STORE(o, above ? ADD(LOAD(o), x) : x)
#define BELOW(o, x) STORE(o, NEG(x))
#define OUT_ROW(i, m0, m1, m2, PUT) { \
  if (tx > 0) PUT(r##i - p##i, ADD(u##i, m0)); \
  u##i = SUB(SUB(ADD(m1, m2), m0), x##i); \
  x##i = m2; \
  r##i += p##i; }
      OUT_ROW(0, a0, a1, a2, ABOVE)
      OUT_ROW(1, b0, b1, b2, OWN)
      OUT_ROW(2, e0, e1, e2, BELOW)
    }
    ABOVE(r0 - p0, u0);
    OWN(r1 - p1, u1);
    BELOW(r2 - p2, u2);
#undef OUT_ROW
#undef ABOVE
#undef OWN
#undef BELOW
  }
}
