import type { WeightedData } from '../../../../lib/data/toyData.ts';
import type { Bound, BoundVariance, Decoder } from '../../../../lib/math/bound/elbo.ts';
import { boundByMarginals, type MarginalBound } from '../../../../lib/math/bound/marginalBound.ts';
import { samplingProbabilities } from '../../../../lib/math/exact/ancestral.ts';
import { finiteDenoiser } from '../../../../lib/math/exact/finite.ts';
import type { FirstVariance } from '../../../../lib/math/process/firstVariance.ts';
import { posterior } from '../../../../lib/math/process/posterior.ts';
import type { Schedule } from '../../../../lib/math/process/schedule.ts';

/** The tutorial's example: two steps, β = 0.1 and 0.2. */
export const EXAMPLE_BETAS = [0.1, 0.2];

export interface StepRow {
  t: number;
  beta: number;
  alphaBar: number;
  sigma: number;
  snr: number;
  x0Coefficient: number;
  xtCoefficient: number;
  posteriorVariance: number;
  mmse: number;
  lossFloor: number;
}

/** Everything that the schedule and the data fix at each step, before any network. */
export function stepRows(schedule: Schedule, { data, weights }: WeightedData): StepRow[] {
  const denoiser = finiteDenoiser({ data, weights, schedule });
  return Array.from({ length: schedule.T }, (_, i) => {
    const t = i + 1;
    const q = posterior(schedule, t);
    return {
      t,
      beta: schedule.beta[t],
      alphaBar: schedule.alphaBar[t],
      sigma: Math.sqrt(schedule.noiseVariance[t]),
      snr: schedule.snr[t],
      x0Coefficient: q.x0Coefficient,
      xtCoefficient: q.xtCoefficient,
      posteriorVariance: q.variance,
      mmse: denoiser.mmse(t),
      lossFloor: denoiser.lossFloor(t, 'epsilon'),
    };
  });
}

/** Models of the reverse chain that the account is drawn up for. */
export type Model = 'exact' | 'bestGaussian' | 'betaTilde' | 'beta' | 'paper' | 'code';

export const BOUNDS: {
  model: Model;
  variance: BoundVariance;
  decoder: Decoder;
  firstVariance?: FirstVariance;
}[] = [
  { model: 'exact', variance: 'exact', decoder: 'exact' },
  { model: 'bestGaussian', variance: 'bestGaussian', decoder: 'exact' },
  { model: 'betaTilde', variance: 'betaTilde', decoder: 'exact' },
  { model: 'beta', variance: 'beta', decoder: 'exact' },
  {
    model: 'paper',
    variance: 'beta',
    decoder: 'discretized',
    firstVariance: 'beta1',
  },
  {
    model: 'code',
    variance: 'beta',
    decoder: 'discretized',
    firstVariance: 'betaTilde2',
  },
];

/** The bound by DDPM's eq. 5, and the same sum by its eq. 16. */
export interface BoundRow extends Bound {
  model: Model;
  marginal: Omit<MarginalBound, 'bound'>;
}

export function boundRows(schedule: Schedule, { data, weights }: WeightedData): BoundRow[] {
  return BOUNDS.map(({ model, ...choice }) => {
    const { bound, ...marginal } = boundByMarginals({ schedule, data, weights, ...choice });
    return { model, ...bound, marginal };
  });
}

/** Probability of each image under a perfect reverse chain that starts, as samplers do, from N(0, I). */
export function perfectSamples(schedule: Schedule, { data, weights }: WeightedData): Float64Array {
  return samplingProbabilities({ schedule, data, weights, variance: 'exact' }).probabilities;
}

/** Counts samples by the image of `data` that each is nearest to. `samples` holds n images of D values. */
export function countNearest(
  samples: ArrayLike<number>,
  data: readonly ArrayLike<number>[],
): number[] {
  const D = data[0].length;
  const counts = new Array<number>(data.length).fill(0);
  for (let n = 0; n < samples.length / D; n++) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    data.forEach((row, i) => {
      let distance = 0;
      for (let k = 0; k < D; k++) distance += (samples[n * D + k] - row[k]) ** 2;
      if (distance < least) [least, best] = [distance, i];
    });
    counts[best] += 1;
  }
  return counts;
}
