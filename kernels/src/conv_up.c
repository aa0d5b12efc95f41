// 3×3 convolution of an image doubled by nearest neighbour, which is never made: see winograd_up.c. h, w are the size
// of the small image; chunks and scratch as in conv.c.
#include "winograd.h"
#include "winograd_up.h"

// y += w * doubled(x). u = pack_up3(w).
EXPORT(up3_forward)
void up3_forward(const float *x, int x_pitch, int x_stride, const float *u, float *y, int y_pitch, int y_stride,
                 int images, int h, int w, int k, int n, float *scratch, int max_tiles) {
  const int rows = images * h, chunk = rows_per_chunk(w, max_tiles);
  const int in_plane = plane_floats(chunk * w, k), out_plane = plane_floats(chunk * w, n);
  float *in = scratch, *out = scratch + 9 * in_plane;
  for (int r0 = 0; r0 < rows; r0 += chunk) {
    const int r1 = r0 + chunk < rows ? r0 + chunk : rows, blocks = ((r1 - r0) * w + 3) >> 2;
    for (int r = r0; r < r1; r++)
      up_input_row(x + r / h * x_stride, x_pitch, h, w, k, r % h, in, in_plane, (r - r0) * w);
    for (int f = 0; f < 9; f++)
      gemm_nn_tiles(in + f * in_plane, u + f * k * n, out + f * out_plane, blocks, n, k);
    for (int r = r0; r < r1; r++)
      up_output_row(out, out_plane, (r - r0) * w, n, y + r / h * y_stride, y_pitch, w, r % h);
  }
}

// dx += gradient of the small image (u_t = transposed panels of pack_up3), d (+)= the filter's in the transformed
// domain (unpack_up3 turns it back).
EXPORT(up3_backward)
void up3_backward(const float *x, int x_pitch, int x_stride, const float *u_t, const float *dy, int y_pitch,
                  int y_stride, float *dx, int dx_pitch, int dx_stride, float *d, int images, int h, int w, int k,
                  int n, int add, float *scratch, int max_tiles) {
  const int rows = images * h, chunk = rows_per_chunk(w, max_tiles);
  const int k_plane = plane_floats(chunk * w, k), n_plane = plane_floats(chunk * w, n);
  float *gradient = scratch, *in = gradient + 9 * n_plane, *back = in + 9 * k_plane;
  for (int r0 = 0; r0 < rows; r0 += chunk) {
    const int r1 = r0 + chunk < rows ? r0 + chunk : rows;
    const int tiles = (r1 - r0) * w, blocks = (tiles + 3) >> 2;
    for (int r = r0; r < r1; r++) {
      up_gradient_row(dy + r / h * y_stride, y_pitch, w, n, r % h, gradient, n_plane, (r - r0) * w);
      up_input_row(x + r / h * x_stride, x_pitch, h, w, k, r % h, in, k_plane, (r - r0) * w);
    }
    winograd_clear_tail(gradient, 9, n_plane, tiles, n);
    winograd_clear_tail(in, 9, k_plane, tiles, k);
    for (int f = 0; f < 9; f++) {
      gemm_tn_tiles(in + f * k_plane, gradient + f * n_plane, d + f * k * n, blocks, n, k, add || r0 > 0);
      gemm_nn_tiles(gradient + f * n_plane, u_t + f * k * n, back + f * k_plane, blocks, k, n);
    }
    for (int r = r0; r < r1; r++)
      up_scatter_row(back, k_plane, (r - r0) * w, k, dx + r / h * dx_stride, dx_pitch, h, w, r % h);
  }
}
