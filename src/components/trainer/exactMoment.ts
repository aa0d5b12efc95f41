/**
 * Sampling 2×2 images with the exact denoiser, no network: the same samplers, the same noise as the worker draws for
 * the same seed, so that the two can be laid side by side.
 */
import { type Dataset, rowsOf } from '../../lib/data/dataset.ts';
import { finiteDenoiser } from '../../lib/math/exact/finite.ts';
import { createRng } from '../../lib/math/numerics/rng.ts';
import { makeSchedule, type ScheduleKind } from '../../lib/math/process/schedule.ts';
import type { SamplerChoice } from '../../lib/math/samplers/record.ts';
import { sample } from '../../lib/math/samplers/sample.ts';
import { type Moment, pack } from './film.ts';

export interface ExactRequest extends SamplerChoice {
  count: number;
  steps: number;
  seed: number;
  clip: boolean;
}

export interface ExactSamples {
  moment: Moment;
  /** x of each sample after each step, unclipped: values[step][sample·D + pixel]; entry 0 is the noise. */
  values: Float64Array[];
  times: number[];
}

export function exactSamples(
  dataset: Dataset,
  diffusion: { schedule: ScheduleKind; T: number },
  request: ExactRequest,
): ExactSamples {
  const { count, steps, seed, clip, ...choice } = request;
  const schedule = makeSchedule(diffusion.schedule, diffusion.T);
  const size = dataset.height * dataset.width * dataset.channels;
  const denoiser = finiteDenoiser({ data: rowsOf(dataset), schedule });
  const root = createRng(seed).fork('sample');
  const values = Array.from({ length: steps + 1 }, () => new Float64Array(count * size));
  const clean = Array.from({ length: steps }, () => new Float32Array(count * size));
  const times: number[] = [diffusion.T];
  for (let n = 0; n < count; n++) {
    const rng = root.fork(n);
    const xT = rng.fillNormal(new Float32Array(size));
    values[0].set(xT, n * size);
    const walk = sample({
      schedule,
      denoiser: denoiser.epsilon,
      prediction: 'epsilon',
      xT,
      rng,
      steps,
      clip,
      ...choice,
    });
    let i = 0;
    for (const { s, x, x0 } of walk) {
      values[i + 1].set(x, n * size);
      clean[i].set(x0, n * size);
      i++;
      if (n === 0) times.push(s);
    }
  }
  const { height, width, channels } = dataset;
  return {
    moment: {
      step: 0,
      frames: values.slice(1).map((x) => pack(Float32Array.from(x), channels)),
      clean: clean.map((x) => pack(x, channels)),
      times: times.slice(1),
      count,
      height,
      width,
      channels,
    },
    values,
    times,
  };
}

/** "1001" for the pixels nearest to a picture of ink and paper; values count as ink above 0. */
export function patternsOf(images: ArrayLike<number>): Map<string, number> {
  const shares = new Map<string, number>();
  const count = images.length / 4;
  for (let n = 0; n < count; n++) {
    let pattern = '';
    for (let k = 0; k < 4; k++) pattern += images[4 * n + k] > 0 ? '1' : '0';
    shares.set(pattern, (shares.get(pattern) ?? 0) + 1 / count);
  }
  return shares;
}
