// The kernels, as the interpreter in plan.c calls them. Each is described where it is defined.
#pragma once
#include "fn.h"
#include "norm.h"

void conv3_forward(const float *x, int x_pitch, int x_stride, const float *u, const float *bias,
                   int bias_stride, const float *residual, int r_pitch, int r_stride, float *y, int y_pitch,
                   int y_stride, int images, int h, int w, int k, int n, float *scratch, int max_tiles);
void conv3_backward(const float *x, int x_pitch, int x_stride, const float *u_t, const float *dy,
                    int y_pitch, int y_stride, float *dx, int dx_pitch, int dx_stride, float *d, float *sums,
                    int sums_stride, float *total, int images, int h, int w, int k, int n, int add, float *scratch,
                    int max_tiles);
void up3_forward(const float *x, int x_pitch, int x_stride, const float *u, float *y, int y_pitch, int y_stride,
                 int images, int h, int w, int k, int n, float *scratch, int max_tiles);
void up3_backward(const float *x, int x_pitch, int x_stride, const float *u_t, const float *dy, int y_pitch,
                  int y_stride, float *dx, int dx_pitch, int dx_stride, float *d, int images, int h, int w, int k,
                  int n, int add, float *scratch, int max_tiles);
void one_forward(const float *x, int x_pitch, int x_stride, const float *w, const float *bias, float *y,
                 int y_pitch, int y_stride, int images, int h, int width, int n, int turned, float *frame);
void one_sum(const float *x, int x_pitch, int x_stride, const float *w, const float *bias, float *y, int y_stride,
             int images, int h, int width, int n, float *partial);
void one_filter(const float *x, int x_pitch, int x_stride, const float *dy, int y_pitch, int y_stride, float *w,
                int images, int h, int width, int n, int turned, int add, float *frame);
void conv1_forward(const float *x, int x_pitch, int x_stride, const float *u, const float *bias,
                   int bias_stride, float *y, int y_pitch, int y_stride, int images, int pixels, int k,
                   int n, int add);
void conv1_backward(const float *x, int x_pitch, int x_stride, const float *u_t, const float *dy,
                    int y_pitch, int y_stride, float *dx, int dx_pitch, int dx_stride, float *d, int images,
                    int pixels, int k, int n, int add, int add_dx);
void bias_backward(const float *dy, int pitch, int stride, float *per_image, int per_stride, float *total,
                   int images, int pixels, int c, int add);
void pool_forward(const float *x, int x_pitch, int x_stride, float *y, int y_pitch, int y_stride, int images,
                  int h, int w, int c);
void spread(const float *y, int y_pitch, int y_stride, float *x, int x_pitch, int x_stride, int images, int h,
            int w, int c, float scale, int add);
void gather(const float *x, int x_pitch, int x_stride, float *y, int y_pitch, int y_stride, int images, int h,
            int w, int c);
void copy_channels(const float *x, int x_pitch, float *y, int y_pitch, int pixels, int c, int fill);
void silu_forward(const float *x, float *y, int count);
void silu_backward(const float *x, const float *dy, float *dx, int count);
float squared_error(const float *p, int p_pitch, const float *y, float *d, int d_pitch, int pixels, int c,
                    float scale);
float cross_entropy(const float *p, int label, float *d, int n, int fill, float scale);
void attention_forward(const float *x, int x_pitch, int x_stride, float *y, int y_pitch, int y_stride, int images,
                       int pixels, int c, int heads, float *scratch);
void attention_backward(const float *x, int x_pitch, int x_stride, const float *dy, int y_pitch, int y_stride,
                        float *dx, int dx_pitch, int dx_stride, int images, int pixels, int c, int heads, int add,
                        float *scratch);
void waves_forward(const float *x, int x_stride, float *y, int y_stride, int images, int n);
void waves_backward(const float *y, int y_stride, const float *dy, int dy_stride, float *dx, int dx_stride, int images,
                    int n, int add);
float sum_squares(const float *g, int count);
void adam(float *p, const float *g, float *m, float *s, float *ema, int count, float scale, float rate,
          float root, float beta1, float beta2, float epsilon, float ema_step);
void pack_matrix(const float *w, int ci, int co, float *u, float *t);
void pack_conv3(const float *w, int all_ci, int ci, int co, float *u, float *t);
void pack_up3(const float *w, int all_ci, int ci, int co, float *u, float *t);
void unpack_matrix(float *d, int parts, int stride, int ci, int co, float *g);
void unpack_vector(const float *d, int parts, int stride, int c, float *g);
void unpack_conv3(float *d, int parts, int stride, int all_ci, int ci, int co, float *g);
void unpack_up3(float *d, int parts, int stride, int all_ci, int ci, int co, float *g);
