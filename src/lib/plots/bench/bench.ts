/** Training steps of several engines as bars: shorter is better. */
import { barX, type PlotOptions, text } from '@observablehq/plot';
import { printMs } from '../../words/printMs.ts';
import { colours } from '../common/colours.ts';

export interface BenchBar {
  /** What was timed, e.g. 'wasm · ours'. */
  name: string;
  ours: boolean;
  /** Milliseconds. */
  median: number;
}

/** Log scale, because engines differ a hundredfold; every bar carries its number. */
export function benchBars(bars: readonly BenchBar[]) {
  const least = Math.min(...bars.map(({ median }) => median));
  const greatest = Math.max(...bars.map(({ median }) => median));
  const from = least / 3;
  return {
    height: Math.max(160, 60 + 34 * bars.length),
    marginLeft: 104,
    marginRight: 24,
    marginBottom: 36,
    x: {
      type: 'log',
      label: 'ms for a training step (log scale)',
      domain: [from, greatest * 2.2],
      ticks: 4,
      tickFormat: '~s',
      grid: true,
    },
    y: { label: null, domain: bars.map(({ name }) => name) },
    marks: [
      barX(bars, {
        y: 'name',
        x1: from,
        x2: 'median',
        fill: (bar: BenchBar) => (bar.ours ? colours.p : colours.muted),
        fillOpacity: (bar: BenchBar) => (bar.ours ? 0.85 : 0.45),
        insetTop: 2,
        insetBottom: 2,
      }),
      text(bars, {
        y: 'name',
        x: 'median',
        text: (bar: BenchBar) => printMs(bar.median),
        textAnchor: 'start',
        dx: 5,
        fill: colours.ink,
      }),
    ],
  } satisfies PlotOptions;
}
