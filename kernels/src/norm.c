// GroupNorm followed by SiLU: z = γ·(x − μ)/σ + β, a = z·sigmoid(z), σ = sqrt(variance + ε) per image and
// group. Means and reciprocal deviations are kept for the backward pass: stats[image][2][groups].
// c <= 1024 in all parts together, a multiple of groups; each part's a multiple of 4.
#include "norm.h"

#define MAX_C 1024
#define BLOCK 32  // pixels handled for one column of channels before the next: they stay in the cache

// Mean and Σ (x − mean)² of each channel, in one pass: with s the mean of the first block and d = x − s,
//   mean = s + Σd/n,   Σ (x − mean)² = Σd² − (Σd)²/n.
// s is near the mean, so little cancels. Sums are taken in blocks for accuracy, eight channels at a time for speed.
static void channel_moments(const float *x, int pitch, int pixels, int c, float *mean, float *square) {
  const v inverse = SPLAT(1.0f / (float)pixels);
  for (int j = 0; j < c; j += 8) {
    const int next = j + 4 < c ? 4 : 0;  // a last half column is done twice
    v shift0 = ZERO, shift1 = ZERO, sum0 = ZERO, sum1 = ZERO, square0 = ZERO, square1 = ZERO;
    for (int p0 = 0; p0 < pixels; p0 += BLOCK) {
      const int count = pixels - p0 < BLOCK ? pixels - p0 : BLOCK;
      const float *p = x + p0 * pitch + j;
      if (p0 == 0) {
        for (int i = 0; i < count; i++) {
          shift0 = ADD(shift0, LOAD(p + i * pitch));
          shift1 = ADD(shift1, LOAD(p + i * pitch + next));
        }
        shift0 = DIV(shift0, SPLAT((float)count));
        shift1 = DIV(shift1, SPLAT((float)count));
      }
      v s0 = ZERO, s1 = ZERO, q0 = ZERO, q1 = ZERO;
      for (int i = 0; i < count; i++, p += pitch) {
        v a = SUB(LOAD(p), shift0), b = SUB(LOAD(p + next), shift1);
        s0 = ADD(s0, a);
        s1 = ADD(s1, b);
        q0 = FMA(a, a, q0);
        q1 = FMA(b, b, q1);
      }
      sum0 = ADD(sum0, s0);
      sum1 = ADD(sum1, s1);
      square0 = ADD(square0, q0);
      square1 = ADD(square1, q1);
    }
    STORE(mean + j, FMA(sum0, inverse, shift0));
    STORE(square + j, FNMA(MUL(sum0, inverse), sum0, square0));
    STORE(mean + j + next, FMA(sum1, inverse, shift1));
    STORE(square + j + next, FNMA(MUL(sum1, inverse), sum1, square1));
  }
}

// Replaces each channel's value by Σ_{channels of the group} values · scale.
static void group_total(float *values, int c, int groups, float scale) {
  const int width = c / groups;
  for (int g = 0; g < groups; g++) {
    float total = 0;
    for (int j = 0; j < width; j++) total += values[g * width + j];
    for (int j = 0; j < width; j++) values[g * width + j] = total * scale;
  }
}

// Channels of all parts, and pixels of the image that the network sees.
static int all_channels(const struct norm_part *parts, int count) {
  int c = 0;
  for (int i = 0; i < count; i++) c += parts[i].c;
  return c;
}
static inline int all_pixels(const struct norm_part *part) { return part->pixels * part->times; }

// y = silu(γ(x − mean)·rstd + β) for one image.
static void apply(const struct norm_part *part, int image, const float *mean, const float *rstd,
                  const float *gamma, const float *beta, const struct exponential *numbers) {
  const struct exponential k = *numbers;
  const float *x = part->x + image * part->x_stride;
  float *y = part->y + image * part->y_stride;
  const int x_pitch = part->x_pitch, y_pitch = part->y_pitch, pixels = part->pixels, c = part->c;
  for (int p0 = 0; p0 < pixels; p0 += BLOCK) {
    const int count = pixels - p0 < BLOCK ? pixels - p0 : BLOCK;
    for (int j = 0; j < c; j += 4) {
      const v m = LOAD(mean + j), s = MUL(LOAD(rstd + j), LOAD(gamma + j)), b = LOAD(beta + j);
      const float *p = x + p0 * x_pitch + j;
      float *o = y + p0 * y_pitch + j;
      for (int q = 0; q < count; q++, p += x_pitch, o += y_pitch) STORE(o, silu4(FMA(SUB(LOAD(p), m), s, b), k));
    }
  }
}

void norm_parts_forward(const struct norm_part *parts, int count, const float *gamma, const float *beta,
                        float *stats, int images, int groups, float epsilon) {
  float means[MAX_C], mean[MAX_C], rstd[MAX_C];
  const struct exponential k = exponential_constants();
  const int c = all_channels(parts, count), width = c / groups;
  const float pixels = (float)all_pixels(parts);
  for (int i = 0; i < images; i++, stats += 2 * groups) {
    for (int s = 0, at = 0; s < count; at += parts[s++].c) {
      const struct norm_part *part = parts + s;
      channel_moments(part->x + i * part->x_stride, part->x_pitch, part->pixels, part->c, means + at, rstd + at);
      for (int j = at; j < at + part->c; j++) {
        rstd[j] *= (float)part->times;
        mean[j] = means[j];
      }
    }
    group_total(mean, c, groups, 1.0f / (float)width);
    // Σ over the group of (x − its mean)², from each channel's Σ (x − mean)².
    for (int j = 0; j < c; j++) rstd[j] += pixels * (means[j] - mean[j]) * (means[j] - mean[j]);
    group_total(rstd, c, groups, 1.0f / (pixels * (float)width));
    for (int g = 0; g < groups; g++) {
      stats[g] = mean[g * width];
      // Rounding may leave a trace below zero where all values are equal.
      const float variance = rstd[g * width] > 0 ? rstd[g * width] : 0;
      stats[groups + g] = 1.0f / __builtin_sqrtf(variance + epsilon);
      for (int j = 0; j < width; j++) rstd[g * width + j] = stats[groups + g];
    }
    for (int s = 0, at = 0; s < count; at += parts[s++].c)
      apply(parts + s, i, mean + at, rstd + at, gamma + at, beta + at, &k);
  }
}

// With x̂ = (x − μ)/σ, da replaced by dz = da·s(1 + z(1 − s)), s = sigmoid(z): Σ dz and Σ dz·x̂ for each channel. With
// the forward result a, s = a/z spares the exponential (½ where z = 0). Equal pixels have equal z: da may be their sum.
static void sums(const struct norm_part *part, int image, const float *mean, const float *rstd, const float *gamma,
                 const float *beta, float *sum, float *dot, const struct exponential *numbers) {
  const struct exponential k = *numbers;
  const v half = constant(0.5f);
  const int x_pitch = part->x_pitch, pitch = part->y_pitch, pixels = part->pixels, c = part->c;
  const float *x = part->x + image * part->x_stride;
  float *da = part->y + image * part->y_stride;
  zero_floats(sum, c);
  zero_floats(dot, c);
  for (int p0 = 0; p0 < pixels; p0 += BLOCK) {
    const int count = pixels - p0 < BLOCK ? pixels - p0 : BLOCK;
    for (int j = 0; j < c; j += 4) {
      const v m = LOAD(mean + j), r = LOAD(rstd + j), g = MUL(r, LOAD(gamma + j)), b = LOAD(beta + j);
      const float *p = x + p0 * x_pitch + j, *a = part->a + image * part->y_stride + p0 * pitch + j;
      float *o = da + p0 * pitch + j;
      v total_dot = ZERO, total = ZERO;
      // z is computed as in the forward pass, to the bit.
#define STEP(S, A) { \
  v centred = SUB(LOAD(p), m), z = FMA(centred, g, b), s = S, act = A; \
  v dz = MUL(LOAD(o), FNMA(act, s, ADD(act, s))); \
  STORE(o, dz); \
  total = ADD(total, dz); \
  total_dot = FMA(dz, MUL(centred, r), total_dot); }
      if (part->a)
        for (int q = 0; q < count; q++, p += x_pitch, o += pitch, a += pitch)
          STEP(wasm_v128_bitselect(DIV(LOAD(a), z), half, wasm_f32x4_ne(LOAD(a), ZERO)), LOAD(a))
      else
        for (int q = 0; q < count; q++, p += x_pitch, o += pitch) STEP(sigmoid4(z, k), MUL(z, s))
#undef STEP
      STORE(sum + j, ADD(LOAD(sum + j), total));
      STORE(dot + j, ADD(LOAD(dot + j), total_dot));
    }
  }
}

// dx (+)= (γ dz − times·(sum + x̂·dot))/σ for one image.
static void input_gradient(const struct norm_part *part, int image, const float *mean, const float *rstd,
                           const float *gamma, const float *sum, const float *dot, int add) {
  const int x_pitch = part->x_pitch, z_pitch = part->y_pitch, o_pitch = part->dx_pitch;
  const int pixels = part->pixels, c = part->c;
  const float *x = part->x + image * part->x_stride, *dz = part->y + image * part->y_stride;
  float *dx = part->dx + image * part->dx_stride;
  const v times = SPLAT((float)part->times);
  for (int p0 = 0; p0 < pixels; p0 += BLOCK) {
    const int count = pixels - p0 < BLOCK ? pixels - p0 : BLOCK;
    for (int j = 0; j < c; j += 4) {
      const v m = LOAD(mean + j), r = LOAD(rstd + j), g = MUL(LOAD(gamma + j), r), tr = MUL(times, r);
      const v s = MUL(LOAD(sum + j), tr), d = MUL(MUL(LOAD(dot + j), r), tr);
      const float *p = x + p0 * x_pitch + j, *z = dz + p0 * z_pitch + j;
      float *o = dx + p0 * o_pitch + j;
      if (add)
        for (int q = 0; q < count; q++, p += x_pitch, z += z_pitch, o += o_pitch)
          STORE(o, ADD(LOAD(o), FNMA(SUB(LOAD(p), m), d, SUB(MUL(LOAD(z), g), s))));
      else
        for (int q = 0; q < count; q++, p += x_pitch, z += z_pitch, o += o_pitch)
          STORE(o, FNMA(SUB(LOAD(p), m), d, SUB(MUL(LOAD(z), g), s)));
    }
  }
}

//   dγ = Σ dz·x̂, dβ = Σ dz, dx = (γ dz − ⟨γ dz⟩ − x̂ ⟨γ dz x̂⟩)/σ, ⟨⟩ = average over the group.
// da is overwritten by dz. dx may be added to what is there (add_dx), dγ and dβ too (add).
void norm_parts_backward(const struct norm_part *parts, int count, const float *gamma, const float *beta,
                         const float *stats, float *d_gamma, float *d_beta, int images, int groups, int add_dx,
                         int add) {
  float mean[MAX_C], rstd[MAX_C], dot[MAX_C], sum[MAX_C];
  const struct exponential k = exponential_constants();
  const int c = all_channels(parts, count), width = c / groups;
  const float scale = 1.0f / (float)(all_pixels(parts) * width);
  for (int i = 0; i < images; i++, stats += 2 * groups) {
    for (int j = 0; j < c; j++) {
      mean[j] = stats[j / width];
      rstd[j] = stats[groups + j / width];
    }
    for (int s = 0, at = 0; s < count; at += parts[s++].c)
      sums(parts + s, i, mean + at, rstd + at, gamma + at, beta + at, sum + at, dot + at, &k);
    for (int j = 0; j < c; j += 4) {
      v s = LOAD(sum + j), d = LOAD(dot + j), g = LOAD(gamma + j);
      STORE(d_beta + j, add || i ? ADD(LOAD(d_beta + j), s) : s);
      STORE(d_gamma + j, add || i ? ADD(LOAD(d_gamma + j), d) : d);
      STORE(sum + j, MUL(s, g));
      STORE(dot + j, MUL(d, g));
    }
    group_total(sum, c, groups, scale);
    group_total(dot, c, groups, scale);
    for (int s = 0, at = 0; s < count; at += parts[s++].c)
      input_gradient(parts + s, i, mean + at, rstd + at, gamma + at, sum + at, dot + at, add_dx);
  }
}

EXPORT(norm_forward)
void norm_forward(const float *x, int x_pitch, int x_stride, const float *gamma, const float *beta, float *y,
                  int y_pitch, int y_stride, float *stats, int images, int pixels, int c, int groups,
                  float epsilon) {
  const struct norm_part part = {pixels, c, 1, x, x_pitch, x_stride, y, y_pitch, y_stride, 0, 0, 0, 0};
  norm_parts_forward(&part, 1, gamma, beta, stats, images, groups, epsilon);
}

EXPORT(norm_backward)
void norm_backward(const float *x, int x_pitch, int x_stride, const float *gamma, const float *beta,
                   const float *stats, const float *a, float *da, int a_pitch, int a_stride, float *dx, int dx_pitch,
                   int dx_stride, float *d_gamma, float *d_beta, int images, int pixels, int c, int groups,
                   int add_dx, int add) {
  const struct norm_part part = {pixels, c, 1, x, x_pitch, x_stride, da, a_pitch, a_stride, a, dx, dx_pitch, dx_stride};
  norm_parts_backward(&part, 1, gamma, beta, stats, d_gamma, d_beta, images, groups, add_dx, add);
}
