// Part of a tensor to be normalised: `c` of its channels. Where the network sees these images doubled (2×2 equal pixels
// for one), they stay small and each pixel counts `times` = 4.
#pragma once
#include "fn.h"

struct norm_part {
  int pixels, c, times;
  const float *x;
  int x_pitch, x_stride;
  float *y;  // forward: the result a. backward: the gradient of a, over all `times` pixels
  int y_pitch, y_stride;
  const float *a;  // backward: the result, laid out like y, or 0
  float *dx;
  int dx_pitch, dx_stride;
};

void norm_parts_forward(const struct norm_part *parts, int count, const float *gamma, const float *beta,
                        float *stats, int images, int groups, float epsilon);
void norm_parts_backward(const struct norm_part *parts, int count, const float *gamma, const float *beta,
                         const float *stats, float *d_gamma, float *d_beta, int images, int groups, int add_dx,
                         int add);
