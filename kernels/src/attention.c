// Self-attention: x is (q, k, v) of c channels each, cut into heads of d = c/heads channels; y = P·v with
// P = softmax(q·kᵀ/√d), over all pixels of an image. One head at a time is copied into whole vectors (channels beyond d and pixels
// beyond the last are zeros), so d may be any number; c is a multiple of 4. (pointer, pitch, stride) as in conv.c.
#include "kernels.h"

static inline int whole(int n) { return (n + 3) & ~3; }

// Floats of scratch that both passes need for heads of d channels.
EXPORT(attention_scratch) int attention_scratch(int pixels, int d) {
  const int p = whole(pixels);
  return p * (5 * whole(d) + 2 * p);
}

// Matrices of one head. [pixels][d] in rows: a, b, and without padding: rows; in panels (gemm.c): m, and its transpose t.
// [pixels][pixels] in rows: the probabilities, and their gradients.
struct head { int pixels, d, p, n; float *rows, *a, *b, *m, *t, *probability, *gradient; };

static struct head head_at(float *scratch, int pixels, int d) {
  const int p = whole(pixels), n = whole(d), size = p * n;
  return (struct head){pixels, d, p, n, scratch, scratch + size, scratch + 2 * size, scratch + 3 * size,
                       scratch + 4 * size, scratch + 5 * size, scratch + 5 * size + p * p};
}

static void pack(const struct head *h, const float *x, int pitch) {
  copy_channels(x, pitch, h->rows, h->d, h->pixels, h->d, h->d);
  pack_matrix(h->rows, h->pixels, h->d, h->m, h->t);
}

// probability = softmax(q·kᵀ/√d). Leaves q in a, k in m and t.
static void probabilities(const struct head *h, const float *q, const float *k, int pitch) {
  const float scale = 1.0f / __builtin_sqrtf((float)h->d);
  copy_channels(q, pitch, h->a, h->n, h->pixels, h->d, h->n);
  pack(h, k, pitch);
  gemm_nn_rows(h->a, h->n, h->t, 0, h->probability, h->p, h->pixels, h->p, h->n, 0);
  for (int i = 0; i < h->pixels; i++) {
    float *row = h->probability + i * h->p, most;
    const v share = SPLAT(1.0f / exponentials(row, row, h->pixels, scale, &most));
    for (int j = h->pixels; j < h->p; j++) row[j] = 0.0f;
    for (int j = 0; j < h->p; j += 4) STORE(row + j, MUL(LOAD(row + j), share));
  }
}

EXPORT(attention_forward)
void attention_forward(const float *x, int x_pitch, int x_stride, float *y, int y_pitch, int y_stride, int images,
                       int pixels, int c, int heads, float *scratch) {
  const struct head h = head_at(scratch, pixels, c / heads);
  for (int i = 0; i < images; i++)
    for (int s = 0; s < c; s += h.d) {
      const float *q = x + i * x_stride + s;
      probabilities(&h, q, q + c, x_pitch);
      pack(&h, q + 2 * c, x_pitch);
      gemm_nn_rows(h.probability, h.p, h.m, 0, h.a, h.n, pixels, h.n, h.p, 0);
      copy_channels(h.a, h.n, y + i * y_stride + s, y_pitch, pixels, h.d, h.d);
    }
}

// o (+)= [pixels][d] of rows `pitch` apart.
static void give(const struct head *h, const float *rows, int pitch, float *o, int o_pitch, int add) {
  if (!add) {
    copy_channels(rows, pitch, o, o_pitch, h->pixels, h->d, h->d);
    return;
  }
  for (int i = 0; i < h->pixels; i++)
    for (int j = 0; j < h->d; j++) o[i * o_pitch + j] += rows[i * pitch + j];
}

// In the matrix of the gradients dP of the probabilities: those of q·kᵀ, P∘(dP − Σ_j P_j·dP_j)/√d.
static void softmax_gradient(const struct head *h) {
  const float scale = 1.0f / __builtin_sqrtf((float)h->d);
  for (int i = 0; i < h->pixels; i++) {
    const float *p = h->probability + i * h->p;
    float *g = h->gradient + i * h->p;
    v dot = ZERO;
    for (int j = 0; j < h->p; j += 4) dot = FMA(LOAD(p + j), LOAD(g + j), dot);
    const v mean = SPLAT(sum4(dot));
    for (int j = 0; j < h->p; j += 4)
      STORE(g + j, MUL(MUL(LOAD(p + j), SUB(LOAD(g + j), mean)), SPLAT(scale)));
  }
}

// dx (+)= gradients of (q, k, v); the probabilities are computed again.
EXPORT(attention_backward)
void attention_backward(const float *x, int x_pitch, int x_stride, const float *dy, int y_pitch, int y_stride,
                        float *dx, int dx_pitch, int dx_stride, int images, int pixels, int c, int heads, int add,
                        float *scratch) {
  const struct head h = head_at(scratch, pixels, c / heads);
  for (int i = 0; i < images; i++)
    for (int s = 0; s < c; s += h.d) {
      const float *q = x + i * x_stride + s;
      float *o = dx + i * dx_stride + s;
      // dP = dy·vᵀ
      copy_channels(dy + i * y_stride + s, y_pitch, h.b, h.n, pixels, h.d, h.n);
      pack(&h, q + 2 * c, x_pitch);
      gemm_nn_rows(h.b, h.n, h.t, 0, h.gradient, h.p, pixels, h.p, h.n, 0);
      probabilities(&h, q, q + c, x_pitch);
      // dv = Pᵀ·dy
      gemm_tn_rows(h.probability, h.p, h.b, h.n, h.t, pixels, h.n, h.p, 0);
      unpack_matrix(h.t, 1, 0, pixels, h.d, h.rows);
      give(&h, h.rows, h.d, o + 2 * c, dx_pitch, add);
      // With s = q·kᵀ/√d: dq = ds·k/√d, dk = dsᵀ·q/√d
      softmax_gradient(&h);
      gemm_nn_rows(h.gradient, h.p, h.m, 0, h.b, h.n, pixels, h.n, h.p, 0);
      give(&h, h.b, h.n, o, dx_pitch, add);
      gemm_tn_rows(h.gradient, h.p, h.a, h.n, h.t, pixels, h.n, h.p, 0);
      unpack_matrix(h.t, 1, 0, pixels, h.d, h.rows);
      give(&h, h.rows, h.d, o + c, dx_pitch, add);
    }
}
