/** q(x_t) of one pixel over t: its density as layers of one colour, and some of the chains that make it up. */
import { contour, lineY, type PlotOptions, ruleY } from '@observablehq/plot';
import { sampled, thinned } from '../../math/numerics/curves.ts';
import { normalPdf } from '../../math/numerics/gaussian.ts';
import type { Rng } from '../../math/numerics/rng.ts';
import { forwardStep } from '../../math/process/forward.ts';
import type { Schedule } from '../../math/process/schedule.ts';
import { colours } from '../common/colours.ts';

/** Density of x_t where the clean pixel is one of `values`, each as likely: bells at √ᾱ_t·value of variance 1 − ᾱ_t. */
export function marginalDensity(values: readonly number[], schedule: Schedule) {
  return (t: number, x: number): number => {
    // Between whole times, the nearest: a screen has no more columns.
    const at = Math.min(schedule.T, Math.max(1, Math.round(t)));
    const root = Math.sqrt(schedule.alphaBar[at]);
    const bells = values.map((value) => normalPdf(x, root * value, schedule.noiseVariance[at]));
    return bells.reduce((sum, bell) => sum + bell, 0) / values.length;
  };
}

/** `count` chains of one pixel, from values in turn: points of t and x. */
export function chainsOf(values: readonly number[], schedule: Schedule, count: number, rng: Rng) {
  const shown = new Set(thinned(0, schedule.T, 120));
  return Array.from({ length: count }, (_, chain) => {
    let x = Float64Array.of(values[chain % values.length]);
    const points = [{ chain, t: 0, x: x[0] }];
    for (let t = 1; t <= schedule.T; t++) {
      x = forwardStep(x, t, schedule, [rng.normal()]) as Float64Array<ArrayBuffer>;
      if (shown.has(t)) points.push({ chain, t, x: x[0] });
    }
    return points;
  }).flat();
}

const DOMAIN = [-3, 3] as const;
const LAYERS = 9;

export interface MarginalPlot {
  values: readonly number[];
  schedule: Schedule;
  chains: ReturnType<typeof chainsOf>;
  axes: { value: string };
}

/** Heat from layers: where the density is above ever higher levels, one more coat of the same colour. */
export function marginals({ values, schedule, chains, axes }: MarginalPlot): PlotOptions {
  const density = marginalDensity(values, schedule);
  // By the end's own top, so that its bell is seen; the bells near t = 0 are higher by far and are full.
  const top = 1.6 * Math.max(...sampled((x) => density(schedule.T, x), DOMAIN).map(({ y }) => y));
  const levels = Array.from({ length: LAYERS }, (_, i) => ((i + 0.6) / LAYERS) * top);
  return {
    x: { label: 't', domain: [0, schedule.T], ticks: 5 },
    y: { label: axes.value, domain: [...DOMAIN], ticks: 7 },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      levels.map((level) =>
        contour({
          value: density,
          x1: 0,
          x2: schedule.T,
          y1: DOMAIN[0],
          y2: DOMAIN[1],
          thresholds: [level],
          pixelSize: 5,
          fill: colours.q,
          fillOpacity: 0.1,
          stroke: 'none',
        }),
      ),
      ruleY([-1, 1], { stroke: colours.muted, strokeDasharray: '2 4' }),
      lineY(chains, {
        x: 't',
        y: 'x',
        z: 'chain',
        stroke: colours.ink,
        strokeOpacity: 0.55,
        strokeWidth: 0.9,
        clip: true,
      }),
    ],
  };
}
