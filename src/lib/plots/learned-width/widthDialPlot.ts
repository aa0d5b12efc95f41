/** Marks of the width dial: bells about the model's mean, the term over f, the best f over t. */
import { areaY, dot, lineY, type PlotOptions, ruleX, ruleY } from '@observablehq/plot';
import type { Point } from '../../math/numerics/curves.ts';
import { colours } from '../common/colours.ts';
import { lines } from '../common/common.ts';
import { HANDLE } from '../common/handle.ts';
import { highest, lineLabels } from '../common/lineLabels.ts';
import { DIAL, type DialCurves, sideOf } from './widthDial.ts';

export interface DialAxes {
  distance: string;
  density: string;
  fraction: string;
  nats: string;
}
export interface DialNames {
  truth: string;
  bell: string;
  best: string;
}

const xy = { x: 'x', y: 'y', clip: true } as const;
export function bellsPlot(
  { truth, betaTilde, beta, bell }: DialCurves,
  deviation: number,
  axes: DialAxes,
  names: DialNames,
): PlotOptions {
  const side = sideOf(deviation);
  const top = 1.12 * Math.max(highest(truth).y, highest(betaTilde).y);
  const [low, high] = [truth[0].x, truth[truth.length - 1].x];
  return {
    x: { label: axes.distance, domain: [low, high], ticks: 5 },
    y: { label: axes.density, domain: [0, top], ticks: 4, grid: true },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      areaY(truth, { ...xy, fill: colours.exact, fillOpacity: 0.18 }),
      lineY(truth, { ...xy, stroke: colours.exact, strokeWidth: 2.2 }),
      lineY(betaTilde, { ...xy, stroke: colours.noise, strokeWidth: 1.6, strokeDasharray: '2 3' }),
      lineY(beta, { ...xy, stroke: colours.q, strokeWidth: 1.6, strokeDasharray: '9 3 2 3' }),
      lineY(bell, { ...xy, stroke: colours.p, strokeWidth: 2.2, strokeDasharray: '7 4' }),
      ruleY([0], { stroke: colours.muted }),
      dot([side], { x: 'x', y: 'y', ...HANDLE, fill: colours.p }),
      lineLabels(
        [
          { ...highest(truth), name: names.truth, colour: colours.exact },
          { ...side, name: names.bell, colour: colours.p },
        ],
        { anchor: 'start', above: 12 },
      ),
    ],
  };
}

/** The term as f moves: a bowl with its bottom at the best f. */
export function termPlot(
  curve: readonly Point[],
  here: Point,
  bottom: Point,
  axes: DialAxes,
  names: DialNames,
): PlotOptions {
  const top = Math.max(...curve.map(({ y }) => y));
  return {
    x: { label: axes.fraction, domain: [...DIAL], ticks: [-0.5, 0, 0.5, 1, 1.5], tickFormat: '~g' },
    y: { label: axes.nats, domain: [0, 1.1 * top], ticks: 4, grid: true },
    marginLeft: 56,
    marginBottom: 36,
    marks: [
      ruleX([0, 1], { stroke: colours.muted, strokeDasharray: '2 4' }),
      lineY(curve, { ...xy, stroke: colours.p, strokeWidth: 2.2 }),
      dot([bottom], { x: 'x', y: 'y', stroke: colours.exact, strokeWidth: 2.5, r: 7 }),
      dot([here], { x: 'x', y: 'y', ...HANDLE, fill: colours.p }),
      lineLabels([{ ...bottom, name: names.best, colour: colours.exact }], {
        anchor: 'middle',
        above: 18,
      }),
    ],
  };
}

/** Where the best width lies between β̃ and β along the chain. */
export const bestPlot = (curve: readonly Point[], t: number, axes: DialAxes): PlotOptions =>
  lines({
    curves: [{ points: curve, colour: colours.exact, width: 2.2 }],
    x: { label: 't', domain: [2, curve[curve.length - 1].x], counts: true },
    y: { label: axes.fraction, domain: [-0.05, 1.05], ticks: 3 },
    cursor: t,
    levels: [0, 1],
  });
