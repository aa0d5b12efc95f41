/** Marks: three laws of t, and what batches drawn by each say of the bound. */
import { dot, type PlotOptions, ruleX, ruleY } from '@observablehq/plot';
import { series } from '../../math/numerics/curves.ts';
import { colours } from '../common/colours.ts';
import { lines } from '../common/common.ts';
import { type Estimate, LAWS, type LawName } from './importance.ts';
import { LAW_COLOURS, LAW_DASHES } from './lawColours.ts';

/** p_t on a logarithmic axis, the unlikeliest cut off at a thousandth of all alike. */
export function lawsPlot(laws: Record<LawName, Float64Array>, label: string): PlotOptions {
  const T = laws.uniform.length;
  const least = 0.0005 / T;
  return lines({
    curves: LAWS.map((name) => ({
      // Entry i is t = i + 1.
      points: series(laws[name]).map(({ x, y }) => ({ x: x + 1, y: Math.max(least, y) })),
      colour: LAW_COLOURS[name],
      dash: LAW_DASHES[name],
    })),
    x: { label: 't', domain: [1, T], counts: true },
    y: { label, log: true, domain: [least, 0.5], ticks: 4 },
  });
}

/** Each dot one batch; the line is what all of them estimate. `top` cuts off the rare ones above. */
export function estimatesPlot(
  found: readonly Estimate[],
  truth: number,
  label: string,
): PlotOptions {
  const top = 3.2 * truth;
  return {
    x: { label, domain: [0, top], ticks: 5, grid: true },
    y: { label: null, domain: [0, LAWS.length], axis: null },
    marginLeft: 8,
    marginTop: 8,
    marginBottom: 36,
    marks: [
      ruleY(
        LAWS.slice(1).map((_, i) => i + 1),
        { stroke: colours.rule },
      ),
      ruleX([truth], { stroke: colours.ink, strokeWidth: 1.5, strokeDasharray: '4 3' }),
      dot(
        found.map(({ law, place, value }) => ({
          x: Math.min(value, top),
          y: LAWS.length - 1 - LAWS.indexOf(law) + 0.12 + 0.6 * place,
          law,
          above: value > top,
        })),
        {
          x: 'x',
          y: 'y',
          r: 2.6,
          fill: (d: { law: LawName }) => LAW_COLOURS[d.law],
          symbol: (d: { above: boolean }) => (d.above ? 'triangle' : 'circle'),
        },
      ),
    ],
  };
}
