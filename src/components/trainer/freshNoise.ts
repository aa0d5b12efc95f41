/**
 * The seed of a drawing's noise. Null in the settings and "fresh" in an address (or nothing there) mean other noise at each
 * press of Sample; a number means that noise. A fresh seed follows from the run's seed and the number of the press, so it can
 * be told beside the picture, and drawn again.
 */
import { createRng } from '../../lib/math/numerics/rng.ts';
import { type Codec, integer } from '../controls/urlState.ts';

export const MOST_SEED = 4294967295;
/** The noise of the film, which every moment draws again. */
export const FILM_SEED = 7;

const LEAST = 100_000;

/** Six digits: short enough to be read beside a picture, and never the film's. `press` is 1, 2, 3, … */
export const freshSeed = (runSeed: number, press: number): number =>
  LEAST +
  createRng(runSeed)
    .fork('fresh noise')
    .fork(press)
    .int(9 * LEAST);

const seed = integer(0, MOST_SEED);

export const noiseSeed: Codec<number | null> = {
  expected: () => `a whole number from 0 to ${MOST_SEED}, or fresh`,
  parse: (text) => (text === 'fresh' ? null : seed.parse(text)),
  print: (value) => (value === null ? 'fresh' : seed.print(value)),
};
