// 3×3 convolutions between one channel and n channels, directly: Winograd would spend its time on padding. A single
// channel that is read is first copied into a frame of zeros, [(h+2)][(w+2)], so that every tap is inside. Weights are
// [9][n].
#include "kernels.h"

// Floats of scratch that these kernels need.
static inline int frame_floats(int h, int w) { return (h + 2) * (w + 2); }

static void fill_frame(const float *x, int pitch, int h, int w, float *frame) {
  zero_floats(frame, frame_floats(h, w));
  for (int y = 0; y < h; y++)
    for (int i = 0; i < w; i++) frame[(y + 1) * (w + 2) + i + 1] = x[(y * w + i) * pitch];
}

// Tap t of the 3×3 window whose top left corner is p; turned by 180° if `turned`.
#define TAPS(DO) DO(0, p) DO(1, p + 1) DO(2, p + 2) DO(3, p + line) DO(4, p + line + 1) DO(5, p + line + 2) \
  DO(6, p + 2 * line) DO(7, p + 2 * line + 1) DO(8, p + 2 * line + 2)
#define WEIGHT(t) (w + (turned ? 8 - t : t) * n + j)

// y = bias + w * x (with w turned by 180°: the gradient of x for the convolution from n channels to one).
EXPORT(one_forward)
void one_forward(const float *x, int x_pitch, int x_stride, const float *w, const float *bias, float *y,
                 int y_pitch, int y_stride, int images, int h, int width, int n, int turned, float *frame) {
  const int line = width + 2;
  for (int i = 0; i < images; i++) {
    fill_frame(x + i * x_stride, x_pitch, h, width, frame);
    for (int j = 0; j < n; j += 4) {
      const v b = bias ? LOAD(bias + j) : ZERO;
#define KEEP(t, at) const v k##t = LOAD(WEIGHT(t));
      const float *p = frame;
      TAPS(KEEP)
      float *o = y + i * y_stride + j;
      for (int r = 0; r < h; r++, p += 2)
        for (int q = 0; q < width; q++, p++, o += y_pitch) {
          v sum = b, other = ZERO;
#define EVEN(t, at) if (t & 1) other = FMA(SPLAT_AT(at), k##t, other); else sum = FMA(SPLAT_AT(at), k##t, sum);
          TAPS(EVEN)
          STORE(o, ADD(sum, other));
        }
    }
  }
}

// y = bias + w * x from n channels to one; y is dense. `partial`: a row of 4-lane sums, [width][4].
EXPORT(one_sum)
void one_sum(const float *x, int x_pitch, int x_stride, const float *w, const float *bias, float *y, int y_stride,
             int images, int h, int width, int n, float *partial) {
  const v zero_pixel[1] = {ZERO};
  for (int i = 0; i < images; i++)
    for (int r = 0; r < h; r++) {
      const float *row = x + i * x_stride + r * width * x_pitch;
      const int above = r > 0 ? x_pitch : 0, below = r + 1 < h ? x_pitch : 0;
      for (int j = 0; j < n; j += 4) {
        // Columns slide: l, m, r are those left of the pixel, at it and right of it.
        const float *a = above ? row - width * x_pitch + j : (const float *)zero_pixel, *b = row + j;
        const float *c = below ? row + width * x_pitch + j : (const float *)zero_pixel;
#define TAP(t) const v k##t = LOAD(w + t * n + j);
        TAP(0) TAP(1) TAP(2) TAP(3) TAP(4) TAP(5) TAP(6) TAP(7) TAP(8)
#undef TAP
        v la = ZERO, lb = ZERO, lc = ZERO, ma = LOAD(a), mb = LOAD(b), mc = LOAD(c);
        for (int q = 0; q < width; q++) {
          v ra = ZERO, rb = ZERO, rc = ZERO;
          if (q + 1 < width) {
            a += above; b += x_pitch; c += below;
            ra = LOAD(a); rb = LOAD(b); rc = LOAD(c);
          }
          v top = FMA(ra, k2, FMA(ma, k1, MUL(la, k0))), low = FMA(rc, k8, FMA(mc, k7, MUL(lc, k6)));
          v sum = FMA(rb, k5, FMA(mb, k4, FMA(lb, k3, j ? LOAD(partial + 4 * q) : ZERO)));
          STORE(partial + 4 * q, ADD(sum, ADD(top, low)));
          la = ma; lb = mb; lc = mc;
          ma = ra; mb = rb; mc = rc;
        }
      }
      for (int q = 0; q < width; q++) y[i * y_stride + r * width + q] = bias[0] + sum4(LOAD(partial + 4 * q));
    }
}

// d[9][n] (+)= Σ_pixels window(x)·dy (taps turned by 180°: the convolution from n channels to one, x its dy).
EXPORT(one_filter)
void one_filter(const float *x, int x_pitch, int x_stride, const float *dy, int y_pitch, int y_stride, float *w,
                int images, int h, int width, int n, int turned, int add, float *frame) {
  const int line = width + 2;
  for (int i = 0; i < images; i++) {
    fill_frame(x + i * x_stride, x_pitch, h, width, frame);
    for (int j = 0; j < n; j += 4) {
      const float *p = frame, *g = dy + i * y_stride + j;
#define START(t, at) v k##t = add || i ? LOAD(WEIGHT(t)) : ZERO;
      TAPS(START)
      for (int r = 0; r < h; r++, p += 2) {
#define CLEAR_SUM(t, at) v s##t = ZERO;
        TAPS(CLEAR_SUM)
        for (int q = 0; q < width; q++, p++, g += y_pitch) {
          const v e = LOAD(g);
#define COLLECT(t, at) s##t = FMA(SPLAT_AT(at), e, s##t);
          TAPS(COLLECT)
        }
#define TOTAL(t, at) k##t = ADD(k##t, s##t);
        TAPS(TOTAL)
      }
#define FINISH(t, at) STORE(WEIGHT(t), k##t);
      TAPS(FINISH)
    }
  }
}
