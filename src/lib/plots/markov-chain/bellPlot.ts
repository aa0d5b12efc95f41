/** The bell curve with its standard deviation marked. */
import { areaY, dot, lineY, type PlotOptions, ruleX, ruleY, text } from '@observablehq/plot';
import { type Point, sampled } from '../../math/numerics/curves.ts';
import { normalPdf } from '../../math/numerics/gaussian.ts';
import { colours } from '../common/colours.ts';
import { HANDLE } from '../common/handle.ts';
import { DEVIATIONS, heightOf } from './bell.ts';

const DOMAIN = [-4.5, 4.5] as const;

/** The bell; the part within one standard deviation is filled. Handles: the top, and the right edge of that part. */
export function bellPlot(mean: number, deviation: number, axes: { density: string }): PlotOptions {
  const curve = sampled((x) => normalPdf(x, mean, deviation ** 2), DOMAIN, 601);
  const edges = [mean - deviation, mean + deviation] as const;
  const inside = sampled((x) => normalPdf(x, mean, deviation ** 2), edges, 121);
  const at = (x: number): Point => ({ x, y: normalPdf(x, mean, deviation ** 2) });
  const top = { ...at(mean), name: 'μ' };
  const side = { ...at(mean + deviation), name: 'μ + σ' };
  const xy = { x: 'x', y: 'y' } as const;
  return {
    x: { label: 'x', domain: [...DOMAIN], ticks: 9 },
    y: { label: axes.density, domain: [0, 1.08 * heightOf(DEVIATIONS[0])], ticks: 5, grid: true },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      areaY(inside, { ...xy, fill: colours.q, fillOpacity: 0.28 }),
      lineY(curve, { ...xy, stroke: colours.q, strokeWidth: 2.4 }),
      ruleX([top], { x: 'x', y: 'y', stroke: colours.q, strokeDasharray: '2 3' }),
      ruleY([0], { stroke: colours.muted }),
      dot([top, side], { ...xy, fill: colours.q, ...HANDLE }),
      text([top], { ...xy, text: 'name', dy: -16, fill: colours.ink, fontWeight: 600 }),
      text([side], {
        ...xy,
        text: 'name',
        dx: 12,
        textAnchor: 'start',
        fill: colours.ink,
        fontWeight: 600,
      }),
    ],
  };
}
