/** Marks for the bell that is fitted to two bumps. */
import { areaY, dot, lineY, type PlotOptions, ruleY } from '@observablehq/plot';
import { normalDensity, sampled } from '../../math/numerics/curves.ts';
import { type Mixture1D, mixtureLogPdf } from '../../math/numerics/gaussian.ts';
import { colours } from '../common/colours.ts';
import { HANDLE } from '../common/handle.ts';
import { highest, lineLabels } from '../common/lineLabels.ts';
import { type Bell, bellHandles, DENSITY_TOP, payments, REACH } from './klFitter.ts';

const DOMAIN = [-REACH, REACH] as const;
const xy = { x: 'x', y: 'y', clip: true } as const;

/** What is written at the axes; `payment` is divergence in nats for each unit of the pixel’s value. */
export interface FitterAxes {
  value: string;
  density: string;
  payment: string;
}
/** Written at the lines. */
export interface FitterNames {
  truth: string;
  bell: string;
  forward: string;
  reverse: string;
}

export function fitterPlot(truth: Mixture1D, bell: Bell, axes: FitterAxes, names: FitterNames) {
  const exact = sampled((x) => Math.exp(mixtureLogPdf(x, truth)), DOMAIN, 401);
  const model = sampled((x) => normalDensity(x, bell.mean, bell.variance), DOMAIN, 401);
  const { top, side } = bellHandles(bell);
  const handles = [side, top];
  return {
    x: { label: axes.value, domain: [...DOMAIN], ticks: 7 },
    y: { label: axes.density, domain: [0, DENSITY_TOP], ticks: 4, grid: true },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      areaY(exact, { ...xy, fill: colours.exact, fillOpacity: 0.18 }),
      lineY(exact, { ...xy, stroke: colours.exact, strokeWidth: 2.2 }),
      lineY(model, { ...xy, stroke: colours.p, strokeWidth: 2.2, strokeDasharray: '7 4' }),
      ruleY([0], { stroke: colours.muted }),
      dot(handles, { x: 'x', y: 'y', ...HANDLE, fill: colours.p }),
      lineLabels(
        [
          { ...highest(exact), name: names.truth, colour: colours.exact },
          { ...side, name: names.bell, colour: colours.p },
        ],
        { anchor: 'start', above: 12 },
      ),
    ],
  } satisfies PlotOptions;
}

/** Both integrands; the signed area under each is its divergence. */
export function paymentPlot(truth: Mixture1D, bell: Bell, axes: FitterAxes, names: FitterNames) {
  const { forward, reverse } = payments(truth, bell, DOMAIN);
  const top = Math.max(0.5, ...[...forward, ...reverse].map((p) => p.y));
  const low = Math.min(-0.3, ...[...forward, ...reverse].map((p) => p.y));
  return {
    x: { label: axes.value, domain: [...DOMAIN], ticks: 7 },
    y: { label: axes.payment, domain: [low, 1.3 * top], ticks: 4, grid: true },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      areaY(forward, { ...xy, fill: colours.q, fillOpacity: 0.2 }),
      lineY(forward, { ...xy, stroke: colours.q, strokeWidth: 2 }),
      areaY(reverse, { ...xy, fill: colours.warn, fillOpacity: 0.12 }),
      lineY(reverse, { ...xy, stroke: colours.warn, strokeWidth: 2, strokeDasharray: '2 3' }),
      ruleY([0], { stroke: colours.muted }),
      lineLabels(
        [
          { ...highest(forward), name: names.forward, colour: colours.q },
          { ...highest(reverse), name: names.reverse, colour: colours.warn },
        ],
        { anchor: 'middle' },
      ),
    ],
  } satisfies PlotOptions;
}
