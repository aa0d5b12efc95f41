/** Particles on a line, all the way back by the exact denoiser: with fresh noise at every step, or without any. */
import { type LineLaw, linePlaces } from '../exact/lineLaw.ts';
import { mixtureDenoiser } from '../exact/mixture.ts';
import { createRng } from '../numerics/rng.ts';
import type { Schedule } from '../process/schedule.ts';
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
