/** Still pictures of chapter 3. */
import type { Chart, Strip } from '../../src/components/prose/picture.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  SCHEDULE_NAMES,
} from '../../src/lib/math/process/schedule.ts';
import { chainsOf, marginals } from '../../src/lib/plots/any-step/marginals.ts';
import { digit } from '../numbers/from-noise.ts';

const noise = createRng(11).fillNormal(new Float64Array(digit.length));
const TIMES = [1, 100, 200, 300, 400, 500, 700, 900, 1000];

/** The same digit in the same noise, a row for each schedule of 1000 steps. */
export const digitBySchedule: Strip[] = SCHEDULE_KINDS.map((kind, row) => ({
  name: SCHEDULE_NAMES[kind],
  role: 'q',
  images: TIMES.map((t) => ({
    values: diffuse(digit, t, makeSchedule(kind, 1000), noise),
    width: 28,
    height: 28,
    under: row === SCHEDULE_KINDS.length - 1 ? String(t) : undefined,
  })),
}));

const COIN = [-1, 1] as const;

/** q(x_t) of a pixel that is black or white with equal chance, over all t, with twelve chains. */
export const heat: Chart[] = (['linear', 'cosine'] as const).map((kind) => {
  const schedule = makeSchedule(kind, 1000);
  const chains = chainsOf(COIN, schedule, 12, createRng(`heat ${kind}`));
  return {
    title: SCHEDULE_NAMES[kind],
    ratio: 0.8,
    options: marginals({ values: COIN, schedule, chains, axes: { value: 'pixel' } }),
  };
});
