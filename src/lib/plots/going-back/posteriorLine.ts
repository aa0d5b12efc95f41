/** The whispered reverse q(x_{t−1}|x_t,x_0) of one pixel: a bell that rides on a line, and its two shares over t. */
import { areaY, dot, lineY, link, type PlotOptions, ruleX, ruleY, text } from '@observablehq/plot';
import { normalDensity, sampled, thinned } from '../../math/numerics/curves.ts';
import { type Posterior, posterior } from '../../math/process/posterior.ts';
import type { Schedule } from '../../math/process/schedule.ts';
import { colours } from '../common/colours.ts';
import { HANDLE } from '../common/handle.ts';
import { lineLabels } from '../common/lineLabels.ts';
import { countedOver } from '../common/wholeTicks.ts';

/** At t = 1 the bell is a point; a sliver of width stands for it. */
const LEAST_VARIANCE = 1e-4;

/** What is written at the axes and below the bell. */
export interface PosteriorPlotWords {
  value: string;
  mean: string;
  share: string;
  /** At the two lines. */
  ofClean: string;
  ofNoisy: string;
}

/** The bell above the number line; below it the two shares as arrows, laid end to end. */
export function posteriorPlot(
  q: Posterior,
  x0: number,
  xt: number,
  reach: number,
  say: PosteriorPlotWords,
): PlotOptions {
  const mean = q.x0Coefficient * x0 + q.xtCoefficient * xt;
  const variance = Math.max(q.variance, LEAST_VARIANCE);
  const height = normalDensity(0, 0, variance);
  const bell = sampled((x) => normalDensity(x, mean, variance) / height, [-reach, reach], 801);
  const fromX0 = q.x0Coefficient * x0;
  const arrows = [
    { x1: 0, x2: fromX0, y: -0.22, colour: colours.exact },
    { x1: fromX0, x2: mean, y: -0.34, colour: colours.q },
  ];
  const marks = [
    { x: mean, y: 0, name: say.mean, colour: colours.p },
    { x: x0, y: 0, name: 'x₀', colour: colours.exact },
    { x: xt, y: 0, name: 'xₜ', colour: colours.q },
  ];
  return {
    x: { label: say.value, domain: [-reach, reach], ticks: 7 },
    y: { axis: null, domain: [-0.48, 1.1] },
    marginLeft: 16,
    marginBottom: 36,
    marks: [
      areaY(bell, { x: 'x', y: 'y', fill: colours.p, fillOpacity: 0.22, clip: true }),
      lineY(bell, { x: 'x', y: 'y', stroke: colours.p, strokeWidth: 2, clip: true }),
      ruleY([0], { stroke: colours.muted }),
      ruleX([0], { stroke: colours.rule }),
      link(arrows, {
        x1: 'x1',
        x2: 'x2',
        y1: 'y',
        y2: 'y',
        stroke: 'colour',
        strokeWidth: 4,
        markerEnd: 'arrow',
      }),
      dot(marks.slice(0, 1), { x: 'x', y: 'y', fill: 'colour', r: 5 }),
      dot(marks.slice(1), { x: 'x', y: 'y', fill: 'colour', ...HANDLE }),
      text(marks, { x: 'x', y: 'y', text: 'name', dy: 14, fill: 'colour', fontWeight: 600 }),
    ],
  };
}

export interface Share {
  x: number;
  x0: number;
  xt: number;
  variance: number;
}

/** Both shares for t = 1 … T. */
export const shares = (schedule: Schedule): Share[] =>
  thinned(1, schedule.T).map((t) => {
    const q = posterior(schedule, t);
    return { x: t, x0: q.x0Coefficient, xt: q.xtCoefficient, variance: q.variance };
  });

export function sharesPlot(
  points: readonly Share[],
  t: number,
  say: PosteriorPlotWords,
): PlotOptions {
  const few = points.length < 12;
  const common = { x: 'x', strokeWidth: 2, ...(few ? { marker: 'circle' as const } : {}) };
  return {
    x: { label: 't', ...countedOver(points.map(({ x }) => x)) },
    y: { label: say.share, grid: true, ticks: 5 },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      ruleX([t], { stroke: colours.accent, strokeWidth: 1.5 }),
      lineY(points, { ...common, y: 'x0', stroke: colours.exact }),
      lineY(points, { ...common, y: 'xt', stroke: colours.q, strokeDasharray: '7 3' }),
      ruleY([0], { stroke: colours.muted }),
      lineLabels(
        points.slice(-1).flatMap(({ x, x0: clean, xt: noisy }) => [
          { x, y: clean, name: say.ofClean, colour: colours.exact },
          { x, y: noisy, name: say.ofNoisy, colour: colours.q },
        ]),
      ),
    ],
  };
}
