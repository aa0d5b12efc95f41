/**
 * The exact law of what ancestral sampling produces, starting as samplers do from x_T ~ N(0, I).
 * The blocks of pixels of `factorise.ts` stay independent on the way back too. On a line the law
 * is propagated on a grid; blocks of more dimensions are simulated.
 */

import { CELLS, type GridDensity, type Kernel, spread } from '../numerics/grid.ts';
import { squaredDistance } from '../numerics/linalg.ts';
import { oneOf } from '../numerics/oneOf.ts';
import { integrate } from '../numerics/quadrature.ts';
import { createRng, type Rng } from '../numerics/rng.ts';
import { type Posterior, posterior } from '../process/posterior.ts';
import { jump, type Schedule } from '../process/schedule.ts';
import { timesteps } from '../samplers/timesteps.ts';
import { type Factor, factorise } from './factorise.ts';
import { finiteDenoiser } from './finite.ts';
import { finiteData } from './finiteData.ts';
import { linePositions, linePosterior, nearestLaw } from './line.ts';

export const REVERSE_VARIANCES = ['exact', 'bestGaussian', 'beta', 'betaTilde'] as const;
export type ReverseVariance = (typeof REVERSE_VARIANCES)[number];

export interface SamplingOptions {
  readonly schedule: Schedule;
  readonly data: readonly ArrayLike<number>[];
  readonly weights?: ArrayLike<number>;
  /** The reverse step: the true mixture, or a Gaussian about the exact posterior mean. */
  readonly variance: ReverseVariance;
  /** Number of (strided) steps; T when left out. */
  readonly steps?: number;
  /** Simulated chains, for blocks that are not on a line. */
  readonly samples?: number;
  readonly seed?: number | string;
}

export interface SamplingLaw {
  /** Probability that the sample is (for Gaussian steps: is nearest to) each image of `data`. */
  readonly probabilities: Float64Array;
  /** 0 by quadrature; infinite after one simulated chain, which knows no spread. */
  readonly standardErrors: Float64Array;
  readonly method: 'quadrature' | 'monteCarlo';
}

export function samplingProbabilities(options: SamplingOptions): SamplingLaw {
  oneOf('Variance', options.variance, REVERSE_VARIANCES);
  const data = finiteData(options.data, options.weights);
  const factors = factorise(data);
  const rng = createRng(options.seed ?? 0);
  const laws = factors.map((factor): FactorLaw => {
    if (factor.rank === 0) return exactly(Float64Array.of(1));
    if (factor.rank === 1) return exactly(lineLaw(factor, options));
    return simulatedLaw(factor, options, rng);
  });
  const tables = factors.map((f) => new Map(f.values.map((v, i) => [key(v), i])));
  const probabilities = new Float64Array(options.data.length);
  const standardErrors = new Float64Array(options.data.length);
  options.data.forEach((row, r) => {
    let relative = 0;
    let product = options.weights?.[r] === 0 ? 0 : share(options, row, r);
    factors.forEach((factor, k) => {
      const index = tables[k].get(key(factor.pixels.map((p) => row[p])));
      const p = index === undefined ? 0 : laws[k].probabilities[index];
      product *= p;
      if (index !== undefined && p > 0) relative += (laws[k].standardErrors[index] / p) ** 2;
    });
    probabilities[r] = product;
    standardErrors[r] = product * Math.sqrt(relative);
  });
  const exact = factors.every((factor) => factor.rank <= 1);
  return { probabilities, standardErrors, method: exact ? 'quadrature' : 'monteCarlo' };
}

const SAMPLES = 4000;

/** Of one block, in the order of its values. */
type FactorLaw = Pick<SamplingLaw, 'probabilities' | 'standardErrors'>;
const exactly = (probabilities: Float64Array): FactorLaw => ({
  probabilities,
  standardErrors: new Float64Array(probabilities.length),
});

const key = (values: ArrayLike<number>): string => Array.from(values, (v) => v + 0).join();

/** The part of an image's probability that belongs to this row, when equal images are listed twice. */
function share({ data, weights }: SamplingOptions, row: ArrayLike<number>, r: number): number {
  const same = data.flatMap((other, i) => (key(other) === key(row) ? [weights?.[i] ?? 1] : []));
  return (weights?.[r] ?? 1) / same.reduce((a, b) => a + b, 0);
}

function lineLaw(factor: Factor, options: SamplingOptions): Float64Array {
  const { schedule, variance } = options;
  const positions = linePositions(factor);
  const at = (t: number) => linePosterior(positions, factor.weights, schedule, t);
  if (variance === 'exact') return exactLineLaw(positions, at(schedule.T), schedule);

  const times = timesteps(schedule.T, options.steps ?? schedule.T);
  const sigmas = times
    .slice(0, -1)
    .map((t, i) => Math.sqrt(leastVariance(schedule, t, times[i + 1], variance)));
  let kernels: Kernel[] = [{ mass: 1, mean: 0, sigma: 1 }];
  let width = 1;
  for (let i = 0; i + 2 < times.length; i++) {
    const push = (step: number) =>
      pushForward(spread(kernels, step), at(times[i]), schedule, times[i], times[i + 1], variance);
    const step = Math.min(width, sigmas[i]) / CELLS;
    // Where the mean moves faster than x_t itself, the grid has to be finer by that factor.
    let next = push(step);
    const steepness = steepest(next, step);
    if (steepness > 1.2) next = push(step / Math.min(steepness, 50));
    kernels = next;
    width = sigmas[i];
  }
  return nearestLaw(positions, at(times[times.length - 2]), kernels);
}

/**
 * The exact reverse kernels are the forward chain turned round, so all of them together are
 * q(x_0 | x_T) whatever lies between: one integral over x_T ~ N(0, I).
 */
function exactLineLaw(
  positions: Float64Array,
  posteriorAt: ReturnType<typeof linePosterior>,
  schedule: Schedule,
): Float64Array {
  const root = Math.sqrt(schedule.alphaBar[schedule.T]);
  const middles = Array.from(positions, (u) =>
    Array.from(positions, (v) => (root * (u + v)) / 2),
  ).flat();
  const breaks = [-10, -4, -1, 0, 1, 4, 10, ...middles.filter((y) => Math.abs(y) < 10)];
  const points = [...new Set(breaks)].sort((a, b) => a - b);
  return positions.map(
    (_, i) =>
      integrate((y) => posteriorAt(y).weights[i] * Math.exp(-0.5 * y * y), points) /
      Math.sqrt(2 * Math.PI),
  );
}

function stepVariance(q: Posterior, beta: number, spreadOfX0: number, variance: ReverseVariance) {
  if (variance === 'beta') return beta;
  if (variance === 'betaTilde') return q.variance;
  return q.variance + q.x0Coefficient ** 2 * spreadOfX0;
}

function leastVariance(schedule: Schedule, t: number, s: number, variance: ReverseVariance) {
  return stepVariance(posterior(schedule, t, s), jump(schedule, s, t).beta, 0, variance);
}

/** Each grid point moves to the posterior mean there, and blurs by the step's variance. */
function pushForward(
  grid: GridDensity,
  posteriorAt: ReturnType<typeof linePosterior>,
  schedule: Schedule,
  t: number,
  s: number,
  variance: ReverseVariance,
): Kernel[] {
  const q = posterior(schedule, t, s);
  const { beta } = jump(schedule, s, t);
  return Array.from(grid.masses, (mass, k) => {
    const y = grid.from + k * grid.step;
    const x0 = posteriorAt(y);
    return {
      mass,
      mean: q.x0Coefficient * x0.mean + q.xtCoefficient * y,
      sigma: Math.sqrt(stepVariance(q, beta, x0.variance, variance)),
    };
  });
}

/** The largest slope of the means, where there is mass. */
function steepest(kernels: readonly Kernel[], step: number): number {
  let slope = 0;
  for (let k = 1; k < kernels.length; k++) {
    if (Math.min(kernels[k].mass, kernels[k - 1].mass) > 1e-12) {
      slope = Math.max(slope, (kernels[k].mean - kernels[k - 1].mean) / step);
    }
  }
  return slope;
}

/** Simulated chains in the block's own pixels. For the exact kernel only x_T has to be drawn. */
function simulatedLaw(factor: Factor, options: SamplingOptions, rng: Rng): FactorLaw {
  const { schedule, variance, samples = SAMPLES } = options;
  if (variance === 'bestGaussian') {
    throw new RangeError(
      'Sampling law: expected variance exact, beta or betaTilde for data off a line; found bestGaussian. Choose one of the three.',
    );
  }
  const denoiser = finiteDenoiser({ schedule, data: factor.values, weights: factor.weights });
  const times = timesteps(schedule.T, options.steps ?? schedule.T);
  const law = new Float64Array(factor.values.length);
  const squares = new Float64Array(factor.values.length);
  /** One chain's probability of each end: 0 or 1 where it has one end only. */
  const count = (ends: ArrayLike<number>) => {
    for (let i = 0; i < law.length; i++) {
      law[i] += ends[i] / samples;
      squares[i] += ends[i] ** 2 / samples;
    }
  };
  for (let n = 0; n < samples; n++) {
    let x = rng.fillNormal(new Float64Array(factor.pixels.length));
    if (variance === 'exact') {
      count(denoiser.posteriorWeights(x, schedule.T));
      continue;
    }
    for (let i = 0; i + 1 < times.length; i++) {
      const [t, s] = [times[i], times[i + 1]];
      const x0 = denoiser.posteriorMean(x, t);
      const q = posterior(schedule, t, s);
      const sigma = s === 0 ? 0 : Math.sqrt(leastVariance(schedule, t, s, variance));
      x = x.map((v, k) => q.x0Coefficient * x0[k] + q.xtCoefficient * v + sigma * rng.normal());
    }
    const distances = factor.values.map((value) => squaredDistance(x, value));
    const nearest = distances.indexOf(Math.min(...distances));
    count(distances.map((_, i) => Number(i === nearest)));
  }
  const standardErrors = law.map((p, i) =>
    samples > 1
      ? Math.sqrt(Math.max(0, squares[i] - p * p) / (samples - 1))
      : Number.POSITIVE_INFINITY,
  );
  return { probabilities: law, standardErrors };
}
