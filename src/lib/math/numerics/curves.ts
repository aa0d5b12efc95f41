/** Numbers behind plots: thinned curves and histograms. Pure, no marks. */

export interface Point {
  x: number;
  y: number;
}

/** f on `count` equally spaced points of [from, to], ends included. */
export function sampled(
  f: (x: number) => number,
  [from, to]: readonly [number, number],
  count = 201,
): Point[] {
  return Array.from({ length: count }, (_, i) => {
    const x = from + ((to - from) * i) / (count - 1);
    return { x, y: f(x) };
  });
}

/** At most `most` of the indices first … last, evenly spread, both ends kept: a screen has no more columns. */
export function thinned(first: number, last: number, most = 240): number[] {
  const n = last - first + 1;
  if (n <= most) return Array.from({ length: Math.max(0, n) }, (_, i) => first + i);
  return Array.from({ length: most }, (_, i) => first + Math.round((i * (n - 1)) / (most - 1)));
}

/** Integers from first ≥ 1 to last: all of them near the start, then ever sparser, as on a logarithmic axis. */
export function thinnedLog(first: number, last: number, most = 240): number[] {
  if (last - first + 1 <= most) return thinned(first, last, most);
  const ratio = (last / first) ** (1 / (most - 1));
  const all = Array.from({ length: most }, (_, i) => Math.round(first * ratio ** i));
  return [...new Set([...all, ...thinned(first, last, most / 2)])].sort((a, b) => a - b);
}

/** values[t] for t = first … last as points; entries that are not finite are left out. */
export function series(values: ArrayLike<number>, first = 0, last = values.length - 1): Point[] {
  return thinned(first, last)
    .map((t) => ({ x: t, y: values[t] }))
    .filter(({ y }) => Number.isFinite(y));
}

export interface Bin {
  x1: number;
  x2: number;
  /** Share of all values per unit of x: the bars have total area 1 when no value lies outside. */
  density: number;
}

/** Histogram on equal bins of [from, to]. Values outside count towards the total, not towards a bar. */
export function histogramBins(
  values: ArrayLike<number>,
  [from, to]: readonly [number, number],
  count = 40,
): Bin[] {
  const width = (to - from) / count;
  const counts = new Float64Array(count);
  for (let i = 0; i < values.length; i++) {
    const at = values[i] === to ? count - 1 : Math.floor((values[i] - from) / width);
    if (at >= 0 && at < count) counts[at]++;
  }
  return Array.from(counts, (n, i) => ({
    x1: from + i * width,
    x2: from + (i + 1) * width,
    density: n / (values.length * width),
  }));
}

/** Mean and variance (divided by n) of a set of numbers. */
export function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return { mean, variance: squares / values.length };
}

export { normalPdf as normalDensity } from './gaussian.ts';
