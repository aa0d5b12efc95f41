/** Marks: the width that a network learned beside the best one, over t and along one line of x_t. */
import { dot, type PlotOptions } from '@observablehq/plot';
import type { Point } from '../../math/numerics/curves.ts';
import { colours } from '../common/colours.ts';
import { lines } from '../common/common.ts';

const dots = (points: readonly Point[]) =>
  points.length > 0 ? [dot(points, { x: 'x', y: 'y', fill: colours.p, r: 2.6, clip: true })] : [];

/** @param best of the exact denoiser. @param learned the network's means at each t. */
export const fractionsPlot = (
  best: readonly Point[],
  learned: readonly Point[],
  T: number,
  label: string,
): PlotOptions =>
  lines({
    curves: [{ points: best, colour: colours.exact, width: 2.2 }],
    x: { label: 't', domain: [1, T], counts: true },
    y: { label, domain: [-0.3, 1.3], ticks: 4 },
    levels: [0, 1],
    extra: dots(learned),
  });

/** The same at one t, over the value of a pixel. */
export const slicePlot = (
  best: readonly Point[],
  learned: readonly Point[],
  axes: { fraction: string; pixel: string },
): PlotOptions =>
  lines({
    curves: [{ points: best, colour: colours.exact, width: 2.2 }],
    x: { label: axes.pixel, domain: [best[0].x, best[best.length - 1].x], ticks: 5 },
    y: { label: axes.fraction, domain: [-0.3, 2.8], ticks: 5 },
    levels: [0, 1],
    extra: dots(learned),
  });
