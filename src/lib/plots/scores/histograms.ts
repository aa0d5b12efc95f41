/** Particles as a histogram under the density that they should have, and their ways over time. */
import { line, lineY, type PlotOptions, rectY, ruleX, ruleY } from '@observablehq/plot';
import { lineDensity } from '../../math/exact/lineLaw.ts';
import type { Paths } from '../../math/samplers/particles.ts';
import { colours } from '../common/colours.ts';
import { LAW, schedule, T } from './line.ts';

const [FROM, TO, BINS] = [-3.2, 3.2, 48];
const WIDTH = (TO - FROM) / BINS;
const PLACES = Array.from({ length: 241 }, (_, i) => FROM + ((TO - FROM) * i) / 240);

export interface HistogramAxes {
  value: string;
  density: string;
  time: string;
}

/** The histogram of a cloud at time t, and the exact density over it. */
export function cloudPlot(
  particles: ArrayLike<number>,
  t: number,
  colour: string,
  axes: HistogramAxes,
): PlotOptions {
  const counts = new Float64Array(BINS);
  for (let i = 0; i < particles.length; i++) {
    const bin = Math.floor((particles[i] - FROM) / WIDTH);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  const bars = Array.from(counts, (count, i) => ({
    x1: FROM + i * WIDTH,
    x2: FROM + (i + 1) * WIDTH,
    y: count / (Math.max(1, particles.length) * WIDTH),
  }));
  const curve = PLACES.map((x) => ({ x, y: lineDensity(LAW, schedule, t, x) }));
  const top = Math.max(...curve.map(({ y }) => y), ...bars.map(({ y }) => y));
  return {
    x: { label: axes.value, domain: [FROM, TO], ticks: 7 },
    y: { label: axes.density, domain: [0, 1.05 * top], ticks: 4, grid: true },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      rectY(bars, { x1: 'x1', x2: 'x2', y: 'y', fill: colour, fillOpacity: 0.35, insetLeft: 0.5 }),
      lineY(curve, { x: 'x', y: 'y', stroke: colours.exact, strokeWidth: 2.2 }),
      ruleY([0], { stroke: colours.muted }),
    ],
  };
}

/** Every so many of the particles on their whole way, noise on the left. */
export function waysPlot(
  { times, frames }: Paths,
  t: number,
  colour: string,
  axes: HistogramAxes,
  shown = 14,
): PlotOptions {
  const size = frames.length / times.length;
  const points = Array.from({ length: shown }, (_, n) => {
    const particle = Math.floor(((n + 0.5) / shown) * size);
    return times.map((time, i) => ({ t: time, x: frames[i * size + particle], particle }));
  }).flat();
  return {
    x: { label: axes.time, domain: [T, 0], ticks: 5 },
    y: { label: axes.value, domain: [FROM, TO], ticks: 5, grid: true },
    marginLeft: 44,
    marginBottom: 36,
    marks: [
      line(points, {
        x: 't',
        y: 'x',
        z: 'particle',
        stroke: colour,
        strokeWidth: 1,
        strokeOpacity: 0.8,
      }),
      ruleX([t], { stroke: colours.accent, strokeWidth: 1.5 }),
    ],
  };
}
