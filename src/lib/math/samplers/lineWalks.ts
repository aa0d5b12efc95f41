/** Particles on a line, all the way back by the exact denoiser: with fresh noise at every step, or without any. */
import { type LineLaw, linePlaces } from '../exact/lineLaw.ts';
import { mixtureDenoiser } from '../exact/mixture.ts';
import { createRng } from '../numerics/rng.ts';
import type { Schedule } from '../process/schedule.ts';
import { langevinWalk } from './langevin.ts';
import { backPaths, type Paths } from './particles.ts';

/** The reverse equation in the steps of its chain, and the equation without noise. */
export const WAYS = ['sde', 'ode'] as const;
export type Way = (typeof WAYS)[number];

export interface LineWalkOptions {
  readonly law: LineLaw;
  readonly schedule: Schedule;
  readonly way: Way;
  /** They begin in the middle of as many equal shares of x_T. */
  readonly count: number;
  readonly seed: number;
}

export const lineDenoiser = (law: LineLaw, schedule: Schedule) =>
  mixtureDenoiser({
    components: law.map(({ weight, mean, variance }) => ({
      weight,
      mean: [mean],
      covariance: variance,
    })),
    schedule,
  });

export const lineWalk = ({ law, schedule, way, count, seed }: LineWalkOptions): Paths =>
  backPaths({
    schedule,
    sampler: way === 'sde' ? 'ddpm' : 'ddim',
    xT: linePlaces(law, schedule, schedule.T, count),
    epsilon: lineDenoiser(law, schedule).predict('epsilon'),
    dimension: 1,
    steps: schedule.T,
    rng: createRng(seed).fork('line'),
  });

export interface LineLangevinOptions extends Omit<LineWalkOptions, 'way'> {
  /** The noise level at which they end. */
  readonly t: number;
  readonly steps: number;
  /** They begin half-way to noise and go down to t on a ladder of levels, with the same steps in all. */
  readonly annealed: boolean;
}

const LEVELS = 10;
/** Of a step, as a share of the variance of the narrowest bell at its level: small enough to keep the bell. */
const STEP = 0.1;

/** Particles that all begin in the middle of the first bell, after Langevin steps by the exact score. */
export function lineLangevin(options: LineLangevinOptions): Float64Array {
  const { law, schedule, t, steps, annealed, count, seed } = options;
  const score = lineDenoiser(law, schedule).predict('score');
  const narrowest = Math.min(...law.map(({ variance }) => variance));
  const place = new Float64Array(1);
  const first = Math.round(schedule.T / 2);
  const ladder = Array.from({ length: LEVELS }, (_, i) =>
    Math.round(first + ((t - first) * i) / (LEVELS - 1)),
  );
  const levels = (annealed && t < first ? ladder : [t]).map((level, _, all) => ({
    score: (x: number) => {
      place[0] = x;
      return score(place, level)[0];
    },
    size: STEP * (schedule.noiseVariance[level] + narrowest * schedule.alphaBar[level]),
    steps: Math.round(steps / all.length),
  }));
  const start = new Float64Array(count).fill(law[0].mean);
  return langevinWalk(start, levels, createRng(seed).fork('langevin')).at(-1) ?? start;
}
