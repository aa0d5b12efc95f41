// Convolutions, stride 1, "same" zero padding, NHWC, over n images. A tensor is (pointer, pitch, stride):
// floats between pixels and between images, so that a slice of a concatenation needs no copy.
// Work goes in chunks of whole tile rows (across images where images are small), so that a chunk's
// transforms stay in the cache.
#include "winograd.h"

// Scratch floats that conv3_forward and conv3_backward need.
EXPORT(conv3_scratch) int conv3_scratch(int w, int k, int n, int max_tiles) {
  const int tiles_x = (w + 3) >> 2, tiles = rows_per_chunk(tiles_x, max_tiles) * tiles_x;
  return 24 * (2 * plane_floats(tiles, k) + plane_floats(tiles, n));
}

// y = bias + r + w * x. u = pack_conv3(w); bias may differ between images (bias_stride floats apart); the
// residual r may be 0, or y itself.
EXPORT(conv3_forward)
void conv3_forward(const float *x, int x_pitch, int x_stride, const float *u, const float *bias,
                   int bias_stride, const float *residual, int r_pitch, int r_stride, float *y, int y_pitch,
                   int y_stride, int images, int h, int w, int k, int n, float *scratch, int max_tiles) {
  const int tx = (w + 3) >> 2, ty = (h + 1) >> 1, rows = images * ty, chunk = rows_per_chunk(tx, max_tiles);
  const int in_plane = plane_floats(chunk * tx, k), out_plane = plane_floats(chunk * tx, n);
  float *in = scratch, *out = scratch + 24 * in_plane;
  for (int r0 = 0; r0 < rows; r0 += chunk) {
    const int r1 = r0 + chunk < rows ? r0 + chunk : rows, blocks = ((r1 - r0) * tx + 3) >> 2;
    for (int r = r0; r < r1; r++)
      winograd_input_row(x + r / ty * x_stride, x_pitch, h, w, k, r % ty, in, in_plane, (r - r0) * tx);
    for (int f = 0; f < 24; f++)
      gemm_nn_tiles(in + f * in_plane, u + f * k * n, out + f * out_plane, blocks, n, k);
    for (int r = r0; r < r1; r++)
      winograd_output_row(out, out_plane, (r - r0) * tx, n, bias ? bias + r / ty * bias_stride : 0,
                          residual ? residual + r / ty * r_stride : 0, r_pitch, y + r / ty * y_stride,
                          y_pitch, h, w, r % ty);
  }
}

// dx += input gradient (if dx; u_t = transposed panels of pack_conv3), d (+)= filter gradient in the
// transformed domain (if d; unpack_conv3 turns it back).
EXPORT(conv3_backward)
void conv3_backward(const float *x, int x_pitch, int x_stride, const float *u_t, const float *dy,
                    int y_pitch, int y_stride, float *dx, int dx_pitch, int dx_stride, float *d, int images,
                    int h, int w, int k, int n, int add, float *scratch, int max_tiles) {
  const int tx = (w + 3) >> 2, ty = (h + 1) >> 1, rows = images * ty, chunk = rows_per_chunk(tx, max_tiles);
  const int k_plane = plane_floats(chunk * tx, k), n_plane = plane_floats(chunk * tx, n);
  float *gradient = scratch, *in = gradient + 24 * n_plane, *back = in + 24 * k_plane;
  for (int r0 = 0; r0 < rows; r0 += chunk) {
    const int r1 = r0 + chunk < rows ? r0 + chunk : rows;
    const int tiles = (r1 - r0) * tx, blocks = (tiles + 3) >> 2;
    for (int r = r0; r < r1; r++)
      winograd_gradient_row(dy + r / ty * y_stride, y_pitch, h, w, n, r % ty, gradient, n_plane,
                            (r - r0) * tx);
    winograd_clear_tail(gradient, 24, n_plane, tiles, n);
    if (d) {
      for (int r = r0; r < r1; r++)
        winograd_input_row(x + r / ty * x_stride, x_pitch, h, w, k, r % ty, in, k_plane, (r - r0) * tx);
      winograd_clear_tail(in, 24, k_plane, tiles, k);
    }
    for (int f = 0; f < 24; f++) {
      if (d)
        gemm_tn_tiles(in + f * k_plane, gradient + f * n_plane, d + f * k * n, blocks, n, k, add || r0 > 0);
      if (dx) gemm_nn_tiles(gradient + f * n_plane, u_t + f * k * n, back + f * k_plane, blocks, k, n);
    }
    if (dx)
      for (int r = r0; r < r1; r++)
        winograd_scatter_row(back, k_plane, (r - r0) * tx, k, dx + r / ty * dx_stride, dx_pitch, h, w,
                             r % ty);
  }
}

// y (+)= bias + x·w at each pixel. u = pack_matrix(w).
EXPORT(conv1_forward)
void conv1_forward(const float *x, int x_pitch, int x_stride, const float *u, const float *bias,
                   int bias_stride, float *y, int y_pitch, int y_stride, int images, int pixels, int k,
                   int n, int add) {
  for (int i = 0; i < images; i++)
    gemm_nn_rows(x + i * x_stride, x_pitch, u, bias ? bias + i * bias_stride : 0, y + i * y_stride, y_pitch,
                 pixels, n, k, add);
}

// dx (+)= dy·wᵀ (if dx), d (+)= xᵀ·dy in panels (if d).
EXPORT(conv1_backward)
void conv1_backward(const float *x, int x_pitch, int x_stride, const float *u_t, const float *dy,
                    int y_pitch, int y_stride, float *dx, int dx_pitch, int dx_stride, float *d, int images,
                    int pixels, int k, int n, int add, int add_dx) {
  for (int i = 0; i < images; i++) {
    if (d) gemm_tn_rows(x + i * x_stride, x_pitch, dy + i * y_stride, y_pitch, d, pixels, n, k, add || i);
    if (dx)
      gemm_nn_rows(dy + i * y_stride, y_pitch, u_t, 0, dx + i * dx_stride, dx_pitch, pixels, k, n, add_dx);
  }
}

// Bias gradients: per_image[i][c] = Σ_pixels dy (rows `per_stride` apart), total[c] (+)= Σ_images.
EXPORT(bias_backward)
void bias_backward(const float *dy, int pitch, int stride, float *per_image, int per_stride, float *total,
                   int images, int pixels, int c, int add) {
  for (int i = 0; i < images; i++) {
    float *row = per_image + i * per_stride;
    column_sums(dy + i * stride, pitch, pixels, c, row, 0);
    if (total)
      for (int j = 0; j < c; j += 4)
        STORE(total + j, add || i ? ADD(LOAD(total + j), LOAD(row + j)) : LOAD(row + j));
  }
}
