/** The loss of a run over its steps: every batch, its running mean, and the floor no network can beat. */
import { areaY, lineY, type PlotOptions, ruleY, text } from '@observablehq/plot';
import { colours } from '../common/colours.ts';
import { countedOver } from '../common/wholeTicks.ts';

export interface LossBin {
  /** Last step of the bin. */
  step: number;
  /** Mean, least and largest batch loss of the bin. */
  loss: number;
  low: number;
  high: number;
  /** Running mean at the end of the bin. */
  smoothed: number;
}

export interface LossCurveOptions {
  log?: boolean;
  /** Exact least value, where it is known. */
  floor?: number;
  /** A value that is good, where no floor is known. */
  good?: number;
  /** What the lines are called; without it they bear no name. */
  says?: { exactFloor: (value: string) => string; goodLine: (value: string) => string };
}

/**
 * The y axis starts at 0 (below the floor, where there is one) and holds the whole running mean, also where it starts. Single
 * batches of the first plunge may lie above it.
 */
export function lossCurve(
  bins: readonly LossBin[],
  { log = false, floor, good, says }: LossCurveOptions = {},
) {
  const drawn = bins.filter((bin) => Number.isFinite(bin.smoothed) && (!log || bin.low > 0));
  const mark = floor ?? good;
  const top = topOf(drawn, mark);
  const bottom = log ? bottomOf(drawn, mark) : floor === undefined ? 0 : 0.6 * floor;
  const marks = [
    ruleY([bottom], { stroke: colours.rule }),
    areaY(drawn, {
      x: 'step',
      y1: 'low',
      y2: 'high',
      fill: colours.p,
      fillOpacity: 0.16,
      clip: true,
    }),
    lineY(drawn, { x: 'step', y: 'loss', stroke: colours.p, strokeOpacity: 0.35, clip: true }),
    lineY(drawn, { x: 'step', y: 'smoothed', stroke: colours.p, strokeWidth: 2.2, clip: true }),
  ];
  if (mark !== undefined) {
    const name = says?.[floor === undefined ? 'goodLine' : 'exactFloor'](mark.toFixed(4)) ?? '';
    marks.push(
      ruleY([mark], { stroke: colours.exact, strokeWidth: 1.8, strokeDasharray: '6 4' }),
      text([mark], {
        y: (value: number) => value,
        frameAnchor: 'right',
        text: () => name,
        fill: colours.exact,
        stroke: 'var(--paper)',
        strokeWidth: 4,
        dy: 11,
        textAnchor: 'end',
      }),
    );
  }
  return {
    x: {
      label: 'step',
      ...countedOver(drawn.map(({ step }) => step)),
    },
    y: {
      label: 'loss',
      type: log ? 'log' : 'linear',
      domain: [bottom, top],
      ticks: 5,
      grid: true,
      ...(log ? { tickFormat: '~g' } : {}),
    },
    marginLeft: 48,
    marginBottom: 36,
    marks,
  } satisfies PlotOptions;
}

function topOf(bins: readonly LossBin[], floor = 0): number {
  if (bins.length === 0) return 1;
  // The first tenth is the plunge from an untrained network: its single batches are not what the eye wants.
  const settled = bins.slice(Math.floor(bins.length / 10));
  const high = Math.max(...settled.map((bin) => Math.min(bin.high, 2.5 * bin.smoothed)));
  return Math.max(high, 1.15 * floor, ...bins.map(({ smoothed }) => 1.02 * smoothed));
}

function bottomOf(bins: readonly LossBin[], floor?: number): number {
  const least = Math.min(...bins.map((bin) => bin.low), floor ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(least) && least > 0 ? least / 1.3 : 1e-3;
}
