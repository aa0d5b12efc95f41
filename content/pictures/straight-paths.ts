/** Still pictures of the chapter on straight paths. */
import { arrow, dot, line, type PlotOptions, text } from '@observablehq/plot';
import type { Chart } from '../../src/components/prose/picture.ts';
import { sampled } from '../../src/lib/math/numerics/curves.ts';
import { FLOW_CODES } from '../../src/lib/math/process/flowCodes.ts';
import { matchingTime } from '../../src/lib/math/process/process.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { type Curve, lines } from '../../src/lib/plots/common/common.ts';
import { lineLabels } from '../../src/lib/plots/common/lineLabels.ts';
import { crossing, ONE_OF_TWO } from '../../src/lib/plots/straight-paths/crossing.ts';
import { circle, path } from '../numbers/straight-paths.ts';

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
    y: { label: 'x', domain: [-2.2, 2.2], ticks: 5 },
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
export const widths: Chart = {
  ratio: 0.4,
  options: lines({
    curves: [
      { points: sampled(width(path), [0, 1], 61), colour: colours.exact },
      { points: sampled(width(circle), [0, 1], 61), colour: colours.q, dash: '7 3' },
    ],
    x: { label: 't', domain: [0, 1] },
    y: { label: 'standard deviation of x at t', domain: [0, 1.15] },
    extra: [
      lineLabels([
        { x: 0.58, y: 0.58, name: 'straight', colour: colours.exact },
        { x: 0.66, y: 1, name: 'variance-preserving', colour: colours.q },
      ]),
    ],
  }),
};

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
const families: Chart = {
  title: 'signal and noise',
  // As high as it is wide without the margins: a circle is one.
  ratio: 0.96,
  options: {
    x: { label: 'signal', domain: [0, 1.15], ticks: 5 },
    y: { label: 'noise', domain: [0, 1.15], ticks: 5, grid: true },
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
        { x: 0.42, y: 0.42, name: 'straight', colour: colours.exact },
        { x: 1.15, y: 1.02, name: 'variance-preserving', colour: colours.q },
      ]),
    ],
  } satisfies PlotOptions,
};

/** Eight even steps of each, on the clock of the straight path. */
const EIGHT = Array.from({ length: 9 }, (_, i) => 1 - i / 8);
const chain = makeSchedule('cosine', 200);
const stops = [
  ...EIGHT.map((t) => ({ name: 'straight', t, colour: colours.exact })),
  ...EIGHT.map((part) => ({
    name: 'chain',
    t: part === 0 ? 0 : matchingTime(chain, Math.round(200 * part), path).t,
    colour: colours.q,
  })),
];
const stopsOf: Chart = {
  title: 'eight even steps of each',
  ratio: 0.96,
  options: {
    x: { label: 't of the straight path', domain: [1.04, -0.04], ticks: 5, grid: true },
    y: { label: null, domain: ['straight', 'chain'], padding: 0.6 },
    marginLeft: 60,
    marginBottom: 36,
    marks: [dot(stops, { x: 't', y: 'name', fill: 'colour', r: 4.5 })],
  } satisfies PlotOptions,
};
export const family: Chart[] = [families, stopsOf];

/** The clock of each code from its 0 to its 1, from left (data) to right (noise). */
const clocks = Object.values(FLOW_CODES).map((code) => ({
  name: code.name,
  from: code.data,
  to: 1 - code.data,
  first: '0',
  last: String(code.told),
  colour: code.data === 0 ? colours.exact : colours.warn,
}));
const beyond = (end: number) => 1.12 * end - 0.06;
export const clocksOf: Chart = {
  options: {
    height: 190,
    x: {
      label: null,
      domain: [-0.12, 1.12],
      ticks: [0, 1],
      tickFormat: (t) => (t ? 'noise' : 'data'),
    },
    y: { label: null, domain: clocks.map(({ name }) => name) },
    marginLeft: 108,
    marginBottom: 30,
    marks: [
      arrow(clocks, {
        ...{ x1: 'from', x2: 'to', y1: 'name', y2: 'name', stroke: 'colour' },
        ...{ strokeWidth: 2.2, headLength: 9, inset: 4 },
      }),
      text(clocks, { x: ({ from }) => beyond(from), y: 'name', text: 'first', fill: 'colour' }),
      text(clocks, { x: ({ to }) => beyond(to), y: 'name', text: 'last', fill: 'colour' }),
    ],
  } satisfies PlotOptions,
};
