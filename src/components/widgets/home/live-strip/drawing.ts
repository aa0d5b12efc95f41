/** What the strip asks of its network, live and for the record (bench/recordDigits.mjs). Loads in plain Node too. */
import { createRng } from '../../../../lib/math/numerics/rng.ts';

export const COUNT = 10;
export const SIDE = 28;
export const SIZE = SIDE * SIDE;

export const DRAWING = {
  count: COUNT,
  steps: 40,
  sampler: 'ddim',
  eta: 0,
  labels: Array.from({ length: COUNT }, (_, i) => i),
  guidanceScale: 2,
  clip: true,
  weights: 'ema',
} as const;

/** The seed of the record; after Start come the seeds after it. */
export const FIRST_SEED = 1;

/** Steps taken at the moments that are recorded: closer at first, where the digits form. */
export const MOMENTS = [0, 2, 4, 6, 8, 11, 15, 20, 28, 40] as const;

/** The noise that the sampler starts from: one stream for each picture. */
export function startOf(seed: number): Float32Array {
  const root = createRng(seed).fork('sample');
  const x = new Float32Array(COUNT * SIZE);
  for (let i = 0; i < COUNT; i++) root.fork(i).fillNormal(x.subarray(i * SIZE, (i + 1) * SIZE));
  return x;
}
