/** Still pictures of chapter 9. */
import type { Chart } from '../../src/components/prose/picture.ts';
import { toyData } from '../../src/lib/data/toyData.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { sampled } from '../../src/lib/math/numerics/curves.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { longest } from '../numbers/bound-to-loss.ts';
import { named } from './common.ts';

const { lossFloor } = finiteDenoiser({ ...toyData('all16'), schedule: longest });
const floors = Array.from({ length: longest.T }, (_, i) => ({
  x: i + 1,
  y: lossFloor(i + 1, 'epsilon') / 4,
}));
/** Mean square of the best guess of ε over t, and what is missing to 1: the floor. */
export const bestIsShort: Chart = named(
  [
    {
      name: 'mean square of the best guess of ε',
      points: floors.map(({ x, y }) => ({ x, y: 1 - y })),
      colour: colours.exact,
    },
    { name: 'its least error, the floor', points: floors, colour: colours.p, dash: '7 3' },
  ],
  { label: 't', domain: [1, longest.T], counts: true },
  { label: 'per pixel', domain: [0, 1.05] },
  { levels: [1] },
);
/** The smallest mean square, as a length: root mean square of the best guess. */
export const shortest = floors.reduce((a, b) => (b.y > a.y ? b : a));

/** A clean pixel that is +1 with probability `WHITE`, else −1: the average loss of each answer. */
export const WHITE = 0.7;
const HUBER = 0.5;
const LOSSES = {
  'L2, squared error': (e: number) => e * e,
  'L1, absolute error': Math.abs,
  [`Huber, δ = ${HUBER}`]: (e: number) =>
    Math.abs(e) <= HUBER ? (e * e) / 2 : HUBER * (Math.abs(e) - HUBER / 2),
} as const;
const average = (loss: (e: number) => number) => (answer: number) =>
  WHITE * loss(1 - answer) + (1 - WHITE) * loss(-1 - answer);
const curves = Object.entries(LOSSES).map(([name, loss], i) => ({
  name,
  points: sampled(average(loss), [-1.3, 1.3], 2601),
  colour: [colours.exact, colours.warn, colours.noise][i],
  dash: [undefined, '7 3', '2 3'][i],
}));
/** The answer with the least loss, by name. */
export const bestAnswers = curves.map(({ name, points }) => ({
  name,
  answer: points.reduce((a, b) => (b.y < a.y - 1e-12 ? b : a)).x,
}));
export const lossShapes: Chart = named(
  curves,
  { label: 'answer for the clean pixel', domain: [-1.3, 1.3], ticks: 7 },
  { label: 'average loss', domain: [0, 2.2], ticks: 4 },
);
