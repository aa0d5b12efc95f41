/** Every path of the book, and two laws on it whose exact denoisers are known. */
import { type ExactDenoiser, finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { chainPath } from '../../src/lib/math/process/chain.ts';
import type { Path } from '../../src/lib/math/process/path.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';

export const schedule = makeSchedule('cosine', 20);
export const all: [string, Path][] = Object.entries({ ...PATHS, chain: chainPath(schedule) });

export const rows = [
  [-0.8, 0.3],
  [0.9, 0.6],
  [0.1, -1.1],
];
export const weights = [0.5, 0.2, 0.3];
export const components = [
  {
    weight: 0.4,
    mean: [0.7, -0.2],
    covariance: [
      [0.3, 0.1],
      [0.1, 0.2],
    ],
  },
  { weight: 0.6, mean: [-0.5, 0.4], covariance: [0.05, 0.4] },
];
export const denoisers = (path: Path): [string, ExactDenoiser][] => [
  ['finite', finiteDenoiser({ data: rows, weights, path })],
  ['mixture', mixtureDenoiser({ components, path })],
];
/** Times at which noise/signal is as given, and a noisy image of the size that is seen there. */
export const cases = (path: Path) =>
  [0.15, 0.6, 3].map((sigma) => {
    const t = path.time(sigma);
    const { signal, noise } = path.at(t);
    return { t, x: [0.4, -0.3].map((value) => value * Math.hypot(signal, noise)) };
  });
/** Each coordinate a little up and down. */
export const slopes = (f: (x: number[]) => number, x: number[], h: number): number[] =>
  x.map((_, k) => {
    const moved = (step: number) => f(x.map((value, j) => (j === k ? value + step : value)));
    return (moved(h) - moved(-h)) / (2 * h);
  });
