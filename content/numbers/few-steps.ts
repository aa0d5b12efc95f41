/** What the chapter on few steps says in numbers, once for every language. */

import { edm } from '../../src/lib/math/process/edm.ts';
import { preconditioning } from '../../src/lib/math/process/preconditioning.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { arenaCurve, arenaError, orderOf } from '../../src/lib/math/samplers/arena.ts';
import {
  evaluationsOf,
  type SamplerChoice,
  stepsWithin,
} from '../../src/lib/math/samplers/record.ts';
import {
  TIME_GRID_NAMES,
  TIME_GRIDS,
  type TimeGrid,
} from '../../src/lib/math/samplers/timeGrids.ts';
import { LAW } from '../../src/lib/plots/few-steps/arena.ts';
import { cellTable } from '../../src/markdown/cellTable.ts';

const T = 1000;
export const linear = makeSchedule('linear', T);
export const cosine = makeSchedule('cosine', T);
const COUNT = 48;

/** Distance from the data with at most so many evaluations. */
export const errorOf = (
  choice: SamplerChoice,
  most: number,
  grid: TimeGrid = 'logSnr',
  schedule = linear,
): number =>
  arenaError(
    { law: LAW, schedule, choice, grid, count: COUNT, seed: 1 },
    stepsWithin(choice, most),
  );

const SAMPLERS = ['ddim', 'heun', 'dpmSolver'] as const;
/** The order that each shows from 32 to 128 evaluations on the grid of log σ. */
export const orders = Object.fromEntries(
  SAMPLERS.map((sampler) => {
    const options = { law: LAW, schedule: linear, grid: 'logSnr', count: COUNT, seed: 1 } as const;
    return [sampler, orderOf(arenaCurve({ ...options, choice: { sampler } }, [32, 64, 128]))];
  }),
) as Record<(typeof SAMPLERS)[number], number>;

/** Sixteen evaluations, by sampler and grid. */
export const sixteen = SAMPLERS.map((sampler) => ({
  sampler,
  errors: TIME_GRID_NAMES.map((grid) => errorOf({ sampler }, 16, grid)),
}));

/** Eight steps on each grid: how many of them are below t = 100, of a thousand. */
export const nearData = (grid: TimeGrid): number =>
  TIME_GRIDS[grid].times(linear, 8).filter((t) => t > 0 && t < 100).length;

/** Heun's first step from pure noise, plain and corrected, at the same number of steps. */
export const firstStep = (['linear', 'cosine'] as const).map((kind) => {
  const schedule = makeSchedule(kind, T);
  const at = (choice: SamplerChoice) =>
    arenaError({ law: LAW, schedule, choice, grid: 'time', count: COUNT, seed: 1 }, 8);
  return {
    kind,
    plain: at({ sampler: 'heun', firstStep: 'plain' }),
    corrected: at({ sampler: 'heun', firstStep: 'corrected' }),
    factor: Math.sqrt(schedule.snr[875] / schedule.snr[T]),
  };
});

export const heunEvaluations = (steps: number): number => evaluationsOf({ sampler: 'heun' }, steps);

/** EDM's factors at σ, for data of deviation ½. */
export const factorsAt = (sigma: number) => preconditioning(edm().at(sigma), 0.5);

/** What the cell prints: error by the number of evaluations. */
export const ownHeun = Object.fromEntries(
  (await cellTable('euler-and-heun')).map((row) => [row.evaluations, row]),
);
