// GroupNorm followed by SiLU: z = γ·(x − μ)/σ + β, a = z·sigmoid(z), σ = sqrt(variance + ε) per image and
// group. Means and reciprocal deviations are kept for the backward pass: stats[image][2][groups].
// c <= 1024, c a multiple of groups and of 4.
#include "fn.h"

#define MAX_C 1024
#define BLOCK 32  // pixels handled for one 4-channel column before the next: they stay in the cache

// sums[c] = Σ_pixels (x − shift[c])^power, in blocks for accuracy.
static void channel_sums(const float *x, int pitch, int pixels, int c, const float *shift, float *sums) {
  zero_floats(sums, c);
  for (int p0 = 0; p0 < pixels; p0 += BLOCK) {
    const int count = pixels - p0 < BLOCK ? pixels - p0 : BLOCK;
    for (int j = 0; j < c; j += 4) {
      const float *p = x + p0 * pitch + j;
      v total = ZERO;
      if (shift) {
        const v mean = LOAD(shift + j);
        for (int i = 0; i < count; i++, p += pitch) { v d = SUB(LOAD(p), mean); total = FMA(d, d, total); }
      } else {
        for (int i = 0; i < count; i++, p += pitch) total = ADD(total, LOAD(p));
      }
      STORE(sums + j, ADD(LOAD(sums + j), total));
    }
  }
}

// Replaces each channel's value by its group's average: Σ_{channels of the group} values · scale.
static void group_average(float *values, int c, int groups, float scale) {
  const int width = c / groups;
  for (int g = 0; g < groups; g++) {
    float total = 0;
    for (int j = 0; j < width; j++) total += values[g * width + j];
    for (int j = 0; j < width; j++) values[g * width + j] = total * scale;
  }
}

EXPORT(norm_forward)
void norm_forward(const float *x_all, int x_pitch, int x_stride, const float *gamma, const float *beta,
                  float *y_all, int y_pitch, int y_stride, float *stats, int images, int pixels, int c,
                  int groups, float epsilon) {
  float mean[MAX_C], rstd[MAX_C];
  v k[SIGMOID_CONSTANTS];
  sigmoid_constants(k);
  const int width = c / groups;
  const float scale = 1.0f / (float)(pixels * width);
  for (int i = 0; i < images; i++, stats += 2 * groups) {
    const float *x = x_all + i * x_stride;
    float *y = y_all + i * y_stride;
    channel_sums(x, x_pitch, pixels, c, 0, mean);
    group_average(mean, c, groups, scale);
    channel_sums(x, x_pitch, pixels, c, mean, rstd);
    group_average(rstd, c, groups, scale);
    for (int g = 0; g < groups; g++) {
      stats[g] = mean[g * width];
      stats[groups + g] = 1.0f / __builtin_sqrtf(rstd[g * width] + epsilon);
      for (int j = 0; j < width; j++) rstd[g * width + j] = stats[groups + g];
    }
    for (int p0 = 0; p0 < pixels; p0 += BLOCK) {
      const int count = pixels - p0 < BLOCK ? pixels - p0 : BLOCK;
      for (int j = 0; j < c; j += 4) {
        const v m = LOAD(mean + j), s = MUL(LOAD(rstd + j), LOAD(gamma + j)), b = LOAD(beta + j);
        const float *p = x + p0 * x_pitch + j;
        float *o = y + p0 * y_pitch + j;
        for (int q = 0; q < count; q++, p += x_pitch, o += y_pitch) {
          v z = FMA(SUB(LOAD(p), m), s, b);
          STORE(o, MUL(z, sigmoid4(z, k)));
        }
      }
    }
  }
}

// With x̂ = (x − μ)/σ, dz = da·s(1 + z(1 − s)), s = sigmoid(z):
//   dγ = Σ dz·x̂, dβ = Σ dz, dx = (γ dz − ⟨γ dz⟩ − x̂ ⟨γ dz x̂⟩)/σ, ⟨⟩ = average over the group.
// da is overwritten by dz. dx may be added to what is there (add_dx), dγ and dβ too (add). With the forward result a
// (or 0; laid out like da), s = a/z spares the exponential.
EXPORT(norm_backward)
void norm_backward(const float *x_all, int x_pitch, int x_stride, const float *gamma, const float *beta,
                   const float *stats, const float *a_all, float *da_all, int a_pitch, int a_stride, float *dx_all, int dx_pitch,
                   int dx_stride, float *d_gamma, float *d_beta, int images, int pixels, int c, int groups,
                   int add_dx, int add) {
  float mean[MAX_C], rstd[MAX_C], dot[MAX_C], sum[MAX_C];
  v k[SIGMOID_CONSTANTS];
  sigmoid_constants(k);
  const v half = SPLAT(0.5f), tiny = SPLAT(1e-30f);
  const int width = c / groups;
  const float scale = 1.0f / (float)(pixels * width);
  for (int i = 0; i < images; i++, stats += 2 * groups) {
    const float *x = x_all + i * x_stride;
    float *da = da_all + i * a_stride, *dx = dx_all + i * dx_stride;
    for (int j = 0; j < c; j++) {
      mean[j] = stats[j / width];
      rstd[j] = stats[groups + j / width];
    }
    zero_floats(dot, c);
    zero_floats(sum, c);
    for (int p0 = 0; p0 < pixels; p0 += BLOCK) {
      const int count = pixels - p0 < BLOCK ? pixels - p0 : BLOCK;
      for (int j = 0; j < c; j += 4) {
        const v m = LOAD(mean + j), r = LOAD(rstd + j), g = MUL(r, LOAD(gamma + j)), b = LOAD(beta + j);
        const float *p = x + p0 * x_pitch + j, *a = a_all + i * a_stride + p0 * a_pitch + j;
        float *o = da + p0 * a_pitch + j;
        v total_dot = ZERO, total = ZERO;
        // z is computed as in the forward pass, to the bit.
#define STEP(S, A) { \
  v centred = SUB(LOAD(p), m), z = FMA(centred, g, b), s = S, act = A; \
  v dz = MUL(LOAD(o), FNMA(act, s, ADD(act, s))); \
  STORE(o, dz); \
  total = ADD(total, dz); \
  total_dot = FMA(dz, MUL(centred, r), total_dot); }
        if (a_all)
          for (int q = 0; q < count; q++, p += x_pitch, o += a_pitch, a += a_pitch)
            STEP(wasm_v128_bitselect(DIV(LOAD(a), z), half, wasm_f32x4_gt(wasm_f32x4_abs(z), tiny)), LOAD(a))
        else
          for (int q = 0; q < count; q++, p += x_pitch, o += a_pitch) STEP(sigmoid4(z, k), MUL(z, s))
#undef STEP
        STORE(sum + j, ADD(LOAD(sum + j), total));
        STORE(dot + j, ADD(LOAD(dot + j), total_dot));
      }
    }
    for (int j = 0; j < c; j += 4) {
      v s = LOAD(sum + j), d = LOAD(dot + j), g = LOAD(gamma + j);
      STORE(d_beta + j, add || i ? ADD(LOAD(d_beta + j), s) : s);
      STORE(d_gamma + j, add || i ? ADD(LOAD(d_gamma + j), d) : d);
      STORE(sum + j, MUL(s, g));
      STORE(dot + j, MUL(d, g));
    }
    group_average(sum, c, groups, scale);
    group_average(dot, c, groups, scale);
    for (int p0 = 0; p0 < pixels; p0 += BLOCK) {
      const int count = pixels - p0 < BLOCK ? pixels - p0 : BLOCK;
      for (int j = 0; j < c; j += 4) {
        const v m = LOAD(mean + j), r = LOAD(rstd + j), g = MUL(LOAD(gamma + j), r);
        const v s = MUL(LOAD(sum + j), r), d = MUL(MUL(LOAD(dot + j), r), r);
        const float *p = x + p0 * x_pitch + j, *z = da + p0 * a_pitch + j;
        float *o = dx + p0 * dx_pitch + j;
        if (add_dx)
          for (int q = 0; q < count; q++, p += x_pitch, z += a_pitch, o += dx_pitch)
            STORE(o, ADD(LOAD(o), FNMA(SUB(LOAD(p), m), d, SUB(MUL(LOAD(z), g), s))));
        else
          for (int q = 0; q < count; q++, p += x_pitch, z += a_pitch, o += dx_pitch)
            STORE(o, FNMA(SUB(LOAD(p), m), d, SUB(MUL(LOAD(z), g), s)));
      }
    }
  }
}
