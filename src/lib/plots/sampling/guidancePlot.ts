/** Marks for the laws of guidance. */
import { dot, lineY, type PlotOptions, ruleX, ruleY } from '@observablehq/plot';
import { normalDensity, type Point, sampled } from '../../math/numerics/curves.ts';
import { colours } from '../common/colours.ts';
import { highest, lineLabels } from '../common/lineLabels.ts';
import { BELLS, type BellEnds, POINTS, type PointEnds, tiltedBells } from './guidance.ts';

export interface GuidanceAxes {
  value: string;
  density: string;
  share: string;
  /** Written at the curves. */
  own: string;
  tilted: string;
  ends: string;
}

const DOMAIN = [-1.6, 3.6] as const;
/** The narrowest bell that the dial reaches fits. */
const TOP = 1.75;
const xy = { x: 'x', y: 'y', clip: true } as const;

/** The first point of a curve that is not left of x. */
const near = (curve: readonly Point[], x: number): Point =>
  curve.find((point) => point.x >= x) ?? curve[0];

export function bellsPlot(g: number, found: BellEnds | null, axes: GuidanceAxes): PlotOptions {
  const own = sampled((x) => normalDensity(x, BELLS.means[1], BELLS.variances[1]), DOMAIN, 201);
  const tilted = sampled(tiltedBells(g).density, DOMAIN, 201);
  const ends = (found?.curve ?? []).filter(({ x }) => x >= DOMAIN[0] && x <= DOMAIN[1]);
  return {
    x: { label: axes.value, domain: [...DOMAIN], ticks: 6 },
    y: { label: axes.density, domain: [0, TOP], ticks: 4, grid: true },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      lineY(own, { ...xy, stroke: colours.muted, strokeWidth: 1.6, strokeDasharray: '2 3' }),
      lineY(tilted, { ...xy, stroke: colours.exact, strokeWidth: 2.2, strokeDasharray: '7 4' }),
      lineY(ends, { ...xy, stroke: colours.p, strokeWidth: 2.4 }),
      ruleY([0], { stroke: colours.muted }),
      // On the left flank, where the ends are not.
      lineLabels(
        [
          { ...near(tilted, 0.75), name: axes.tilted, colour: colours.exact },
          { ...near(own, 0.3), name: axes.own, colour: colours.muted },
        ],
        { anchor: 'end' },
      ),
      lineLabels(
        ends.length > 0 ? [{ ...highest(ends), name: axes.ends, colour: colours.p }] : [],
        { anchor: 'start' },
      ),
    ],
  };
}

/** Apart, so that two shares of one point can be told from each other. */
const ASIDE = 0.035;

export function pointsPlot(found: PointEnds | null, axes: GuidanceAxes): PlotOptions {
  const at = (shares: readonly number[], aside: number) =>
    shares.map((y, k) => ({ x: POINTS[k] + aside, y }));
  const tilted = at(found?.tilted ?? [], -ASIDE);
  const ends = at(found?.ends ?? [], ASIDE);
  return {
    x: { label: axes.value, domain: [-1.3, 1.3], ticks: [...POINTS] },
    y: { label: axes.share, domain: [0, 1.08], ticks: 5, grid: true },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      ruleX(tilted, { x: 'x', y1: 0, y2: 'y', stroke: colours.exact, strokeWidth: 3 }),
      ruleX(ends, { x: 'x', y1: 0, y2: 'y', stroke: colours.p, strokeWidth: 3 }),
      dot(tilted, { x: 'x', y: 'y', r: 4.5, stroke: colours.exact, fill: 'var(--raised)' }),
      dot(ends, { x: 'x', y: 'y', r: 4.5, fill: colours.p }),
      ruleY([0], { stroke: colours.muted }),
      lineLabels(
        found
          ? [
              { ...tilted[2], name: axes.tilted, colour: colours.exact },
              { ...ends[3], name: axes.ends, colour: colours.p },
            ]
          : [],
        { anchor: 'end' },
      ),
    ],
  };
}
