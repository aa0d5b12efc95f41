/** What x_t is made by: a path, or the chain of a schedule, which is one too. */

import { chainPath, chainPoint } from './chain.ts';
import type { Path, PathPoint } from './path.ts';
import type { Schedule } from './schedule.ts';
import { checkTime } from './schedule.ts';

export type Process = Path | Schedule;

/** How options name it. */
export type OnProcess =
  | { readonly schedule: Schedule; readonly path?: undefined }
  | { readonly path: Path; readonly schedule?: undefined };

export const processOf = ({ schedule, path }: OnProcess): Process => path ?? schedule;

export const isSchedule = (process: Process): process is Schedule => 'alphaBar' in process;

/**
 * The process at one time. A schedule has whole times only, `first`…T: whoever means those of the chain between them takes
 * its `chainPath`.
 * @throws RangeError for a time outside the process's own.
 */
export function pointOf(process: Process, t: number, first = 1): PathPoint {
  if (isSchedule(process)) {
    checkTime(process, t, first);
    return chainPoint(process, t);
  }
  const [least, largest] = process.range;
  if (!(Number.isFinite(t) && t >= least && t <= largest)) {
    throw new RangeError(
      `Time: expected a number from ${least} to ${largest} on the path ${process.name}; found ${t}. Choose one in between.`,
    );
  }
  return process.at(t);
}

/** The Gaussian channel that x_t is seen through. */
export const channelAt = ({ signal, noise }: PathPoint) => ({
  scale: signal,
  noiseVariance: noise * noise,
});

export const pathOf = (process: Process): Path =>
  isSchedule(process) ? chainPath(process) : process;

/** What rounding may put a matching time beyond the ends of a path, as a part of the time itself. */
const ROUNDING = 1e-9;

/**
 * Where another process is as noisy as this one at t: its x is `scale` times this one's x_t, with the same x_0 and ε.
 * @throws RangeError for a time outside this process's own, and where the other is nowhere so noisy.
 */
export function matchingTime(
  from: Process,
  t: number,
  to: Process,
): { readonly t: number; readonly scale: number } {
  const here = pointOf(from, t);
  const path = pathOf(to);
  const [first, last] = path.range;
  const time = path.time(here.noise / here.signal);
  const matched = Math.min(last, Math.max(first, time));
  if (!(Math.abs(time - matched) <= ROUNDING * last)) {
    throw new RangeError(
      `Matching time: expected a noise/signal that the path ${path.name} reaches; found ${here.noise / here.signal}. Take another time.`,
    );
  }
  const there = path.at(matched);
  // The two ratios are equal; of their sums neither part can be lost.
  return { t: matched, scale: (there.signal + there.noise) / (here.signal + here.noise) };
}
