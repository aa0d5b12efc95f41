/** Marks of the account: one stacked bar for each width of the model's bells, and its terms over t. */
import {
  barX,
  dot,
  lineY,
  type PlotOptions,
  pointer,
  ruleX,
  ruleY,
  text,
  tip,
} from '@observablehq/plot';
import type { Point } from '../../math/numerics/curves.ts';
import { colours } from '../common/colours.ts';
import { highest, lineLabels } from '../common/lineLabels.ts';
import { countedOver } from '../common/wholeTicks.ts';
import { ledgerHeight, type Part, type Segment } from './ledger.ts';

export const PART_COLOURS: Record<Part, string> = {
  reconstruction: colours.noise,
  diffusion: colours.p,
  information: colours.q,
  mismatch: colours.start,
  prior: colours.q,
};

export interface LedgerBars {
  rows: readonly string[];
  segments: readonly Segment[];
  /** Totals at the ends of the bars. */
  totals: readonly { row: string; total: number; error: number }[];
  /** The entropy, where it is known. */
  floor?: number;
  unit: string;
  /** Written over the floor. */
  entropy: string;
  chosen: string;
}

const print = (v: number) => (v >= 100 ? v.toFixed(1) : v.toPrecision(4));

export function ledgerPlot({ rows, segments, totals, floor, unit, entropy, chosen }: LedgerBars) {
  const opacity = (s: Segment) => (s.row === chosen ? 1 : 0.55) * (s.shade ? 0.72 : 1);
  const whiskers = totals.filter(({ error }) => error > 0);
  const floors = floor === undefined ? [] : [floor];
  const right = Math.max(...floors, ...totals.map(({ total, error }) => total + error));
  return {
    height: ledgerHeight(rows.length),
    x: { label: unit, domain: [0, right * 1.18], grid: true, ticks: 5 },
    y: { domain: [...rows], label: null },
    marginLeft: 96,
    marginBottom: 36,
    marks: [
      barX(segments, {
        y: 'row',
        x1: 'from',
        x2: 'to',
        fill: (s: Segment) => PART_COLOURS[s.part],
        fillOpacity: opacity,
        insetTop: 3,
        insetBottom: 3,
      }),
      ruleX(floors, { stroke: colours.exact, strokeWidth: 2.5 }),
      text(floors, {
        x: (v: number) => v,
        frameAnchor: 'top',
        dy: -10,
        text: () => entropy,
        fill: colours.exact,
        fontWeight: 600,
      }),
      ruleY(whiskers, {
        y: 'row',
        x1: (d: { total: number; error: number }) => d.total - 2 * d.error,
        x2: (d: { total: number; error: number }) => d.total + 2 * d.error,
        stroke: colours.ink,
        strokeWidth: 1.5,
      }),
      text(totals, {
        y: 'row',
        x: (d: { total: number; error: number }) => d.total + 2 * d.error,
        text: (d: { total: number }) => print(d.total),
        textAnchor: 'start',
        dx: 6,
        fill: 'currentColor',
      }),
      tip(
        segments,
        pointer({
          y: 'row',
          x: (s: Segment) => (s.from + s.to) / 2,
          title: (s: Segment) => `${s.name}: ${print(s.to - s.from)}`,
          fill: 'var(--paper)',
        }),
      ),
    ],
  } satisfies PlotOptions;
}

/** The chosen width's terms over t, and those of the exact kernel, which no width can undercut. */
export function termsPlot(
  chosen: readonly Point[],
  exact: readonly Point[],
  unit: string,
  names: { chosen: string; exact: string },
) {
  const few = chosen.length < 30;
  const top = 1.08 * Math.max(1e-12, ...chosen.map((p) => p.y), ...exact.map((p) => p.y));
  const xy = { x: 'x', y: 'y' } as const;
  return {
    x: {
      label: 't',
      ...countedOver([2, ...chosen.map((p) => p.x)]),
      ...(few ? { domain: [1, chosen.length + 2] } : {}),
    },
    y: { label: unit, domain: [0, top], ticks: 4, grid: true, tickFormat: '~g' },
    marginLeft: 56,
    marginBottom: 36,
    marks: [
      ...(few
        ? [
            ruleX(chosen, { ...xy, stroke: colours.p, strokeWidth: 6, strokeOpacity: 0.6 }),
            dot(exact, { ...xy, fill: colours.exact, r: 4 }),
          ]
        : [
            lineY(chosen, { ...xy, stroke: colours.p, strokeWidth: 2 }),
            lineY(exact, {
              ...xy,
              stroke: colours.exact,
              strokeWidth: 1.6,
              strokeDasharray: '4 3',
            }),
          ]),
      ruleY([0], { stroke: colours.muted }),
      lineLabels(
        [
          { points: chosen, name: names.chosen, colour: colours.p },
          {
            points: names.exact === names.chosen ? [] : exact,
            name: names.exact,
            colour: colours.exact,
          },
        ].flatMap(({ points, ...label }) =>
          points.length > 0 ? [{ ...highest(points), ...label }] : [],
        ),
        { anchor: 'start', above: 0 },
      ),
    ],
  } satisfies PlotOptions;
}
