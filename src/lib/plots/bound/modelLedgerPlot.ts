/** Marks for a trained network's account: its terms over t with whiskers, and the exact denoiser's. */
import { dot, lineY, type PlotOptions, ruleX } from '@observablehq/plot';
import type { Point } from '../../math/numerics/curves.ts';
import { colours } from '../common/colours.ts';
import { logTick } from '../common/logTick.ts';
import type { TermEstimate } from './modelLedger.ts';

const LEAST = 1e-9;

export function modelTermsPlot(
  terms: readonly TermEstimate[],
  exact: readonly Point[],
  T: number,
  unit: string,
): PlotOptions {
  const steps = terms.filter(({ t, mean }) => t >= 2 && mean > LEAST);
  const exactSteps = exact.filter(({ y }) => y > LEAST);
  const all = [...steps.map(({ mean }) => mean), ...exactSteps.map(({ y }) => y)];
  const top = Math.max(1e-3, ...all);
  const low = Math.max(top * 1e-4, Math.min(top / 10, ...all));
  const reach = (sign: number) => (d: TermEstimate) =>
    Math.max(low, d.mean + sign * 2 * d.standardError);
  return {
    x: { label: 't', type: 'log', domain: [2, T], ticks: [2, 5, 10, 30, 100, 300, 1000] },
    y: {
      label: unit,
      type: 'log',
      domain: [low / 1.5, top * 1.8],
      ticks: 5,
      tickFormat: logTick,
      grid: true,
    },
    marginLeft: 60,
    marginBottom: 36,
    marks: [
      lineY(exactSteps, { x: 'x', y: 'y', stroke: colours.exact, strokeWidth: 2, clip: true }),
      ruleX(steps, {
        x: 't',
        y1: reach(-1),
        y2: reach(1),
        stroke: colours.p,
        strokeWidth: 1.5,
        clip: true,
      }),
      dot(steps, { x: 't', y: 'mean', fill: colours.p, r: 2.6, clip: true }),
    ],
  };
}
