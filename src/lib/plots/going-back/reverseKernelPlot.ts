/** Marks for the reverse step of one pixel. */
import { areaY, dot, lineY, type PlotOptions, ruleX, ruleY } from '@observablehq/plot';
import { normalDensity, type Point, sampled } from '../../math/numerics/curves.ts';
import { mixtureLogPdf } from '../../math/numerics/gaussian.ts';
import { colours } from '../common/colours.ts';
import { HANDLE } from '../common/handle.ts';
import { highest, lineLabels } from '../common/lineLabels.ts';
import { logTick } from '../common/logTick.ts';
import type { ReverseView } from './reverseKernel.ts';

/** What is written at the axes: of the density, and of the price over the number of steps. */
export interface ReverseAxes {
  earlier: string;
  density: string;
  steps: string;
  price: string;
}
/** Written at the lines. */
export interface ReverseNames {
  truth: string;
  best: string;
  where: string;
}

/** The exact density filled, its bells thin, the best Gaussian dashed, x_t as a line. */
export function reversePlot(
  view: ReverseView,
  xt: number,
  domain: readonly [number, number],
  axes: ReverseAxes,
  names: ReverseNames,
) {
  const { mixture, mean, variance } = view;
  const exact = sampled((x) => Math.exp(mixtureLogPdf(x, mixture)), domain, 401);
  const gauss = sampled((x) => normalDensity(x, mean, variance), domain, 401);
  const parts = Array.from(mixture.means, (m, i) =>
    sampled((x) => mixture.weights[i] * normalDensity(x, m, mixture.variances[i]), domain, 401),
  );
  // Room for the name over the higher top.
  const top = 1.16 * Math.max(...exact.map((p) => p.y), ...gauss.map((p) => p.y));
  const xy = { x: 'x', y: 'y', clip: true } as const;
  return {
    x: { label: axes.earlier, domain: [...domain], ticks: 7 },
    y: { label: axes.density, domain: [0, top], ticks: 4, grid: true },
    marginLeft: 48,
    marginBottom: 36,
    marks: [
      ruleX([xt], { stroke: colours.q, strokeWidth: 1.5, strokeDasharray: '2 3' }),
      areaY(exact, { ...xy, fill: colours.exact, fillOpacity: 0.16 }),
      ...parts.map((part) => lineY(part, { ...xy, stroke: colours.exact, strokeOpacity: 0.55 })),
      lineY(exact, { ...xy, stroke: colours.exact, strokeWidth: 2.4 }),
      lineY(gauss, { ...xy, stroke: colours.p, strokeWidth: 2, strokeDasharray: '7 4' }),
      ruleY([0], { stroke: colours.muted }),
      dot([xt], { x: (v: number) => v, y: 0, ...HANDLE, fill: colours.q }),
      lineLabels(
        [
          { ...highest(exact), name: names.truth, colour: colours.exact },
          { ...highest(gauss), name: names.best, colour: colours.p },
        ],
        { anchor: 'middle' },
      ),
      lineLabels([{ x: xt, y: 0, name: names.where, colour: colours.q }], {
        anchor: xt > 0 ? 'end' : 'start',
        above: 18,
      }),
    ],
  } satisfies PlotOptions;
}

/** The average divergence over the number of steps, both axes logarithmic, a dot at this T. */
export function meltPlot(curve: readonly Point[], T: number, axes: ReverseAxes) {
  const here = curve.filter(({ x }) => x === T);
  const xy = { x: 'x', y: 'y', clip: true } as const;
  return {
    x: { label: axes.steps, type: 'log', ticks: [2, 10, 100, 1000], tickFormat: '~s' },
    y: { label: axes.price, type: 'log', ticks: 5, tickFormat: logTick, grid: true },
    inset: 6,
    marginLeft: 56,
    marginBottom: 36,
    marks: [
      lineY(curve, { ...xy, stroke: colours.p, strokeWidth: 2 }),
      dot(here, { ...xy, fill: colours.accent, r: 5 }),
    ],
  } satisfies PlotOptions;
}
