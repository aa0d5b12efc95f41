/**
 * The least loss any network can reach on 2×2 data: E_t E‖target − E[target|x_t]‖² / D, with the exact denoiser.
 * t has the law of training: uniform in 1…T on a chain, that of its objective on a path. Computed a few milliseconds at a time: the page never waits.
 */

import { datasetOf, exactRows } from '../../lib/data/records.ts';
import { finiteDenoiser } from '../../lib/math/exact/finite.ts';
import type { Estimate } from '../../lib/math/exact/vectorChannel.ts';
import { objectiveOf } from '../../lib/math/objectives/record.ts';
import { conversion } from '../../lib/math/process/parameterization.ts';
import { isSchedule } from '../../lib/math/process/process.ts';
import { scheduleOf } from '../../lib/tensor/recipes/diffusion/config.ts';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import { goodLoss } from './goodLoss.ts';
import { en } from './words.ts';

/** Why nothing tells how good a loss is; '' where something does (goodLoss.ts is the other). */
export const noMeasure = (run: RunConfig): string =>
  datasetOf(run.dataset).exact || goodLoss(run) ? '' : en.loss.noMeasure;

const SLICE_MS = 6;
/** Times of a path, one in the middle of each of as many equal parts of its law of t. */
const FINE = 400;

/** What the network is asked, and when: at every t of the chain, or finely over a path. */
function askedOf({ diffusion, weighting }: Pick<RunConfig, 'diffusion' | 'weighting'>) {
  const schedule = scheduleOf(diffusion);
  const { process, target, timeAt } = objectiveOf(weighting ?? 'simple', {
    ...diffusion,
    schedule,
  });
  const times = isSchedule(process)
    ? Array.from({ length: diffusion.T }, (_, i) => i + 1)
    : Array.from({ length: FINE }, (_, i) => timeAt(i + 0.5, FINE));
  return { process, target, times };
}

/**
 * Per number predicted, with its standard error: 0 where it comes from quadrature, as for the book's own data; more where
 * images that the reader drew neither lie on a line nor on orthogonal axes. Null where no answer is at hand. Stops when
 * `signal` says so.
 */
export async function leastLoss(
  run: Pick<RunConfig, 'dataset' | 'drawn' | 'diffusion' | 'weighting'>,
  signal?: AbortSignal,
): Promise<Estimate | null> {
  const data = exactRows(run.dataset, run.drawn);
  if (!data) return null;
  const { process, target, times } = askedOf(run);
  const denoiser = finiteDenoiser(
    isSchedule(process) ? { data, schedule: process } : { data, path: process },
  );
  let sum = 0;
  let square = 0;
  let sliceEnd = performance.now() + SLICE_MS;
  for (const t of times) {
    // The target is a fixed multiple of x_0, plus a multiple of x_t that is no error.
    const factor = conversion('x0', target, t, process).prediction ** 2 / data[0].length;
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
  return { value: sum / times.length, standardError: Math.sqrt(square) / times.length };
}
