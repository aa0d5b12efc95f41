/**
 * What a sampler gives for so many evaluations, measured on a line, where the answer is known: the probability-flow ODE keeps the
 * order of its particles, so whoever starts at a share of the law of x_T ends at the same share of the data.
 */
import { type LineLaw, linePlaces, lineQuantile } from '../exact/lineLaw.ts';
import { mixtureDenoiser } from '../exact/mixture.ts';
import { createRng } from '../numerics/rng.ts';
import type { Schedule } from '../process/schedule.ts';
import { evaluationsOf, type SamplerChoice, samplerMoves, stepsWithin } from './record.ts';
import { walk } from './sample.ts';
import { TIME_GRIDS, type TimeGrid } from './timeGrids.ts';

export interface ArenaOptions {
  readonly law: LineLaw;
  readonly schedule: Schedule;
  readonly choice: SamplerChoice;
  readonly grid: TimeGrid;
  /** Particles: x_T of each is in the middle of one of as many equal shares. */
  readonly count: number;
  readonly seed: number;
}

/** Where a walk of `steps` steps with the exact denoiser ends. */
function ends({ law, schedule, choice, grid, count, seed }: ArenaOptions, steps: number) {
  const components = law.map(({ weight, mean, variance }) => ({
    weight,
    mean: [mean],
    covariance: variance,
  }));
  const one = mixtureDenoiser({ components, schedule }).predict('x0');
  const place = new Float64Array(1);
  const states = walk(
    samplerMoves(schedule, TIME_GRIDS[grid].times(schedule, steps), choice),
    schedule,
    {
      // The particles are one row of numbers; each is an image of one pixel.
      denoiser: (x, t) =>
        x.map((value) => {
          place[0] = value;
          return one(place, t)[0];
        }),
      prediction: 'x0',
      xT: linePlaces(law, schedule, schedule.T, count),
      rng: createRng(seed).fork('arena'),
    },
  );
  let last = new Float64Array(count);
  for (const { x } of states) last = Float64Array.from(x);
  return last;
}

// #region arenaError
/** W₂ on the line between as many particles and the data: the root mean square of their differences in order. */
function distance(particles: Float64Array, law: LineLaw, schedule: Schedule): number {
  const truth = linePlaces(law, schedule, 0, particles.length);
  const sum = particles.sort().reduce((total, x, i) => total + (x - truth[i]) ** 2, 0);
  return Math.sqrt(sum / particles.length);
}

/** How far the law of the ends is from the data; of a sampler without noise, the error of its paths. */
export const arenaError = (options: ArenaOptions, steps: number): number =>
  distance(ends(options, steps), options.law, options.schedule);
// #endregion

/** The same of `count` independent draws from the data: no sampler with noise can be expected to do better. */
export function drawsError({
  law,
  schedule,
  count,
  seed,
}: Omit<ArenaOptions, 'choice' | 'grid'>): number {
  const rng = createRng(seed).fork('draws');
  const drawn = Float64Array.from({ length: count }, () =>
    lineQuantile(law, schedule, 0, rng.uniform()),
  );
  return distance(drawn, law, schedule);
}

export interface ArenaPoint {
  readonly evaluations: number;
  readonly error: number;
}

/** One sampler with at most as many evaluations as each of `wanted`. */
export const arenaCurve = (options: ArenaOptions, wanted: readonly number[]): ArenaPoint[] =>
  wanted.map((most) => {
    const steps = stepsWithin(options.choice, most);
    return { evaluations: evaluationsOf(options.choice, steps), error: arenaError(options, steps) };
  });

/** The order that a curve shows: −d log error/d log evaluations, of a straight line through its last points. */
export function orderOf(points: readonly ArenaPoint[], last = 3): number {
  const used = points.slice(-last);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const xs = used.map(({ evaluations }) => Math.log(evaluations));
  const ys = used.map(({ error }) => Math.log(error));
  const [mx, my] = [mean(xs), mean(ys)];
  const along = mean(xs.map((x, i) => (x - mx) * (ys[i] - my)));
  return -along / mean(xs.map((x) => (x - mx) ** 2));
}
