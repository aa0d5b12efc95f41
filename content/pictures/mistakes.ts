/** Still pictures of the chapter of mistakes that no other chapter has. */
import { dot, lineY, ruleY } from '@observablehq/plot';
import type { Chart } from '../../src/components/prose/picture.ts';
import { frechetBiasPlane } from '../../src/lib/math/judge/frechetBias.ts';
import { rawTimeEmbeddingRms } from '../../src/lib/math/mistakes/embedding.ts';
import { sampled } from '../../src/lib/math/numerics/curves.ts';
import { asMixture, mixtureLogPdf, normalPdf } from '../../src/lib/math/numerics/gaussian.ts';
import { makeSchedule, SCHEDULE_NAMES } from '../../src/lib/math/process/schedule.ts';
import { noisyPixel } from '../../src/lib/plots/bound/klFitter.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { example } from '../numbers/mistakes.ts';
import { named } from './common.ts';

/** √ᾱ over the last part of three chains of 1000 steps. */
export const signalLeft: Chart = named(
  (['scaledLinear', 'linear', 'cosine'] as const).map((kind, i) => ({
    name: SCHEDULE_NAMES[kind],
    colour: [colours.warn, colours.q, colours.exact][i],
    dash: ['7 3', undefined, '2 3'][i],
    points: Array.from(makeSchedule(kind, 1000).alphaBar, (a, t) => ({
      x: t,
      y: Math.sqrt(a),
    })).filter(({ x }) => x % 5 === 0),
  })),
  { label: 't', domain: [0, 1000], counts: true },
  { label: 'signal left, √ᾱ', domain: [0, 1.02] },
);

const REACH = [-3, 3] as const;
/** Where the example ends, for a white pixel and for all, beside N(0, 1). */
export const exampleEnd: Chart = named(
  [
    {
      name: 'x₂ of a white pixel',
      points: sampled(
        (x) => normalPdf(x, Math.sqrt(example.alphaBar[2]), example.noiseVariance[2]),
        REACH,
      ),
      colour: colours.q,
      dash: '2 3',
    },
    {
      name: 'x₂ of all pixels',
      points: sampled((x) => Math.exp(mixtureLogPdf(x, noisyPixel(example, 2))), REACH),
      colour: colours.exact,
    },
    {
      name: 'N(0, 1)',
      points: sampled((x) => normalPdf(x, 0, 1), REACH),
      colour: colours.warn,
      dash: '7 3',
    },
  ],
  { label: 'pixel', domain: REACH, ticks: 7 },
  { label: 'density', domain: [0, 0.8], ticks: 4 },
);

/** The spread of what a linear layer makes of the bare number t. */
export const bareTime: Chart = named(
  [
    {
      name: 't into two linear layers',
      points: sampled((t) => rawTimeEmbeddingRms(t, 16), [1, 1000], 60),
      colour: colours.warn,
    },
    {
      name: 'a list of sines and cosines',
      points: [
        { x: 1, y: Math.SQRT1_2 },
        { x: 1000, y: Math.SQRT1_2 },
      ],
      colour: colours.exact,
      dash: '7 3',
    },
  ],
  { label: 't', domain: [1, 1000], counts: true },
  { label: 'root mean square' },
);

const truth = noisyPixel(example, 1);
/** One bell over both bumps, and one on a single bump. */
export const coverOrSeek: Chart = named(
  [
    {
      name: 'truth',
      points: sampled((x) => Math.exp(mixtureLogPdf(x, truth)), REACH, 301),
      colour: colours.exact,
    },
    {
      name: 'covers: N(0, 1)',
      points: sampled((x) => normalPdf(x, 0, 1), REACH),
      colour: colours.q,
      dash: '7 3',
    },
    {
      name: 'seeks one',
      points: sampled(
        (x) => Math.exp(mixtureLogPdf(x, asMixture(truth.means[0], truth.variances[0]))),
        REACH,
        301,
      ),
      colour: colours.warn,
      dash: '2 3',
    },
  ],
  { label: 'pixel', domain: REACH, ticks: 7 },
  { label: 'density', domain: [0, 1.35], ticks: 4 },
);

const sizes = [3, 5, 10, 20, 50, 100, 200, 500, 1000];
const bias = sizes.map((n) => ({ x: n, y: frechetBiasPlane(n) }));
/** The Fréchet distance of n draws from their own law, in two dimensions: exactly 0 for an unbiased measure. */
export const frechetFalls: Chart = {
  ratio: 0.36,
  options: {
    x: {
      label: 'samples n',
      type: 'log',
      domain: [3, 1000],
      ticks: [3, 10, 30, 100, 300, 1000],
      tickFormat: '~s',
    },
    y: { label: 'Fréchet distance to its own law', grid: true, ticks: 4 },
    marginLeft: 48,
    marginBottom: 36,
    marks: [
      ruleY([0], { stroke: colours.exact, strokeDasharray: '7 3', strokeWidth: 1.5 }),
      lineY(bias, { x: 'x', y: 'y', stroke: colours.warn, strokeWidth: 2 }),
      dot(bias, { x: 'x', y: 'y', fill: colours.warn, r: 3.5 }),
    ],
  },
};
