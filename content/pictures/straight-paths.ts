/** Still pictures of the chapter on straight paths. */
import { dot, line, type PlotOptions } from '@observablehq/plot';
import type { Chart } from '../../src/components/prose/picture.ts';
import { sampled } from '../../src/lib/math/numerics/curves.ts';
import { matchingTime } from '../../src/lib/math/process/process.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { type Curve, lines } from '../../src/lib/plots/common/common.ts';
import { lineLabels } from '../../src/lib/plots/common/lineLabels.ts';
import { crossing, ONE_OF_TWO } from '../../src/lib/plots/straight-paths/crossing.ts';
import { circle, path } from '../numbers/straight-paths.ts';
import { named } from './common.ts';

const NOISES = Array.from({ length: 16 }, (_, i) => (i - 7.5) * 0.27);
const ways = crossing(NOISES, 60);
const between = (end: (i: number) => number, colour: string): Curve[] =>
  NOISES.map((noise, i) => ({
    colour,
    width: 1.2,
    points: [
      { x: 0, y: end(i) },
      { x: 1, y: noise },
    ],
  }));
const chart = (title: string, curves: Curve[]): Chart => ({
  title,
  ratio: 0.9,
  options: lines({
    curves,
    x: { label: 't', domain: [0, 1], ticks: 3 },
    y: { label: '', domain: [-2.2, 2.2], ticks: 5 },
  }),
});

/** Lines by chance, the flow along their mean, and lines from each noise to its own end. */
export const threeCouplings: Chart[] = [
  chart(
    'lines by chance',
    between((i) => ONE_OF_TWO[i % ONE_OF_TWO.length], colours.muted),
  ),
  chart(
    'along their mean',
    ways.map((points) => ({ points, colour: colours.exact, width: 1.4 })),
  ),
  chart(
    'lines by the flow',
    between((i) => ways[i][0].y, colours.q),
  ),
];

const width = (on: typeof path) => (t: number) => {
  const { signal, noise } = on.at(t);
  return Math.hypot(signal, noise);
};
/** Standard deviation of x_t, where that of the data is 1. */
export const widths: Chart = named(
  [
    { name: 'straight', points: sampled(width(path), [0, 1], 61), colour: colours.exact },
    {
      name: 'variance-preserving',
      points: sampled(width(circle), [0, 1], 61),
      colour: colours.q,
      dash: '7 3',
    },
  ],
  { label: 't', domain: [0, 1] },
  { label: 'standard deviation of x at t', domain: [0, 1.15] },
);

const STOPS = [0.2, 0.4, 0.6, 0.8];
const placed = (on: typeof path, t: number) => {
  const { signal, noise } = on.at(t);
  return { x: signal, y: noise };
};
const curve = (on: typeof path) =>
  Array.from({ length: 61 }, (_, i) => placed(on, (on.range[1] * i) / 60));
const rays = STOPS.map((t) => {
  const here = placed(path, t);
  const there = placed(circle, matchingTime(path, t, circle).t);
  return { here, there };
});
/** Signal and noise of both paths, and the places where they are equally noisy: on one ray from the corner. */
export const family: Chart = {
  ratio: 0.8,
  options: {
    x: { label: 'signal', domain: [0, 1.1], ticks: 5 },
    y: { label: 'noise', domain: [0, 1.1], ticks: 5, grid: true },
    aspectRatio: 1,
    marginLeft: 48,
    marginBottom: 36,
    marks: [
      ...rays.map(({ there }) =>
        line([{ x: 0, y: 0 }, there], {
          x: 'x',
          y: 'y',
          stroke: colours.muted,
          strokeDasharray: '2 4',
        }),
      ),
      line(curve(path), { x: 'x', y: 'y', stroke: colours.exact, strokeWidth: 2.2 }),
      line(curve(circle), { x: 'x', y: 'y', stroke: colours.q, strokeWidth: 2.2 }),
      dot(
        rays.map(({ here }) => here),
        { x: 'x', y: 'y', fill: colours.exact, r: 4.5 },
      ),
      dot(
        rays.map(({ there }) => there),
        { x: 'x', y: 'y', fill: colours.q, r: 4.5 },
      ),
      lineLabels([
        { ...placed(path, 0.5), name: 'straight', colour: colours.exact },
        { ...placed(circle, 0.33), name: 'variance-preserving', colour: colours.q },
      ]),
    ],
  } satisfies PlotOptions,
};
