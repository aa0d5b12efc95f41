/** What x_t is made of: bars of the share that each step's noise still has, under what it had when it was added. */
import { type Markish, type PlotOptions, rectY, ruleY } from '@observablehq/plot';
import { noiseShares } from '../../math/process/noiseBudget.ts';
import type { Schedule } from '../../math/process/schedule.ts';
import { colours } from '../common/colours.ts';
import { counted } from '../common/wholeTicks.ts';

/** What is written at the axes. */
export interface BudgetAxes {
  step: string;
  share: string;
}

export function noiseBudget(schedule: Schedule, t: number, axes: BudgetAxes): PlotOptions {
  const shares = noiseShares(schedule, t);
  const bars = Array.from({ length: t }, (_, i) => ({
    s: i + 1,
    share: shares[i + 1],
    beta: schedule.beta[i + 1],
  }));
  const edge = { x1: (d: { s: number }) => d.s - 0.5, x2: (d: { s: number }) => d.s + 0.5 };
  const inset = schedule.T <= 60 ? 1 : 0;
  const marks: Markish[] = [
    rectY(bars, { ...edge, y: 'beta', fill: colours.muted, fillOpacity: 0.25, inset }),
    rectY(bars, { ...edge, y: 'share', fill: colours.q, inset }),
    ruleY([0], { stroke: colours.muted }),
  ];
  return {
    x: {
      label: axes.step,
      domain: [0.5, schedule.T + 0.5],
      ...counted(1, schedule.T, 10),
    },
    y: { label: axes.share, grid: true, ticks: 4 },
    marginLeft: 48,
    marginBottom: 36,
    marks,
  };
}
