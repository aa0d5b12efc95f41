/**
 * The least loss any network can reach on 2×2 data: E_t E‖target − E[target|x_t]‖² / D, with the exact denoiser.
 * t is uniform in 1…T, as in training. Computed a few milliseconds at a time: the page never waits.
 */

import { scheduleOf } from '../../lib/checkpoint/config.ts';
import { all16, bars, drawn, two } from '../../lib/data/toy2x2.ts';
import { finiteDenoiser } from '../../lib/math/denoisers/finite.ts';
import type { RunConfig } from '../../lib/worker/protocol.ts';
import { rowsOf } from './exactMoment.ts';

const SLICE_MS = 6;

function rows(run: Pick<RunConfig, 'dataset' | 'drawn'>): number[][] | null {
  const sets = { all16, two, bars, drawn: () => drawn(run.drawn ?? []) };
  return run.dataset in sets ? rowsOf(sets[run.dataset as keyof typeof sets]()) : null;
}

/** Per number predicted; null where no exact answer is at hand. Stops when `signal` says so. */
export async function exactFloor(
  run: Pick<RunConfig, 'dataset' | 'drawn' | 'diffusion'>,
  signal?: AbortSignal,
): Promise<number | null> {
  const data = rows(run);
  if (!data) return null;
  const { T, prediction } = run.diffusion;
  const denoiser = finiteDenoiser({ data, schedule: scheduleOf(run.diffusion) });
  let sum = 0;
  let sliceEnd = performance.now() + SLICE_MS;
  for (let t = 1; t <= T; t++) {
    sum += denoiser.lossFloor(t, prediction) / data[0].length;
    if (performance.now() > sliceEnd) {
      await new Promise((resolve) => setTimeout(resolve));
      if (signal?.aborted) return null;
      sliceEnd = performance.now() + SLICE_MS;
    }
  }
  return sum / T;
}
