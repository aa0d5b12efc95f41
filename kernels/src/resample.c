// 2×2 average pooling and nearest-neighbour doubling, NHWC, with their gradients. h, w are the size of the
// larger image (even); (pointer, pitch, stride) as in conv.c.
#include "fn.h"

// y = mean of 2×2.
EXPORT(pool_forward)
void pool_forward(const float *x, int x_pitch, int x_stride, float *y, int y_pitch, int y_stride, int images,
                  int h, int w, int c) {
  const int line = w * x_pitch;
  for (int i = 0; i < images; i++)
    for (int r = 0; r < h / 2; r++)
      for (int q = 0; q < w / 2; q++) {
        const float *p = x + i * x_stride + 2 * r * line + 2 * q * x_pitch;
        float *o = y + i * y_stride + (r * (w / 2) + q) * y_pitch;
        for (int j = 0; j < c; j += 4)
          STORE(o + j, MUL(SPLAT(0.25f), ADD(ADD(LOAD(p + j), LOAD(p + j + x_pitch)),
                                             ADD(LOAD(p + j + line), LOAD(p + j + line + x_pitch)))));
      }
}

// dx (+)= dy/4 at the four pixels; also the forward pass of doubling with scale 1.
EXPORT(spread)
void spread(const float *y, int y_pitch, int y_stride, float *x, int x_pitch, int x_stride, int images, int h,
            int w, int c, float scale, int add) {
  const int line = w * x_pitch;
  const v s = SPLAT(scale);
  for (int i = 0; i < images; i++)
    for (int r = 0; r < h / 2; r++)
      for (int q = 0; q < w / 2; q++) {
        const float *p = y + i * y_stride + (r * (w / 2) + q) * y_pitch;
        float *o = x + i * x_stride + 2 * r * line + 2 * q * x_pitch;
        for (int j = 0; j < c; j += 4) {
          v value = MUL(s, LOAD(p + j));
          float *a = o + j, *b = a + x_pitch, *d = a + line, *e = d + x_pitch;
          STORE(a, add ? ADD(LOAD(a), value) : value);
          STORE(b, add ? ADD(LOAD(b), value) : value);
          STORE(d, add ? ADD(LOAD(d), value) : value);
          STORE(e, add ? ADD(LOAD(e), value) : value);
        }
      }
}

// dy = sum of 2×2: the gradient of doubling.
EXPORT(gather)
void gather(const float *x, int x_pitch, int x_stride, float *y, int y_pitch, int y_stride, int images, int h,
            int w, int c) {
  const int line = w * x_pitch;
  for (int i = 0; i < images; i++)
    for (int r = 0; r < h / 2; r++)
      for (int q = 0; q < w / 2; q++) {
        const float *p = x + i * x_stride + 2 * r * line + 2 * q * x_pitch;
        float *o = y + i * y_stride + (r * (w / 2) + q) * y_pitch;
        for (int j = 0; j < c; j += 4)
          STORE(o + j, ADD(ADD(LOAD(p + j), LOAD(p + j + x_pitch)),
                           ADD(LOAD(p + j + line), LOAD(p + j + line + x_pitch))));
      }
}

// Copies c channels (not a multiple of 4 in general) of `pixels` pixels between pitches, filling the target
// up to `fill` channels with zeros.
EXPORT(copy_channels)
void copy_channels(const float *x, int x_pitch, float *y, int y_pitch, int pixels, int c, int fill) {
  if (x_pitch == c && y_pitch == c && fill == c) {
    __builtin_memcpy(y, x, (unsigned)(pixels * c) * 4u);
    return;
  }
  for (int p = 0; p < pixels; p++, x += x_pitch, y += y_pitch) {
    int j = 0;
    for (; j + 4 <= c; j += 4) STORE(y + j, LOAD(x + j));
    for (; j < c; j++) y[j] = x[j];
    for (; j < fill; j++) y[j] = 0.0f;
  }
}
