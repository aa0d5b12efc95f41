// Winograd F(2×4, 3×3) transforms on one row of tiles; see winograd.c. `plane` = floats between
// frequencies, `t0` = index of the row's first tile in the buffer, `pitch` = floats between pixels.
#pragma once
#include "fn.h"

void winograd_input_row(const float *x, int pitch, int h, int w, int c, int ty, float *out, int plane,
                        int t0);
void winograd_output_row(const float *in, int plane, int t0, int c, const float *bias, const float *residual,
                         int r_pitch, float *y, int pitch, int h, int w, int ty);
void winograd_gradient_row(const float *dy, int pitch, int h, int w, int c, int ty, float *out, int plane,
                           int t0);
void winograd_scatter_row(const float *in, int plane, int t0, int c, float *dx, int pitch, int h, int w,
                          int ty);
void winograd_clear_tail(float *out, int planes, int plane, int count, int c);

static inline int rows_per_chunk(int tiles_x, int max_tiles) {
  return tiles_x >= max_tiles ? 1 : max_tiles / tiles_x;
}
// Floats of one frequency in a chunk of `tiles`; the odd 16 keep frequencies out of the same cache sets.
static inline int plane_floats(int tiles, int c) { return ((tiles + 3) >> 2) * 4 * c + 16; }
