// Convolutions, stride 1, "same" zero padding, NHWC, over n images. A tensor is (pointer, pitch, stride):
// floats between pixels and between images, so that a slice of a concatenation needs no copy.
// Work goes in chunks of whole tile rows (across images where images are small), so that a chunk's
// transforms stay in the cache.
#include "winograd.h"

// total (+)= row
static inline void add_row(float *total, const float *row, int c, int add) {
  for (int j = 0; j < c; j += 4) STORE(total + j, add ? ADD(LOAD(total + j), LOAD(row + j)) : LOAD(row + j));
}

// Scratch floats that conv3_forward and conv3_backward need.
EXPORT(conv3_scratch) int conv3_scratch(int w, int k, int n, int max_tiles) {
  const int tiles_x = (w + 3) >> 2, tiles = rows_per_chunk(tiles_x, max_tiles) * tiles_x;
  return 2 * tile_floats(tiles, k, GROUP) + tile_floats(tiles, n, GROUP);
}

// y = bias + r + w * x. u = pack_conv3(w); bias may differ between images (bias_stride floats apart); the
// residual r may be 0, or y itself.
EXPORT(conv3_forward)
void conv3_forward(const float *x, int x_pitch, int x_stride, const float *u, const float *bias,
                   int bias_stride, const float *residual, int r_pitch, int r_stride, float *y, int y_pitch,
                   int y_stride, int images, int h, int w, int k, int n, float *scratch, int max_tiles) {
  const int tx = (w + 3) >> 2, ty = (h + 1) >> 1, rows = images * ty, chunk = rows_per_chunk(tx, max_tiles);
  float *in = scratch, *out = scratch + tile_floats(chunk * tx, k, GROUP);
  for (int r0 = 0; r0 < rows; r0 += chunk) {
    const int r1 = r0 + chunk < rows ? r0 + chunk : rows, blocks = ((r1 - r0) * tx + 3) >> 2;
    for (int r = r0; r < r1; r++)
      winograd_input_row(x + r / ty * x_stride, x_pitch, h, w, k, r % ty, in, (r - r0) * tx);
    for (int f = 0; f < 24; f++)
      gemm_nn_tiles(in + f * FREQUENCY, u + f * filter_plane(k, n), out + f * FREQUENCY, blocks, n, k, GROUP);
    for (int r = r0; r < r1; r++)
      winograd_output_row(out, (r - r0) * tx, n, bias ? bias + r / ty * bias_stride : 0,
                          residual ? residual + r / ty * r_stride : 0, r_pitch, y + r / ty * y_stride,
                          y_pitch, h, w, r % ty);
  }
}

// Σ dy of an image's tile row: A and Sᵀ have a row of ones each, so the frequency of these two is the sum of a tile.
static void add_tile_sums(const float *gradient, int t0, int tiles, int c, float *sums, int first) {
  for (int j = 0; j < c; j += 4) {
    v total = first ? ZERO : LOAD(sums + j);
    for (int t = t0; t < t0 + tiles; t++) total = ADD(total, LOAD(TILE(gradient, GROUP, t) + 7 * FREQUENCY));
    STORE(sums + j, total);
  }
}

// dx = input gradient (if dx; u_t = transposed panels of pack_conv3), d (+)= filter gradient in the
// transformed domain (if d; unpack_conv3 turns it back). Bias gradients, if `sums`: those of each image in rows
// sums_stride apart, their total (+)= in `total`.
EXPORT(conv3_backward)
void conv3_backward(const float *x, int x_pitch, int x_stride, const float *u_t, const float *dy,
                    int y_pitch, int y_stride, float *dx, int dx_pitch, int dx_stride, float *d, float *sums,
                    int sums_stride, float *total, int images, int h, int w, int k, int n, int add, float *scratch,
                    int max_tiles) {
  const int tx = (w + 3) >> 2, ty = (h + 1) >> 1, rows = images * ty, chunk = rows_per_chunk(tx, max_tiles);
  float *gradient = scratch, *in = gradient + tile_floats(chunk * tx, n, GROUP);
  float *back = in + tile_floats(chunk * tx, k, GROUP);
  for (int r0 = 0; r0 < rows; r0 += chunk) {
    const int r1 = r0 + chunk < rows ? r0 + chunk : rows;
    const int tiles = (r1 - r0) * tx, blocks = (tiles + 3) >> 2;
    for (int r = r0; r < r1; r++) {
      winograd_gradient_row(dy + r / ty * y_stride, y_pitch, h, w, n, r % ty, gradient, (r - r0) * tx);
      if (!sums) continue;
      float *row = sums + r / ty * sums_stride;
      add_tile_sums(gradient, (r - r0) * tx, tx, n, row, r % ty == 0);
      if (r % ty == ty - 1) add_row(total, row, n, add || r >= ty);
    }
    clear_tail(gradient, GROUP, tiles, n);
    if (d) {
      for (int r = r0; r < r1; r++)
        winograd_input_row(x + r / ty * x_stride, x_pitch, h, w, k, r % ty, in, (r - r0) * tx);
      clear_tail(in, GROUP, tiles, k);
    }
    for (int f = 0; f < 24; f++) {
      if (d)
        gemm_tn_tiles(in + f * FREQUENCY, gradient + f * FREQUENCY, d + f * filter_plane(k, n), blocks, n, k, GROUP,
                      add || r0 > 0);
      if (dx)
        gemm_nn_tiles(gradient + f * FREQUENCY, u_t + f * filter_plane(k, n), back + f * FREQUENCY, blocks, k, n, GROUP);
    }
    if (dx)
      for (int r = r0; r < r1; r++)
        winograd_scatter_row(back, (r - r0) * tx, k, dx + r / ty * dx_stride, dx_pitch, h, w,
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
    if (total) add_row(total, row, c, add || i);
  }
}
