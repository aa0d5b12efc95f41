import { arrow, dot, type PlotOptions, ruleY } from '@observablehq/plot';
import { colours } from '../common/colours.ts';
import { lines } from '../common/common.ts';

interface Arrow {
  u: number;
  w: number;
  u2: number;
  w2: number;
}

/** Where a denoiser pulls the points of a plane: the exact one and, once trained, the network. */
export function sliceField(
  exact: readonly Arrow[],
  learned: readonly Arrow[],
  images: readonly { u: number; w: number }[],
  axes: { checkerboard: string; white: string },
): PlotOptions {
  const marks = (arrows: readonly Arrow[], stroke: string, strokeWidth: number) =>
    arrow(arrows, { x1: 'u', y1: 'w', x2: 'u2', y2: 'w2', stroke, strokeWidth, headLength: 5 });
  return {
    aspectRatio: 1,
    marginBottom: 40,
    marginTop: 28,
    x: { label: axes.checkerboard, domain: [-3.6, 3.6], ticks: 5 },
    y: { label: axes.white, domain: [-3.6, 3.6], ticks: 5 },
    marks: [
      marks(exact, colours.exact, 3),
      marks(learned, colours.p, 1.2),
      dot(images, { x: 'u', y: 'w', r: 5, fill: colours.ink }),
    ],
  };
}

export interface LossAtT {
  t: number;
  /** NaN before there is a network. */
  mean: number;
  standardError: number;
  floor: number;
}

/** The network's loss at each t above the least possible one. */
export function lossOverT(
  points: readonly LossAtT[],
  axes: { loss: string },
  names: { exact: string; network: string },
): PlotOptions {
  const measured = points.filter(({ mean }) => Number.isFinite(mean));
  const curve = (of: readonly LossAtT[], y: (p: LossAtT) => number) =>
    of.map((p) => ({ x: p.t, y: y(p) }));
  return lines({
    curves: [
      { points: curve(points, (p) => p.floor), colour: colours.exact, width: 3, name: names.exact },
      { points: curve(measured, (p) => p.mean), colour: colours.p, name: names.network },
    ],
    x: { label: 't', counts: true },
    y: { label: axes.loss },
    extra: [
      dot(points, { x: 't', y: 'floor', fill: colours.exact, r: 4 }),
      dot(measured, { x: 't', y: 'mean', fill: colours.p, r: 4 }),
      ruleY([0], { stroke: colours.rule }),
    ],
  });
}
