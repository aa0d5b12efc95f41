/** How the whole times of a walk over a chain are spread: evenly by one clock or another. */
import type { Schedule } from '../process/schedule.ts';
import { timesteps } from './timesteps.ts';

/** noise/signal at t */
const sigmaOf = ({ snr }: Schedule, t: number): number => snr[t] ** -0.5;

/** `steps` times from T down to 1, evenly by `clock` as far as whole times allow, and then 0. */
function evenlyBy(schedule: Schedule, steps: number, clock: (t: number) => number): number[] {
  if (steps === 1) return [schedule.T, 0];
  const [first, last] = [clock(schedule.T), clock(1)];
  const times = [schedule.T];
  for (let i = 1; i < steps; i++) {
    const wanted = first + ((last - first) * i) / (steps - 1);
    let t = times[i - 1] - 1;
    while (t > 1 && Math.abs(clock(t - 1) - wanted) < Math.abs(clock(t) - wanted)) t--;
    // Where two would fall on one time, or too few were left for those to come.
    times.push(Math.max(steps - i, t));
  }
  return [...times, 0];
}

interface TimeGridKind {
  readonly label: string;
  times(schedule: Schedule, steps: number): number[];
}

/** The times of a walk: steps + 1 strictly falling whole numbers from T to 0, 1 ≤ steps ≤ T. */
export const TIME_GRIDS = {
  time: { label: 'even in t', times: ({ T }, steps) => timesteps(T, steps) },
  logSnr: {
    label: 'even in log signal/noise',
    times: (schedule, steps) => evenlyBy(schedule, steps, (t) => Math.log(sigmaOf(schedule, t))),
  },
  /** Karras et al. 2206.00364 eq. 5, ρ = 7 */
  karras: {
    label: 'Karras: even in σ^(1/7)',
    times: (schedule, steps) => evenlyBy(schedule, steps, (t) => sigmaOf(schedule, t) ** (1 / 7)),
  },
} as const satisfies Record<string, TimeGridKind>;

export type TimeGrid = keyof typeof TIME_GRIDS;
export const TIME_GRID_NAMES = Object.keys(TIME_GRIDS) as TimeGrid[];
