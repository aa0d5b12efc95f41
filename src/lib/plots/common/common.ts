/** Shared shapes of the book's charts: plain data in, Observable Plot options out. */
import {
  dot,
  lineY,
  type Markish,
  type PlotOptions,
  rectY,
  ruleX,
  ruleY,
  type ScaleOptions,
} from '@observablehq/plot';
import { type Bin, histogramBins, type Point, sampled } from '../../math/numerics/curves.ts';
import { printTick } from '../../words/printNumber.ts';
import { colours } from './colours.ts';
import { lineLabels } from './lineLabels.ts';
import { countedOver } from './wholeTicks.ts';

export interface Curve {
  points: readonly Point[];
  colour: string;
  dash?: string;
  width?: number;
  /** Written at its end. */
  name?: string;
}
export interface Axis {
  label: string;
  domain?: readonly [number, number];
  log?: boolean;
  ticks?: number;
  /** It counts: steps of a chain or of training. Its ticks are whole numbers. */
  counts?: boolean;
}
export interface LinesOptions {
  curves: readonly Curve[];
  x: Axis;
  y: Axis;
  /** A vertical line at this x, with a dot on every curve. */
  cursor?: number;
  /** Horizontal lines: limits, floors. */
  levels?: readonly number[];
  height?: number;
  extra?: readonly Markish[];
}

const scale = (axis: Axis, values: Iterable<number> = []): ScaleOptions => ({
  label: axis.label,
  ...(axis.log ? { type: 'log' } : {}),
  ...(axis.domain ? { domain: [...axis.domain] } : {}),
  ...(axis.counts ? countedOver(axis.domain ?? values, axis.ticks) : { ticks: axis.ticks ?? 5 }),
  ...(axis.log ? { tickFormat: printTick } : {}),
  clamp: false,
});

/** Curves over one axis, with one cursor. On a log axis points that are not positive are left out. */
export function lines({ curves, x, y, cursor, levels = [], height, extra = [] }: LinesOptions) {
  const drawable = ({ x: px, y: py }: Point) => (!x.log || px > 0) && (!y.log || py > 0);
  const marks: Markish[] = levels.map((level) =>
    ruleY([level], { stroke: colours.muted, strokeDasharray: '2 4' }),
  );
  for (const { points, colour, dash, width = 2 } of curves) {
    const kept = points.filter(drawable);
    marks.push(
      lineY(kept, {
        x: 'x',
        y: 'y',
        stroke: colour,
        strokeWidth: width,
        strokeDasharray: dash,
        clip: true,
      }),
    );
  }
  if (cursor !== undefined) marks.push(...cursorMarks(cursor, curves, drawable));
  const names = labelsOf(curves, drawable, x.domain);
  if (names.length > 0) marks.push(lineLabels(names));
  marks.push(...extra);
  return {
    x: scale(
      x,
      curves.flatMap(({ points }) => points.map((p) => p.x)),
    ),
    y: { ...scale(y), grid: true },
    marginLeft: 48,
    marginBottom: 36,
    ...(height ? { height } : {}),
    marks,
  } satisfies PlotOptions;
}

/** The names of curves, each at the last point that is drawn. */
function labelsOf(
  curves: readonly Curve[],
  drawable: (p: Point) => boolean,
  domain?: readonly [number, number],
) {
  return curves.flatMap(({ points, colour, name }) => {
    const at = points.findLast((p) => drawable(p) && (!domain || p.x <= domain[1]));
    return name && at ? [{ ...at, name, colour }] : [];
  });
}

function cursorMarks(at: number, curves: readonly Curve[], drawable: (p: Point) => boolean) {
  const marks: Markish[] = [ruleX([at], { stroke: colours.accent, strokeWidth: 1.5 })];
  for (const { points, colour } of curves) {
    const here = nearest(points.filter(drawable), at);
    if (here) marks.push(dot([here], { x: 'x', y: 'y', fill: colour, r: 3.5, clip: true }));
  }
  return marks;
}

/** The point of a curve, sorted by x, that is nearest to x; none when the curve does not reach that far. */
export function nearest(points: readonly Point[], x: number): Point | undefined {
  if (points.length === 0) return undefined;
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].x < x) low = middle + 1;
    else high = middle;
  }
  const before = points[low - 1];
  const found = before && x - before.x < Math.abs(points[low].x - x) ? before : points[low];
  const spacing =
    points.length > 1 ? Math.abs(points[1].x - points[0].x) : Number.POSITIVE_INFINITY;
  return Math.abs(found.x - x) <= spacing ? found : undefined;
}

export interface HistogramOptions {
  values: ArrayLike<number>;
  domain: readonly [number, number];
  bins?: number;
  colour?: string;
  /** The theory: a density to lay over the bars. */
  density?: (x: number) => number;
  densityColour?: string;
  /** What is written at the axes. */
  axes: { value: string; density: string };
  height?: number;
  /** Top of the y axis; by default the tallest bar or the top of the curve. */
  top?: number;
  extra?: readonly Markish[];
}

/** Bars of area 1 against the density that theory says they should follow. */
export function histogram({
  values,
  domain,
  bins = 40,
  colour = colours.q,
  density,
  densityColour = colours.exact,
  axes,
  height,
  top,
  extra = [],
}: HistogramOptions) {
  const bars: Bin[] = histogramBins(values, domain, bins);
  const marks: Markish[] = [
    rectY(bars, {
      x1: 'x1',
      x2: 'x2',
      y: 'density',
      fill: colour,
      fillOpacity: 0.45,
      insetLeft: 0.5,
      insetRight: 0.5,
      clip: true,
    }),
    ruleY([0], { stroke: colours.muted }),
  ];
  if (density) {
    const curve = sampled(density, domain, 241);
    marks.push(lineY(curve, { x: 'x', y: 'y', stroke: densityColour, strokeWidth: 2, clip: true }));
  }
  marks.push(...extra);
  return {
    x: { label: axes.value, domain: [...domain], ticks: 7 },
    y: { label: axes.density, ticks: 4, grid: true, ...(top ? { domain: [0, top] } : {}) },
    marginLeft: 48,
    marginBottom: 36,
    ...(height ? { height } : {}),
    marks,
  } satisfies PlotOptions;
}
