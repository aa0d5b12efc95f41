/** Still pictures of chapter 6. */
import { dot, type PlotOptions, ruleX } from '@observablehq/plot';
import type { Chart, Strip } from '../../src/components/prose/picture.ts';
import { guidedDenoiser } from '../../src/lib/math/exact/guidance.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { leading, linspaced, trailing } from '../../src/lib/math/samplers/spacings.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { gain } from '../numbers/answers.ts';
import { four, NOISES } from '../numbers/guidance.ts';
import { cosine, noiseOf, ten } from '../numbers/sampling.ts';
import { digitRows, knowing, named, still } from './common.ts';

const strides = ten.slice(0, -1).map((t, i) => ({ t, s: ten[i + 1] }));
/** Fresh noise of each of ten long steps, by either variance. */
export const freshNoise: Chart = named(
  (['beta', 'betaTilde'] as const).map((variance, i) => ({
    name: variance === 'beta' ? 'σ² = β' : 'σ² = β̃',
    colour: [colours.warn, colours.exact][i],
    dash: ['7 3', undefined][i],
    points: strides.map(({ t, s }) => ({ x: t, y: noiseOf(variance, t, s) ?? 0 })).reverse(),
  })),
  { label: 'step from t', domain: [0, cosine.T], counts: true },
  { label: 'fresh noise, standard deviation', domain: [0, 1.05] },
);

const LISTS = [
  { name: 'this book', times: ten.slice(0, -1), colour: colours.exact },
  { name: 'trailing', times: trailing(1000, 10), colour: colours.q },
  { name: 'linspace', times: linspaced(1000, 10), colour: colours.noise },
  { name: 'leading', times: leading(1000, 10), colour: colours.warn },
];
const dots = LISTS.flatMap(({ name, times, colour }) => times.map((t) => ({ name, t, colour })));
/** The times that ten steps of a thousand visit, by four conventions, counted as here from 1. */
export const grids: Chart = {
  options: {
    height: 170,
    x: { label: 't', domain: [1040, 0], ticks: 6, grid: true },
    y: { label: null, domain: LISTS.map(({ name }) => name) },
    marginLeft: 76,
    marginBottom: 36,
    marks: [
      ruleX([1000], { stroke: colours.muted, strokeDasharray: '2 4' }),
      dot(dots, { x: 't', y: 'name', fill: 'colour', r: 4.5 }),
    ],
  } satisfies PlotOptions,
};

const times = [...Array.from({ length: 100 }, (_, i) => 10 * i + 1), 999, 1000];
/** By how much an error of the network grows on its way into the guess of the picture. */
export const errorGrows: Chart = named(
  [
    { name: 'ε, linear', kind: 'linear', of: 'epsilon', colour: colours.q, dash: undefined },
    { name: 'ε, cosine', kind: 'cosine', of: 'epsilon', colour: colours.warn, dash: '7 3' },
    { name: 'v, cosine', kind: 'cosine', of: 'v', colour: colours.exact, dash: '2 3' },
  ].map(({ name, kind, of, colour, dash }) => ({
    ...{ name, colour, dash },
    points: times.map((t) => ({ x: t, y: gain(kind as 'linear', t, of as 'v') })),
  })),
  { label: 't', domain: [0, 1000], counts: true },
  { label: 'error of the picture, per error of the answer', domain: [0.01, 30_000], log: true },
);

const rows = digitRows(200);
const SEVENS = rows.filter((_, i) => i % 10 === 7);
/** Six draws for three strengths of guidance, both answers exact: of all digits, and of the sevens among them. */
export const guided: Strip[] = [0, 1, 3].map((g) => {
  const [all, some] = [rows, SEVENS].map((set) => knowing(set, cosine));
  const denoiser = guidedDenoiser(all, some, g).predict('epsilon');
  const draw = (seed: number) =>
    [
      ...sample({
        ...{ schedule: cosine, denoiser, prediction: 'epsilon', steps: 20, clip: true },
        ...{ xT: createRng(seed).fillNormal(new Float64Array(784)), rng: createRng(seed) },
        ...{ sampler: 'ddim', eta: 0 },
      }),
    ].at(-1)!.x;
  return {
    name: `g = ${g}`,
    role: 'p',
    images: [1, 2, 3, 4, 5, 6].map((seed) => still(draw(seed))),
  };
});

/** Shares of the two pictures of the class among guided draws of 2×2. */
export const guidedFour: Chart = named(
  [
    { name: 'diagonal', k: 1, colour: colours.p, dash: undefined },
    { name: 'all white', k: 0, colour: colours.warn, dash: '7 3' },
    { name: 'not asked for', k: 2, colour: colours.muted, dash: '2 3' },
  ].map(({ k, ...line }) => ({
    ...line,
    points: four.map(({ g, shares }) => ({ x: g, y: shares[k] })),
  })),
  { label: 'guidance g', domain: [0, 6] },
  { label: 'share of the draws', domain: [0, 1] },
);
const whole = (share: number) => `${(100 * share).toFixed(0)} %`;
export const guidedSummary = `Shares of three 2×2 pictures among ${NOISES} guided draws. ${four
  .map(
    ({ g, shares: [white, diagonal, other] }) =>
      `Guidance ${g}: all white ${whole(white)}, diagonal ${whole(diagonal)}, not asked for ${whole(other)}.`,
  )
  .join(' ')}`;
