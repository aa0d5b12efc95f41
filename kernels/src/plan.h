// What a program shares with its page: laid out here, written by src/lib/tensor/kernels/wasm/planMemory.ts.
// All fields are 32 bits wide; pointers are byte addresses.
#pragma once
#include <stdint.h>

// Work of a phase is a list of items; any thread takes the next one. `ticket` holds the epoch in its upper
// half, so that a thread that wakes up late cannot take an item of a later job.
struct phase {
  int32_t ticket, done, total;
  struct item *items;
};

// Runs `commands` once (images = 0), or for images first … first+images−1 in groups, with the gradient
// accumulator `shard`. What item `after` (−1: none) has left there is added to, so it has to be done first: its `done`
// is the job's epoch.
struct item {
  const int32_t *commands;
  int32_t shard, first, images, after, done;
};

struct plan {
  int32_t epoch, quit, may_block, phase_count;
  struct phase *phases;
  int32_t group, max_tiles;
  char *arena;  // of thread 0; others follow arena_bytes apart
  int32_t arena_bytes;
  char *shards;  // gradient accumulators, shard_bytes apart
  int32_t shard_bytes;
  // Inputs and outputs, one row for each image of the batch.
  const float *target;
  const int32_t *labels;
  const float *weights;
  float *errors;
  int32_t batch;
  // Flat parameters (packed from `source`) and the optimizer's state.
  const float *source;
  float *params, *gradient, *m, *s, *ema, *squares;
  int32_t square_count;
  float clip_norm, rate, root, beta1, beta2, epsilon, ema_step;
};

void run_commands(struct plan *plan, int thread, const struct item *item);
