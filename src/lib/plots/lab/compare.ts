/** Losses of several runs over their steps, each line with its name at its end. */
import { lineY, type PlotOptions, ruleY, text } from '@observablehq/plot';
import { dashes, palette } from '../common/colours.ts';
import { countedOver } from '../common/wholeTicks.ts';

export interface ComparedCurve {
  name: string;
  points: readonly { step: number; smoothed: number }[];
}

/** A run has one colour and one pattern wherever it is shown. */
export const lookOf = (i: number) => ({ colour: palette[i], dash: dashes[i] });

/** Share of the axis between two names. */
const APART = 0.065;

/** Moves places that lie closer than `gap` apart, up, in their order; none below its own by more than that takes. */
export function spread(places: readonly number[], gap: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b]);
  const moved = [...places];
  for (let k = 1; k < order.length; k++)
    moved[order[k]] = Math.max(moved[order[k]], moved[order[k - 1]] + gap);
  return moved;
}

/** `labels`: of the axes. Logarithmic, so that runs of unlike losses are seen side by side. */
export function comparedCurves(
  curves: readonly ComparedCurve[],
  labels: { step: string; loss: string },
) {
  const lines = curves.map(({ points }) => points.filter(({ smoothed }) => smoothed > 0));
  const values = lines.flatMap((line) => line.map(({ smoothed }) => Math.log10(smoothed)));
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [-1, 0];
  const room = Math.max(0.1, high - low);
  const ends = lines.map((line) => Math.log10(line.at(-1)?.smoothed ?? 1));
  const names = spread(ends, APART * room);
  return {
    x: { label: labels.step, ...countedOver(lines.flat().map(({ step }) => step)) },
    y: {
      label: labels.loss,
      type: 'log',
      domain: [10 ** (low - 0.05 * room), 10 ** Math.max(high + 0.05 * room, ...names)],
      grid: true,
      ticks: 5,
      tickFormat: '~g',
    },
    marginLeft: 52,
    marginRight: 110,
    marginBottom: 36,
    marks: [
      ruleY([10 ** (low - 0.05 * room)], { stroke: 'var(--rule)' }),
      ...lines.map((line, i) =>
        lineY(line, {
          x: 'step',
          y: 'smoothed',
          stroke: lookOf(i).colour,
          strokeWidth: 2,
          strokeDasharray: lookOf(i).dash,
        }),
      ),
      ...lines.map((line, i) =>
        text(line.slice(-1), {
          x: 'step',
          y: () => 10 ** names[i],
          text: () => clipped(curves[i].name),
          fill: lookOf(i).colour,
          fontWeight: 600,
          textAnchor: 'start',
          dx: 6,
        }),
      ),
    ],
  } satisfies PlotOptions;
}

/** As much of a name as the margin has room for. */
const clipped = (name: string): string => (name.length > 16 ? `${name.slice(0, 15)}…` : name);
