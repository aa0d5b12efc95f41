// Interprets the flat list of kernel calls that a network was compiled to (src/lib/tensor/kernels/wasm/
// program.ts). An operand is an offset into this thread's arena (A), into the shard's gradient
// accumulators (G), or an address of prepared weights (P); −1 where there is none.
#include "kernels.h"
#include "plan.h"

enum {
  END, CONV3, CONV1, NORM, POOL, SPREAD, GATHER, DENSE, SILU, CLASS, LOSS,
  CONV3_BACK, BIAS_BACK, CONV1_BACK, NORM_BACK, DENSE_BACK, SILU_BACK, CLASS_BACK, ADD_TO,
  PACK3, PACK, PACK_VECTOR, UNPACK3, UNPACK, UNPACK_VECTOR, SQUARES, ADAM, ONE, ONE_FILTER,
  UP3, UP3_BACK, PACK_UP3, UNPACK_UP3, ONE_SUM, LOAD, STORE, COPY, WAVES, WAVES_BACK, ATTENTION,
  ATTENTION_BACK, CROSS_ENTROPY
};

#define A(i) (c[i] < 0 ? (float *)0 : (float *)(arena + c[i]))
#define G(i) (c[i] < 0 ? (float *)0 : (float *)(shard + c[i]))
#define P(i) ((float *)c[i])
#define NEXT(count) c += count; break

static void class_forward(float *y, int dim, const float *table, const int32_t *labels, int images) {
  for (int i = 0; i < images; i++)
    for (int j = 0; j < dim; j += 4)
      STORE(y + i * dim + j, ADD(LOAD(y + i * dim + j), LOAD(table + labels[i] * dim + j)));
}

static void class_backward(const float *dy, int dim, float *d, int rows, const int32_t *labels, int images,
                           int add) {
  if (!add) zero_floats(d, rows * dim);
  for (int i = 0; i < images; i++) {
    float *row = d + labels[i] * dim;
    for (int j = 0; j < dim; j += 4) STORE(row + j, ADD(LOAD(row + j), LOAD(dy + i * dim + j)));
  }
}

static void add_to(float *x, int x_pitch, int x_stride, const float *y, int y_pitch, int y_stride, int images,
                   int pixels, int c) {
  for (int i = 0; i < images; i++)
    for (int p = 0; p < pixels; p++) {
      float *o = x + i * x_stride + p * x_pitch;
      const float *q = y + i * y_stride + p * y_pitch;
      for (int j = 0; j < c; j += 4) STORE(o + j, ADD(LOAD(o + j), LOAD(q + j)));
    }
}

// errors[i] = mean squared error of image i; d = gradient of mean_i weights[i]·errors[i].
static void loss(struct plan *plan, int first, int images, const float *p, int p_pitch, int p_stride, float *d,
                 int d_pitch, int d_stride, int pixels, int c) {
  const int size = pixels * c;
  for (int i = 0; i < images; i++) {
    const float scale = 2.0f * plan->weights[first + i] / ((float)plan->batch * (float)size);
    plan->errors[first + i] = squared_error(p + i * p_stride, p_pitch, plan->target + (first + i) * size,
                                            d + i * d_stride, d_pitch, pixels, c, scale) / (float)size;
  }
}

// errors[i] = cross-entropy of image i; d = gradient of mean_i weights[i]·errors[i].
static void class_loss(struct plan *plan, int first, int images, const float *p, int p_stride, float *d, int d_pitch,
                       int d_stride, int n) {
  for (int i = 0; i < images; i++)
    plan->errors[first + i] = cross_entropy(p + i * p_stride, plan->labels[first + i], d + i * d_stride, n, d_pitch,
                                            plan->weights[first + i] / (float)plan->batch);
}

// Images without padding to pixels `pitch` apart, with zeros up to whole vectors.
static void load(const float *x, float *y, int pitch, int pixels, int c) {
  const int whole = (c + 3) & ~3;
  copy_channels(x, c, y, pitch, pixels, c, whole < pitch ? whole : pitch);
}

static void copy(const float *x, int x_pitch, int x_stride, float *y, int y_pitch, int y_stride, int images, int pixels,
                 int c, int fill) {
  for (int i = 0; i < images; i++) copy_channels(x + i * x_stride, x_pitch, y + i * y_stride, y_pitch, pixels, c, fill);
}

static void optimize(struct plan *plan, int from, int count) {
  float total = 0, scale = 1;
  for (int i = 0; i < plan->square_count; i++) total += plan->squares[i];
  const float norm = __builtin_sqrtf(total);
  if (plan->clip_norm > 0 && norm > plan->clip_norm) scale = plan->clip_norm / (norm + 1e-12f);
  adam(plan->params + from, plan->gradient + from, plan->m + from, plan->s + from, plan->ema + from, count,
       scale, plan->rate, plan->root, plan->beta1, plan->beta2, plan->epsilon, plan->ema_step);
}

// Up to two parts of a normalised tensor, each [x, y, a, dx, pixels, channels, times] (13 operands).
static int read_parts(const int32_t *c, char *arena, struct norm_part *parts) {
  int count = 0;
  for (; count < 2 && c[0] >= 0; count++, c += 13)
    parts[count] = (struct norm_part){c[10], c[11], c[12], A(0), c[1], c[2], A(3), c[4], c[5], A(6), A(7), c[8], c[9]};
  return count;
}

static void run_group(struct plan *plan, char *arena, char *shard, const int32_t *c, int first, int images,
                      int add) {
  const int tiles = plan->max_tiles;
  for (;;) switch (*c++) {
    case END: return;
    case CONV3:
      conv3_forward(A(0), c[1], c[2], P(3), c[5] < 0 ? P(4) : A(5), c[6], A(10), c[11], c[12], A(7), c[8], c[9],
                    images, c[13], c[14], c[15], c[16], A(17), tiles);
      NEXT(18);
    case CONV1:
      conv1_forward(A(0), c[1], c[2], P(3), P(4), 0, A(5), c[6], c[7], images, c[8], c[9], c[10], 0);
      NEXT(11);
    case NORM: {
      struct norm_part parts[2];
      const int count = read_parts(c, arena, parts);
      norm_parts_forward(parts, count, P(26), P(27), A(28), images, c[29], 1e-5f);
      NEXT(30);
    }
    case POOL:
      pool_forward(A(0), c[1], c[2], A(3), c[4], c[5], images, c[6], c[7], c[8]);
      NEXT(9);
    case SPREAD: {
      const float scale = c[9] ? 0.25f : 1.0f;
      spread(A(0), c[1], c[2], A(3), c[4], c[5], images, c[6], c[7], c[8], scale, c[10]);
      NEXT(11);
    }
    case GATHER:
      gather(A(0), c[1], c[2], A(3), c[4], c[5], images, c[6], c[7], c[8]);
      NEXT(9);
    case DENSE:
      gemm_nn_rows(A(0), c[5], P(1), P(2), A(3), c[4], images, c[4], c[5], 0);
      NEXT(6);
    case SILU:
      silu_forward(A(0), A(1), images * c[2]);
      NEXT(3);
    case CLASS:
      class_forward(A(0), c[1], P(2), plan->labels + first, images);
      NEXT(3);
    case LOSS:
      loss(plan, first, images, A(0), c[1], c[2], A(3), c[4], c[5], c[6], c[7]);
      NEXT(8);
    case CONV3_BACK:
      conv3_backward(A(0), c[1], c[2], P(3), A(4), c[5], c[6], A(7), c[8], c[9], G(10), A(11), c[12], G(13), images,
                     c[14], c[15], c[16], c[17], add, A(18), tiles);
      NEXT(19);
    case BIAS_BACK:
      bias_backward(A(0), c[1], c[2], A(3), c[4], G(5), images, c[6], c[7], add);
      NEXT(8);
    case CONV1_BACK:
      conv1_backward(A(0), c[1], c[2], P(3), A(4), c[5], c[6], A(7), c[8], c[9], G(10), images, c[11], c[12],
                     c[13], add, c[14]);
      NEXT(15);
    case NORM_BACK: {
      struct norm_part parts[2];
      const int count = read_parts(c, arena, parts);
      norm_parts_backward(parts, count, P(26), P(27), A(28), G(30), G(31), images, c[29], c[32], add);
      NEXT(33);
    }
    case DENSE_BACK:
      gemm_tn_rows(A(0), c[6], A(2), c[7], G(4), images, c[7], c[6], add);
      if (c[5] >= 0) column_sums(A(2), c[7], images, c[7], G(5), add);
      if (c[3] >= 0) gemm_nn_rows(A(2), c[7], P(1), 0, A(3), c[6], images, c[6], c[7], c[8]);
      NEXT(9);
    case SILU_BACK:
      silu_backward(A(0), A(1), A(2), images * c[3]);
      NEXT(4);
    case CLASS_BACK:
      class_backward(A(0), c[1], G(2), c[3], plan->labels + first, images, add);
      NEXT(4);
    case ADD_TO:
      add_to(A(0), c[1], c[2], A(3), c[4], c[5], images, c[6], c[7]);
      NEXT(8);
    case PACK3:
      pack_conv3(plan->source + c[0], c[1], c[2], c[3], P(4), P(5));
      NEXT(6);
    case PACK:
      pack_matrix(plan->source + c[0], c[1], c[2], P(3), P(4));
      NEXT(5);
    case PACK_VECTOR: {  // sum of up to two vectors, padded
      const float *second = c[1] < 0 ? 0 : plan->source + c[1];
      for (int j = 0; j < ((c[2] + 3) & ~3); j++)
        P(3)[j] = j < c[2] ? plan->source[c[0] + j] + (second ? second[j] : 0.0f) : 0.0f;
      NEXT(4);
    }
    case UNPACK3:
      unpack_conv3(P(0), c[1], plan->shard_bytes >> 2, c[2], c[3], c[4], plan->gradient + c[5]);
      NEXT(6);
    case UNPACK:
      unpack_matrix(P(0), c[1], plan->shard_bytes >> 2, c[2], c[3], plan->gradient + c[4]);
      NEXT(5);
    case UNPACK_VECTOR:
      unpack_vector(P(0), c[1], plan->shard_bytes >> 2, c[2], plan->gradient + c[3]);
      NEXT(4);
    case SQUARES:
      plan->squares[c[2]] = sum_squares(plan->gradient + c[0], c[1]);
      NEXT(3);
    case ADAM:
      optimize(plan, c[0], c[1]);
      NEXT(2);
    case ONE:
      one_forward(A(0), c[1], c[2], P(3), P(4), A(5), c[6], c[7], images, c[8], c[9], c[10], c[11], A(12));
      NEXT(13);
    case ONE_FILTER:
      one_filter(A(0), c[1], c[2], A(3), c[4], c[5], G(6), images, c[7], c[8], c[9], c[10], add, A(11));
      NEXT(12);
    case UP3:
      up3_forward(A(0), c[1], c[2], P(3), A(4), c[5], c[6], images, c[7], c[8], c[9], c[10], A(11), tiles);
      NEXT(12);
    case UP3_BACK:
      up3_backward(A(0), c[1], c[2], P(3), A(4), c[5], c[6], A(7), c[8], c[9], G(10), images, c[11], c[12], c[13],
                   c[14], add, A(15), tiles);
      NEXT(16);
    case PACK_UP3:
      pack_up3(plan->source + c[0], c[1], c[2], c[3], P(4), P(5));
      NEXT(6);
    case UNPACK_UP3:
      unpack_up3(P(0), c[1], plan->shard_bytes >> 2, c[2], c[3], c[4], plan->gradient + c[5]);
      NEXT(6);
    case ONE_SUM:
      one_sum(A(0), c[1], c[2], P(3), P(4), A(5), c[6], images, c[7], c[8], c[9], A(10));
      NEXT(11);
    case LOAD:
      load(P(4) + first * c[2] * c[3], A(0), c[1], images * c[2], c[3]);
      NEXT(5);
    case STORE:
      copy_channels(A(0), c[1], P(4) + first * c[2] * c[3], c[3], images * c[2], c[3], c[3]);
      NEXT(5);
    case COPY:
      copy(A(0), c[1], c[2], A(3), c[4], c[5], images, c[6], c[7], c[8]);
      NEXT(9);
    case WAVES:
      waves_forward(A(0), c[1], A(2), c[3], images, c[4]);
      NEXT(5);
    case WAVES_BACK:
      waves_backward(A(0), c[1], A(2), c[3], A(4), c[5], images, c[6], c[7]);
      NEXT(8);
    case ATTENTION:
      attention_forward(A(0), c[1], c[2], A(3), c[4], c[5], images, c[6], c[7], c[8], A(9));
      NEXT(10);
    case ATTENTION_BACK:
      attention_backward(A(0), c[1], c[2], A(3), c[4], c[5], A(6), c[7], c[8], images, c[9], c[10], c[11], c[12], A(13));
      NEXT(14);
    case CROSS_ENTROPY:
      class_loss(plan, first, images, A(0), c[2], A(3), c[4], c[5], c[6]);
      NEXT(7);
    default: __builtin_trap();
  }
}

void run_commands(struct plan *plan, int thread, const struct item *item) {
  char *arena = plan->arena + thread * plan->arena_bytes, *shard = plan->shards + item->shard * plan->shard_bytes;
  if (item->images == 0) {
    run_group(plan, arena, shard, item->commands, 0, 0, 0);
    return;
  }
  const int end = item->first + item->images;
  for (int first = item->first; first < end; first += plan->group) {
    const int images = end - first < plan->group ? end - first : plan->group;
    run_group(plan, arena, shard, item->commands, first, images, first > item->first || item->after >= 0);
  }
}
