/** Still pictures of chapter 8. */
import { barX, dot, line, lineY, type PlotOptions, rectY, ruleX, text } from '@observablehq/plot';
import type { Chart } from '../../src/components/prose/picture.ts';
import { toyData } from '../../src/lib/data/toyData.ts';
import { discretizedLogProbability, evenLevels } from '../../src/lib/math/bound/decoder.ts';
import { exactBound } from '../../src/lib/math/bound/elbo.ts';
import { sampled } from '../../src/lib/math/numerics/curves.ts';
import { logPdf, normalPdf } from '../../src/lib/math/numerics/gaussian.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { firstVariance } from '../../src/lib/math/process/firstVariance.ts';
import { forwardStep } from '../../src/lib/math/process/forward.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { widthPoints } from '../../src/lib/plots/bound/learnedWidth.ts';
import { widthPlot } from '../../src/lib/plots/bound/learnedWidthPlot.ts';
import { type Piece, stack } from '../../src/lib/plots/bound/ledger.ts';
import { PART_COLOURS } from '../../src/lib/plots/bound/ledgerPlot.ts';
import { colours } from '../../src/lib/plots/common/colours.ts';
import { accounts, learned } from '../numbers/bound.ts';

const xy = { x: 'x', y: 'y' } as const;
const [from, to] = [1, 3].map((x) => ({ x, y: Math.log(x) }));
const [above, below] = [
  { x: 2, y: Math.log(2), name: `log 2 = ${Math.log(2).toFixed(3)}` },
  { x: 2, y: Math.log(3) / 2, name: `½ log 3 = ${(Math.log(3) / 2).toFixed(3)}` },
];
/** The logarithm bends down: the chord from 1 to 3 lies below it. */
export const chord: Chart = {
  ratio: 0.5,
  options: {
    x: { label: 'x', domain: [0.4, 4], ticks: 4 },
    y: { label: 'log x', domain: [-0.9, 1.5], ticks: 5, grid: true },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      lineY(sampled(Math.log, [0.41, 4]), { ...xy, stroke: colours.exact, strokeWidth: 2.4 }),
      line([from, to], { ...xy, stroke: colours.p, strokeWidth: 2, strokeDasharray: '7 3' }),
      line([above, below], { ...xy, stroke: colours.muted, strokeDasharray: '2 3' }),
      dot([from, to], { ...xy, fill: colours.p, r: 4 }),
      dot([above], { ...xy, fill: colours.exact, r: 4.5 }),
      dot([below], { ...xy, fill: colours.p, r: 4.5 }),
      text([above], { ...xy, text: 'name', dy: -12, dx: -6, textAnchor: 'end', fill: colours.ink }),
      text([below], { ...xy, text: 'name', dy: 14, dx: 8, textAnchor: 'start', fill: colours.ink }),
    ],
  } satisfies PlotOptions,
};

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const rows = { exact: 'exact kernel', betaTilde: 'σ² = β̃', beta: 'σ² = β' };
const bars = accounts.flatMap(({ variance, start, steps, entropy, bound }) => {
  const sorted = (name: string, pieces: Piece[]) => stack(`${rows[variance]}, ${name}`, pieces);
  return [
    ...sorted('by terms', [
      ['reconstruction', bound.reconstruction, 'L₀'],
      ['diffusion', bound.diffusion[2], 'L₁'],
      ['information', bound.prior, 'L₂'],
    ]),
    ...sorted('by fault', [
      ['prior', entropy, 'H', 1],
      ['diffusion', sum(steps), 'steps'],
      ['mismatch', start, 'start'],
    ]),
  ];
});
const order = [...new Set(bars.map(({ row }) => row))];
/** The same bound sorted in two ways, for three models of the sixteen images at T = 2. */
export const twoSortings: Chart = {
  options: {
    height: 60 + 30 * order.length,
    x: { label: 'nats', ticks: 5, grid: true },
    y: { label: null, domain: order },
    marginLeft: 152,
    marginBottom: 36,
    marks: [
      barX(bars, {
        y: 'row',
        x1: 'from',
        x2: 'to',
        fill: (d: (typeof bars)[number]) => (d.shade ? colours.rule : PART_COLOURS[d.part]),
        inset: 2,
      }),
      text(
        bars.filter(({ from, to }) => to - from > 0.4),
        {
          y: 'row',
          x: (d: (typeof bars)[number]) => (d.from + d.to) / 2,
          text: 'name',
          fill: (d: (typeof bars)[number]) => (d.shade ? colours.ink : 'var(--paper)'),
          fontWeight: 600,
        },
      ),
      ruleX([accounts[0].entropy], {
        stroke: colours.exact,
        strokeDasharray: '4 3',
        strokeWidth: 1.5,
      }),
    ],
  } satisfies PlotOptions,
};

/** Where each learned width ends between β̃ (0) and β (1): sixteen images, linear, T = 100. */
export const learnedWidths: Chart = {
  ratio: 0.36,
  options: widthPlot(widthPoints(learned.learned!.v), [], 100),
};

const levels = evenLevels(256);
const bin = levels[1] - levels[0];
const [centre, middle] = [levels[128], 128];
const thousand = makeSchedule('linear', 1000);
/** The last bell of a right guess over the bins of 256 grey levels, by either first variance. */
export const lastBins: Chart[] = (['beta1', 'betaTilde2'] as const).map((name) => {
  const variance = firstVariance(thousand, name);
  const reach = [centre - 4.5 * bin, centre + 4.5 * bin] as const;
  const shares = Array.from({ length: 9 }, (_, i) => {
    const level = levels[middle - 4 + i];
    const share = Math.exp(discretizedLogProbability(level, centre, variance, levels));
    return { x1: level - bin / 2, x2: level + bin / 2, y: share / bin };
  });
  return {
    title: name === 'beta1' ? 'σ₁² = β₁' : 'σ₁² = β̃₂',
    ratio: 0.7,
    options: {
      x: { label: 'pixel', domain: [...reach], ticks: 4, tickFormat: '.3f' },
      y: { label: 'density', domain: [0, 65], ticks: 4, grid: true },
      marginLeft: 44,
      marginBottom: 36,
      marks: [
        rectY(shares, {
          x1: 'x1',
          x2: 'x2',
          y: 'y',
          fill: colours.noise,
          fillOpacity: 0.4,
          inset: 0.5,
        }),
        lineY(
          sampled((x) => normalPdf(x, centre, variance), reach),
          { ...xy, stroke: colours.p, strokeWidth: 2 },
        ),
      ],
    } satisfies PlotOptions,
  };
});

/** log q(x_t|x_0) along one chain of one white pixel, linear, ten steps: the fractions of the telescope are its jumps. */
export const telescope: Chart = (() => {
  const ten = makeSchedule('linear', 10);
  const rng = createRng('telescope');
  const heights: { t: number; y: number }[] = [];
  let x: Float64Array = Float64Array.of(1);
  for (let t = 1; t <= ten.T; t++) {
    x = forwardStep(x, t, ten, [rng.normal()]);
    heights.push({ t, y: logPdf(x[0], Math.sqrt(ten.alphaBar[t]), ten.noiseVariance[t]) });
  }
  const jumps = heights.slice(1).map(({ t, y }, i) => ({ t, from: heights[i].y, to: y }));
  const ends = [heights[0], heights[heights.length - 1]];
  return {
    ratio: 0.4,
    options: {
      x: { label: 't', domain: [0.5, 10.5], ticks: 10 },
      y: { label: 'log q(xₜ | x₀)', ticks: 5, grid: true },
      marginLeft: 48,
      marginBottom: 36,
      marks: [
        ruleX(jumps, {
          ...{ x: 't', y1: 'from', y2: 'to', strokeWidth: 9, strokeOpacity: 0.55 },
          stroke: (d: (typeof jumps)[number]) => (d.to > d.from ? colours.exact : colours.warn),
        }),
        dot(heights, { x: 't', y: 'y', fill: colours.ink, r: 2.5 }),
        dot(ends, { x: 't', y: 'y', stroke: colours.q, strokeWidth: 2.5, r: 7 }),
      ],
    },
  };
})();

const three = exactBound({
  ...{ schedule: scheduleFromBetas([0.1, 0.2, 0.3]), ...toyData('all16') },
  ...{ variance: 'betaTilde', decoder: 'exact' },
});
/** The terms of the sixteen images in three steps, nats: L₀, L₁, L₂, L₃. */
export const threeSteps = [
  three.reconstruction,
  three.diffusion[2],
  three.diffusion[3],
  three.prior,
];
