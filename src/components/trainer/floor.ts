/**
 * The least loss any network can reach on 2×2 data: E_t E‖target − E[target|x_t]‖² / D, with the exact denoiser.
 * t is uniform in 1…T, as in training. Computed a few milliseconds at a time: the page never waits.
 */

import { datasetOf, exactRows } from '../../lib/data/records.ts';
import { finiteDenoiser, floorFactor } from '../../lib/math/exact/finite.ts';
import type { Estimate } from '../../lib/math/exact/vectorChannel.ts';
import { scheduleOf } from '../../lib/tensor/recipes/diffusion/config.ts';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import { goodLoss } from './goodLoss.ts';
import { en } from './words.ts';

/** Why nothing tells how good a loss is; '' where something does (goodLoss.ts is the other). */
export const noMeasure = (run: RunConfig): string =>
  datasetOf(run.dataset).exact || goodLoss(run) ? '' : en.loss.noMeasure;

const SLICE_MS = 6;

/**
 * Per number predicted, with its standard error: 0 where it comes from quadrature, as for the book's own data; more where
 * images that the reader drew neither lie on a line nor on orthogonal axes. Null where no answer is at hand. Stops when
 * `signal` says so.
 */
export async function leastLoss(
  run: Pick<RunConfig, 'dataset' | 'drawn' | 'diffusion'>,
  signal?: AbortSignal,
): Promise<Estimate | null> {
  const data = exactRows(run.dataset, run.drawn);
  if (!data) return null;
  const { T, prediction } = run.diffusion;
  const schedule = scheduleOf(run.diffusion);
  const denoiser = finiteDenoiser({ data, schedule });
  let sum = 0;
  let square = 0;
  let sliceEnd = performance.now() + SLICE_MS;
  for (let t = 1; t <= T; t++) {
    const factor = floorFactor(prediction, t, schedule) / data[0].length;
    const { value, standardError } = denoiser.mmseEstimate(t);
    sum += factor * value;
    // Each t has draws of its own: the squares add.
    square += (factor * standardError) ** 2;
    if (performance.now() > sliceEnd) {
      await new Promise((resolve) => setTimeout(resolve));
      if (signal?.aborted) return null;
      sliceEnd = performance.now() + SLICE_MS;
    }
  }
  return { value: sum / T, standardError: Math.sqrt(square) / T };
}
