/** The same schedules seen four ways, over the same axis t/T, so that one cursor serves all. */
import type { PlotOptions } from '@observablehq/plot';
import { type Point, thinned } from '../../math/numerics/curves.ts';
import { logSnr, type Schedule } from '../../math/process/schedule.ts';
import { lines } from '../common/common.ts';

export const VIEWS = ['beta', 'alphaBar', 'snr', 'logSnr'] as const;
export type View = (typeof VIEWS)[number];

export interface DrawnSchedule {
  schedule: Schedule;
  colour: string;
  dash?: string;
}

/** Height of each chart and the space its axes take, in pixels: controls are laid over the charts. */
export const FRAME = { height: 240, top: 20, right: 20, bottom: 36, left: 48 } as const;

export const DOMAINS: Record<View, readonly [number, number]> = {
  beta: [1e-5, 1],
  alphaBar: [0, 1],
  snr: [0, 10],
  logSnr: [-21, 13],
};

/** Values over t/T, from t = 1. */
export function viewPoints(schedule: Schedule, view: View): Point[] {
  const values = view === 'logSnr' ? logSnr(schedule) : schedule[view];
  return thinned(1, schedule.T, 200).map((t) => ({ x: t / schedule.T, y: values[t] }));
}

/** @param label what is written at the vertical axis. */
export function scheduleView(
  drawn: readonly DrawnSchedule[],
  view: View,
  label: string,
): PlotOptions {
  return {
    ...lines({
      curves: drawn.map(({ schedule, colour, dash }) => ({
        points: viewPoints(schedule, view),
        colour,
        dash,
      })),
      x: { label: 't / T', domain: [0, 1] },
      y: { label, domain: DOMAINS[view], log: view === 'beta' },
      levels: view === 'logSnr' ? [0] : [],
    }),
    height: FRAME.height,
    marginTop: FRAME.top,
    marginRight: FRAME.right,
    marginBottom: FRAME.bottom,
    marginLeft: FRAME.left,
  };
}
