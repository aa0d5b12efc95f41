import { dot, type PlotOptions } from '@observablehq/plot';
import { colours } from '../common/colours.ts';
import { lines } from '../common/common.ts';

/** Points x, y one after another. */
export function cloud(points: ArrayLike<number>, colour: string): PlotOptions {
  const rows = Array.from({ length: points.length / 2 }, (_, i) => ({
    x: points[2 * i],
    y: points[2 * i + 1],
  }));
  return {
    aspectRatio: 1,
    x: { domain: [-2, 2], ticks: 5, label: null },
    y: { domain: [-2, 2], ticks: 5, label: null },
    marks: [dot(rows, { x: 'x', y: 'y', r: 1.8, fill: colour, fillOpacity: 0.7, clip: true })],
  };
}

type Losses = readonly { step: number; loss: number }[];

/** The right run's loss and the broken one's, on a log axis. */
export function twoLosses(
  right: Losses,
  broken: Losses,
  axes: { step: string; loss: string },
  names: { right: string; broken: string },
): PlotOptions {
  const curve = (losses: Losses) =>
    losses
      .filter(({ loss }) => loss > 0 && Number.isFinite(loss))
      .map(({ step, loss }) => ({ x: step, y: loss }));
  return lines({
    curves: [
      { points: curve(right), colour: colours.exact, name: names.right },
      { points: curve(broken), colour: colours.warn, name: names.broken },
    ],
    x: { label: axes.step, counts: true },
    y: { label: axes.loss, log: true },
  });
}
