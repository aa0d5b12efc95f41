// Transforms of a 3×3 convolution of a doubled image, one row of tiles; see winograd_up.c. The arguments and the tiles are those of
// winograd.h; h, w are the size of the small image.
#pragma once
#include "winograd.h"

void up_input_row(const float *x, int pitch, int h, int w, int c, int ty, float *out, int t0);
void up_output_row(const float *in, int t0, int c, float *y, int pitch, int w, int ty);
void up_gradient_row(const float *dy, int pitch, int w, int c, int ty, float *out, int t0);
void up_scatter_row(const float *in, int t0, int c, float *dx, int pitch, int h, int w, int ty);
