/** The exact worker's answers about samplers on the line, as plain functions. */
import { arenaCurve, drawsError } from '../../math/samplers/arena.ts';
import { lineLangevin, lineWalk } from '../../math/samplers/lineWalks.ts';
import type { Paths } from '../../math/samplers/particles.ts';
import { addsFreshNoise } from '../../math/samplers/program.ts';
import { SAMPLER_NAMES, samplerMoves } from '../../math/samplers/record.ts';
import { scheduleOf } from './compute.ts';
import type { ArenaAnswer, ArenaRequest, LangevinRequest, LineRequest } from './protocol.ts';

export const computeLangevin = ({ schedule, ...rest }: LangevinRequest): Float64Array =>
  lineLangevin({ ...rest, schedule: scheduleOf(schedule) });

export const computeLine = ({ schedule, ...rest }: LineRequest): Paths =>
  lineWalk({ ...rest, schedule: scheduleOf(schedule) });

export function computeArena({ counts, wanted, ...request }: ArenaRequest): ArenaAnswer {
  const schedule = scheduleOf(request.schedule);
  const curves = SAMPLER_NAMES.map((sampler) => {
    const noisy = addsFreshNoise(samplerMoves(schedule, [schedule.T, 1, 0], { sampler }));
    const count = noisy ? counts.noisy : counts.still;
    const options = { ...request, schedule, choice: { sampler }, count };
    return { sampler, noisy, points: arenaCurve(options, wanted) };
  });
  return { curves, draws: drawsError({ ...request, schedule, count: counts.noisy }) };
}
