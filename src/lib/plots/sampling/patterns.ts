/** How often each picture was drawn, beside how often it should be. */
import { barY, type PlotOptions, ruleY, tickY } from '@observablehq/plot';
import { colours } from '../common/colours.ts';

export interface PatternShare {
  /** Four digits, 1 for white: "1001". */
  pattern: string;
  /** Shares in [0, 1]. */
  drawn: number;
  data: number;
}

/** Bars: drawn. Ticks: the data's own share. */
export function patternShares(
  shares: readonly PatternShare[],
  colour: 'exact' | 'p',
  axes: { picture: string; share: string },
) {
  return {
    x: {
      type: 'band',
      label: axes.picture,
      tickRotate: shares.length > 4 ? -60 : 0,
      tickSize: 0,
    },
    y: { label: axes.share, ticks: 4, grid: true, percent: true },
    marginLeft: 44,
    marginBottom: shares.length > 4 ? 58 : 40,
    marks: [
      barY(shares, { x: 'pattern', y: 'drawn', fill: colours[colour], fillOpacity: 0.6 }),
      tickY(shares, { x: 'pattern', y: 'data', stroke: colours.ink, strokeWidth: 2 }),
      ruleY([0], { stroke: colours.muted }),
    ],
  } satisfies PlotOptions;
}
