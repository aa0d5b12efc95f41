/** The answers of the exact worker, as plain functions: the server and the tests call them too. */

import { type Bound, exactBound } from '../../math/bound/elbo.ts';
import { finiteDenoiser } from '../../math/exact/finite.ts';
import { makeSchedule, type Schedule, scheduleFromBetas } from '../../math/process/schedule.ts';
import type { BoundRequest, FloorRequest } from './protocol.ts';

export const scheduleOf = (schedule: BoundRequest['schedule']): Schedule =>
  'betas' in schedule ? scheduleFromBetas(schedule.betas) : makeSchedule(schedule.kind, schedule.T);

export const computeBound = ({ schedule, ...rest }: BoundRequest): Bound =>
  exactBound({ schedule: scheduleOf(schedule), ...rest });

export function computeMmse({ schedule, ...rest }: FloorRequest): Float64Array {
  const s = scheduleOf(schedule);
  const denoiser = finiteDenoiser({ schedule: s, ...rest });
  return Float64Array.from({ length: s.T + 1 }, (_, t) => (t === 0 ? 0 : denoiser.mmse(t)));
}
