// 3×3 convolution of an image doubled by nearest neighbour, which is never made: see winograd_up.c. h, w are the size
// of the small image; chunks and scratch as in conv.c.
#include "winograd_up.h"

// y += w * doubled(x). u = pack_up3(w).
EXPORT(up3_forward)
void up3_forward(const float *x, int x_pitch, int x_stride, const float *u, float *y, int y_pitch, int y_stride,
                 int images, int h, int w, int k, int n, float *scratch, int max_tiles) {
  const int rows = images * h, chunk = rows_per_chunk(w, max_tiles);
  float *in = scratch, *out = scratch + tile_floats(chunk * w, k, UP_GROUP);
  for (int r0 = 0; r0 < rows; r0 += chunk) {
    const int r1 = r0 + chunk < rows ? r0 + chunk : rows, blocks = ((r1 - r0) * w + 3) >> 2;
    for (int r = r0; r < r1; r++)
      up_input_row(x + r / h * x_stride, x_pitch, h, w, k, r % h, in, (r - r0) * w);
    for (int f = 0; f < 9; f++)
      gemm_nn_tiles(in + f * FREQUENCY, u + f * filter_plane(k, n), out + f * FREQUENCY, blocks, n, k, UP_GROUP);
    for (int r = r0; r < r1; r++)
      up_output_row(out, (r - r0) * w, n, y + r / h * y_stride, y_pitch, w, r % h);
  }
}

// dx = gradient of the small image (u_t = transposed panels of pack_up3), d (+)= the filter's in the transformed
// domain (unpack_up3 turns it back).
EXPORT(up3_backward)
void up3_backward(const float *x, int x_pitch, int x_stride, const float *u_t, const float *dy, int y_pitch,
                  int y_stride, float *dx, int dx_pitch, int dx_stride, float *d, int images, int h, int w, int k,
                  int n, int add, float *scratch, int max_tiles) {
  const int rows = images * h, chunk = rows_per_chunk(w, max_tiles);
  float *gradient = scratch, *in = gradient + tile_floats(chunk * w, n, UP_GROUP);
  float *back = in + tile_floats(chunk * w, k, UP_GROUP);
  for (int r0 = 0; r0 < rows; r0 += chunk) {
    const int r1 = r0 + chunk < rows ? r0 + chunk : rows;
    const int tiles = (r1 - r0) * w, blocks = (tiles + 3) >> 2;
    for (int r = r0; r < r1; r++) {
      up_gradient_row(dy + r / h * y_stride, y_pitch, w, n, r % h, gradient, (r - r0) * w);
      up_input_row(x + r / h * x_stride, x_pitch, h, w, k, r % h, in, (r - r0) * w);
    }
    clear_tail(gradient, UP_GROUP, tiles, n);
    clear_tail(in, UP_GROUP, tiles, k);
    for (int f = 0; f < 9; f++) {
      gemm_tn_tiles(in + f * FREQUENCY, gradient + f * FREQUENCY, d + f * filter_plane(k, n), blocks, n, k, UP_GROUP,
                    add || r0 > 0);
      gemm_nn_tiles(gradient + f * FREQUENCY, u_t + f * filter_plane(k, n), back + f * FREQUENCY, blocks, k, n, UP_GROUP);
    }
    for (int r = r0; r < r1; r++)
      up_scatter_row(back, (r - r0) * w, k, dx + r / h * dx_stride, dx_pitch, h, w, r % h);
  }
}
