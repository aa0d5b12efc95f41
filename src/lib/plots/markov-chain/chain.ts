/** Data and charts of a forward chain: its states, the histogram of its pixels, its mean and variance over time. */
import { rectY, ruleY } from '@observablehq/plot';
import { noiseVarianceWithoutRoot } from '../../math/mistakes/mistakes.ts';
import { histogramBins, moments, type Point, series, thinned } from '../../math/numerics/curves.ts';
import { normalCdf } from '../../math/numerics/special.ts';
import { forwardStep } from '../../math/process/forward.ts';
import type { Schedule } from '../../math/process/schedule.ts';
import { colours } from '../common/colours.ts';
import { type Curve, histogram, lines } from '../common/common.ts';

/** The right chain, and two wrong ones: β ε for √β ε; no factor √(1−β). */
export type ChainMode = 'right' | 'betaAsDeviation' | 'noShrinking';

/** x_0 … x_T, one step at a time. `noises[t-1]` is ε_t. */
export function runChain(
  x0: ArrayLike<number>,
  schedule: Schedule,
  noises: readonly Float64Array[],
  mode: ChainMode = 'right',
): Float64Array[] {
  const states: Float64Array[] = [Float64Array.from(x0)];
  const steps = Math.min(schedule.T, noises.length);
  for (let t = 1; t <= steps; t++) {
    const root = Math.sqrt(schedule.beta[t]);
    const before = states[t - 1];
    const noise = noises[t - 1];
    if (mode === 'noShrinking') states.push(before.map((x, i) => x + root * noise[i]));
    else if (mode === 'right') states.push(forwardStep(before, t, schedule, noise));
    // √β · (√β ε) = β ε
    else
      states.push(
        forwardStep(
          before,
          t,
          schedule,
          noise.map((e) => root * e),
        ),
      );
  }
  return states;
}

/** What theory says of x_t given the pixels of x_0: x_t = √ᾱ_t x_0 + noise of this variance, for t = 0..T. */
export function noiseVarianceOf(schedule: Schedule, mistake: boolean): Float64Array {
  return mistake ? noiseVarianceWithoutRoot(schedule) : schedule.noiseVariance;
}

/** Expected share per unit of x in each bin when every pixel is √ᾱ·x_0 + N(0, variance): a mixture, bin by bin. */
export function expectedBars(
  x0: ArrayLike<number>,
  scale: number,
  variance: number,
  [from, to]: readonly [number, number],
  count: number,
): Point[] {
  const width = (to - from) / count;
  const weights = new Map<number, number>();
  for (let i = 0; i < x0.length; i++) weights.set(x0[i], (weights.get(x0[i]) ?? 0) + 1 / x0.length);
  const deviation = Math.sqrt(variance);
  // Beyond nine deviations the tail is below 1e-18: no bar can show it, and its series is slow.
  const below = (edge: number, centre: number) =>
    Math.abs(edge - centre) < 9 * deviation
      ? normalCdf((edge - centre) / deviation)
      : edge > centre
        ? 1
        : 0;
  return Array.from({ length: count }, (_, i) => {
    const left = from + i * width;
    let share = 0;
    for (const [value, weight] of weights)
      share += weight * (below(left + width, scale * value) - below(left, scale * value));
    return { x: left + width / 2, y: share / width };
  });
}

/** What is written at the axes of a histogram. */
export interface HistogramAxes {
  value: string;
  density: string;
}

export interface PixelHistogram {
  axes: HistogramAxes;
  values: ArrayLike<number>;
  x0: ArrayLike<number>;
  /** √ᾱ_t, or whatever multiplies x_0. */
  scale: number;
  variance: number;
  mistake?: boolean;
  domain?: readonly [number, number];
  bins?: number;
  /** Upper end of the density axis; by default that of these bars alone. Histograms to compare need one for all. */
  top?: number;
}

/** The density axis that shows all of these histograms, bars and outlines: they can then be compared by eye. */
export function commonTop(histograms: readonly Omit<PixelHistogram, 'axes'>[]): number {
  const heights = histograms.flatMap(({ values, x0, scale, variance, domain, bins }) => [
    ...histogramBins(values, domain ?? DOMAIN, bins ?? BINS).map(({ density }) => density),
    ...expectedBars(x0, scale, variance, domain ?? DOMAIN, bins ?? BINS).map(({ y }) => y),
  ]);
  return 1.04 * Math.max(...heights);
}

const DOMAIN = [-4, 4] as const;
const BINS = 40;

/** Pixel values now, as bars, under the bars that theory expects, as outlines. */
export function pixelHistogram({
  values,
  x0,
  scale,
  variance,
  mistake = false,
  domain = DOMAIN,
  bins = BINS,
  top,
  axes,
}: PixelHistogram) {
  const expected = expectedBars(x0, scale, variance, domain, bins);
  const half = (domain[1] - domain[0]) / bins / 2;
  return histogram({
    values,
    domain,
    bins,
    colour: mistake ? colours.warn : colours.q,
    axes,
    top,
    extra: [
      rectY(expected, {
        x1: (d: Point) => d.x - half,
        x2: (d: Point) => d.x + half,
        y: 'y',
        stroke: colours.exact,
        strokeWidth: 1.5,
        fill: 'none',
      }),
      ruleY([0], { stroke: colours.muted }),
    ],
  });
}

export interface MomentPlot {
  states: readonly Float64Array[];
  schedule: Schedule;
  mistake: boolean;
  t: number;
  axes: { moments: string };
  /** Written at the lines. */
  names: { mean: string; variance: string; should: string };
}

/** Mean and variance of all pixels over t: measured, expected, and, under the mistake, what they should have been. */
export function momentPlot({ states, schedule, mistake, t, axes, names }: MomentPlot) {
  const start = moments(states[0]);
  const measured = thinned(0, states.length - 1).map((time) => ({
    time,
    ...moments(states[time]),
  }));
  const law = (wrong: boolean) => {
    const noise = noiseVarianceOf(schedule, wrong);
    return series(schedule.alphaBar.map((a, s) => a * start.variance + noise[s]));
  };
  const seen = mistake ? colours.warn : colours.q;
  const curves: Curve[] = [
    {
      points: measured.map((m) => ({ x: m.time, y: m.variance })),
      colour: seen,
      width: 3,
      name: names.variance,
    },
    {
      points: measured.map((m) => ({ x: m.time, y: m.mean })),
      colour: seen,
      width: 1.5,
      name: names.mean,
    },
    { points: law(mistake), colour: mistake ? colours.ink : colours.exact, dash: '5 3' },
    {
      points: series(schedule.alphaBar.map((a) => Math.sqrt(a) * start.mean)),
      colour: colours.exact,
      dash: '2 3',
    },
  ];
  if (mistake)
    curves.push({
      points: law(false),
      colour: colours.exact,
      dash: '5 3',
      name: names.should,
    });
  return lines({
    curves,
    x: { label: 't', domain: [0, schedule.T], counts: true },
    y: { label: axes.moments, domain: [-1, 1.4] },
    cursor: t,
    levels: [0, 1],
  });
}
