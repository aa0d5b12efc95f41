/** Marks for the learned v_t over t, between the lines of β̃ and β. */
import {
  dot,
  lineY,
  type PlotOptions,
  ruleX,
  ruleY,
  type ScaleOptions,
  text,
} from '@observablehq/plot';
import type { Point } from '../../math/numerics/curves.ts';
import { colours } from '../common/colours.ts';
import { counted } from '../common/wholeTicks.ts';

/** Fewer points than this are dots: a short chain, or a few measured t of a long one. */
const FEW = 60;
const ENDS = [
  { y: 0, name: 'σ² = β̃' },
  { y: 1, name: 'σ² = β' },
];

/** @param exact the exact denoiser's v_t, where it is known. */
export function widthPlot(
  points: readonly Point[],
  exact: readonly Point[],
  T: number,
): PlotOptions {
  const xy = { x: 'x', y: 'y' } as const;
  const few = points.length < FEW;
  // The measured t of a long chain crowd at its clean end.
  const x: ScaleOptions =
    few && T > 100
      ? { type: 'log', domain: [2, T], ticks: [2, 5, 10, 30, 100, 300, 1000], tickFormat: '~g' }
      : { domain: [1, T < 10 ? T + 1 : T], ...counted(2, T) };
  return {
    x: { label: 't', ...x },
    y: { label: 'v', domain: [-0.06, 1.06], ticks: [0, 0.5, 1], tickFormat: '~g' },
    marginLeft: 44,
    marginRight: 62,
    marginBottom: 36,
    marks: [
      ruleY(ENDS, { y: 'y', stroke: colours.muted, strokeDasharray: '2 4' }),
      text(ENDS, {
        y: 'y',
        text: 'name',
        frameAnchor: 'right',
        textAnchor: 'start',
        dx: 6,
        fill: 'currentColor',
      }),
      lineY(exact, { ...xy, stroke: colours.exact, strokeWidth: 1.6, strokeDasharray: '4 3' }),
      ...(few
        ? [
            ruleX(points, { ...xy, stroke: colours.p, strokeOpacity: 0.35, strokeWidth: 1.5 }),
            dot(points, { ...xy, fill: colours.p, r: 3.2 }),
          ]
        : [lineY(points, { ...xy, stroke: colours.p, strokeWidth: 2.2 })]),
    ],
  };
}
