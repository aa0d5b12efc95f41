// Winograd F(2×4, 3×3) transforms on one row of tiles; see winograd.c. `t0` = index of the row's first tile in the
// buffer, `pitch` = floats between pixels.
//
// Transformed tiles lie in blocks [tile/4][channel/4][frequency][4 tiles][4 channels]: a frequency of four tiles and four
// channels is one cache line, and all frequencies of a tile are at constant distances, so that their addresses cost
// nothing. (With the frequencies outermost, the transforms spend four instructions on addresses for each one of
// arithmetic.)
#pragma once
#include "fn.h"

void winograd_input_row(const float *x, int pitch, int h, int w, int c, int ty, float *out, int t0);
void winograd_output_row(const float *in, int t0, int c, const float *bias, const float *residual,
                         int r_pitch, float *y, int pitch, int h, int w, int ty);
void winograd_gradient_row(const float *dy, int pitch, int h, int w, int c, int ty, float *out, int t0);
void winograd_scatter_row(const float *in, int t0, int c, float *dx, int pitch, int h, int w,
                          int ty);
void clear_tail(float *out, int group, int count, int c);

static inline int rows_per_chunk(int tiles_x, int max_tiles) {
  return tiles_x >= max_tiles ? 1 : max_tiles / tiles_x;
}
// Floats from one frequency to the next, and from four channels to the next four: 24 frequencies and a spare one, or 9;
// an odd number of cache lines, so that a frequency's lines fall into different cache sets.
#define FREQUENCY 16
#define GROUP (25 * FREQUENCY)
#define UP_GROUP (9 * FREQUENCY)

// Address of tile t, channels j… of c, in frequency 0.
#define TILE(base, group, t) (base + (((t) >> 2) * (c >> 2) + (j >> 2)) * (group) + ((t) & 3) * 4)

// Floats of a chunk of `tiles`.
static inline int tile_floats(int tiles, int c, int group) { return ((tiles + 3) >> 2) * (c >> 2) * group; }
