/** Still pictures of chapter 11. */
import type { Chart } from '../../src/components/prose/picture.ts';
import { toyData } from '../../src/lib/data/toyData.ts';
import { pointwiseFraction } from '../../src/lib/math/bound/pointwiseWidth.ts';
import { sampled, thinnedLog } from '../../src/lib/math/numerics/curves.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { cosine100, cosine1000, greys, linear1000, pull } from '../numbers/learned-width.ts';
import { named } from './common.ts';

/** β̃ as a share of β along chains of three lengths. */
export const ratios: Chart = named(
  [10, 100, 1000].map((T, i) => {
    const { posteriorVariance, beta } = makeSchedule('linear', T);
    return {
      name: `T = ${T}`,
      points: thinnedLog(2, T).map((t) => ({ x: t / T, y: posteriorVariance[t] / beta[t] })),
      colour: [colours.q, colours.noise, colours.p][i],
      dash: ['9 3 2 3', '7 3', undefined][i],
    };
  }),
  { label: 't/T', domain: [0, 1] },
  { label: 'β̃/β', domain: [0, 1.05] },
  { levels: [1] },
);

const times = thinnedLog(2, 1000);
/** By how much the bound would pull on the guess where the simple loss pulls by 1. */
export const pulls: Chart = named(
  [
    { name: 'the simple loss', points: times.map((x) => ({ x, y: 1 })), colour: colours.q },
    {
      name: 'the bound, were it let',
      points: times.map((x) => ({ x, y: pull(x) })),
      colour: colours.p,
      dash: '7 3',
    },
  ],
  { label: 't', domain: [2, 1000], log: true },
  { label: 'weight of the error of ε', domain: [0.004, 2], log: true },
);

const NAMES = { betaTilde: 'σ² = β̃', beta: 'σ² = β', learned: 'best f at each xₜ' } as const;
const LOOKS = {
  betaTilde: { colour: colours.noise, dash: '2 3' },
  beta: { colour: colours.q, dash: '9 3 2 3' },
  learned: { colour: colours.p, dash: undefined },
} as const;
/** How grey the draws of the exact denoiser are in few steps. */
export const greySteps: Chart = named(
  greys.map(({ width, points }) => ({
    name: NAMES[width],
    points: points.filter(({ x }) => x <= 12),
    ...LOOKS[width],
  })),
  { label: 'steps', domain: [3, 12], counts: true },
  { label: 'grey', domain: [0.01, 0.5], log: true },
);

const fraction = pointwiseFraction({ schedule: cosine100, data: toyData('all16').data });
/** The best f of a pixel over its own value, at three times. */
export const overPixel: Chart = named(
  [30, 40, 50].map((t, i) => ({
    name: `t = ${t}`,
    points: sampled((x) => fraction([x, 0, 0, 0], t)[0], [-2.2, 2.2], 121),
    colour: [colours.q, colours.exact, colours.p][i],
    dash: ['9 3 2 3', undefined, '7 3'][i],
  })),
  { label: 'noisy pixel', domain: [-2.2, 2.2], ticks: 5 },
  { label: 'best f', domain: [-0.2, 4.6], ticks: 5 },
  { levels: [0, 1] },
);

/** ᾱ along the two schedules. */
export const signals: Chart = named(
  [
    { name: 'linear', schedule: linear1000, colour: colours.q, dash: '7 3' },
    { name: 'cosine', schedule: cosine1000, colour: colours.p, dash: undefined },
  ].map(({ schedule, ...look }) => ({
    ...look,
    points: Array.from({ length: 201 }, (_, i) => ({ x: i / 200, y: schedule.alphaBar[5 * i] })),
  })),
  { label: 't/T', domain: [0, 1] },
  { label: 'ᾱ', domain: [0, 1.02] },
);
