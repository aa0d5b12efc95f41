// Threads of a plan. Each runs the phases of a job in order and takes items until none is left; a phase ends
// when all its items are done. The caller's thread can finish a job alone: a helper that never wakes up costs
// nothing but its share. Results do not depend on who does what: each accumulator has its items in a fixed order, and
// the accumulators are summed in a fixed order.
#include "fn.h"
#include "plan.h"

#define READ(p) __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define SPINS 4000        // about 20 µs before a waiting thread sleeps
#define NAP_NS 50000LL

// Waits until *word differs from `value` (or a nap has passed); sleeps only where that is allowed.
static void wait_change(int32_t *word, int32_t value, int may_block, long long timeout) {
  for (int i = 0; i < SPINS; i++)
    if (READ(word) != value) return;
  if (may_block) __builtin_wasm_memory_atomic_wait32(word, value, timeout);
}

static inline int ticket_epoch(int epoch) { return (epoch & 0x7fff) << 16; }

EXPORT(run_job) void run_job(struct plan *plan, int thread) {
  const int epoch = READ(&plan->epoch);
  for (int i = 0; i < plan->phase_count; i++) {
    struct phase *phase = plan->phases + i;
    for (;;) {
      int ticket = READ(&phase->ticket);
      if ((ticket & ~0xffff) != ticket_epoch(epoch)) return;
      if ((ticket & 0xffff) >= phase->total) break;
      if (!__atomic_compare_exchange_n(&phase->ticket, &ticket, ticket + 1, 0, __ATOMIC_SEQ_CST,
                                       __ATOMIC_SEQ_CST))
        continue;
      struct item *item = phase->items + (ticket & 0xffff);
      // Taken in order, so another thread is at it. Many items lie between the two: the wait is rare.
      if (item->after >= 0) {
        int32_t *before = &phase->items[item->after].done;
        for (int done = READ(before); done != epoch; done = READ(before))
          wait_change(before, done, thread > 0 || plan->may_block, NAP_NS);
      }
      run_commands(plan, thread, item);
      __atomic_store_n(&item->done, epoch, __ATOMIC_SEQ_CST);
      __atomic_fetch_add(&phase->done, 1, __ATOMIC_SEQ_CST);
    }
    for (int done = READ(&phase->done); done < phase->total; done = READ(&phase->done)) {
      if (READ(&plan->epoch) != epoch) return;
      wait_change(&phase->done, done, thread > 0 || plan->may_block, NAP_NS);
    }
  }
}

// Publishes a job: resets its phases, then changes the epoch, which wakes the helpers. The caller joins by
// run_job(plan, 0), at once or after work of its own.
EXPORT(publish_job) void publish_job(struct plan *plan, struct phase *phases, int count, int helpers) {
  const int epoch = READ(&plan->epoch) + 1;
  plan->phases = phases;
  plan->phase_count = count;
  for (int i = 0; i < count; i++) {
    __atomic_store_n(&phases[i].done, 0, __ATOMIC_SEQ_CST);
    __atomic_store_n(&phases[i].ticket, ticket_epoch(epoch), __ATOMIC_SEQ_CST);
  }
  __atomic_store_n(&plan->epoch, epoch, __ATOMIC_SEQ_CST);
  if (helpers) __builtin_wasm_memory_atomic_notify(&plan->epoch, helpers);
}

// A helper's life: sleep until the epoch changes, work, sleep again.
EXPORT(serve) void serve(struct plan *plan, int thread) {
  int seen = 0;
  while (!READ(&plan->quit)) {
    wait_change(&plan->epoch, seen, 1, -1);
    const int epoch = READ(&plan->epoch);
    if (epoch == seen) continue;
    seen = epoch;
    run_job(plan, thread);
  }
}
