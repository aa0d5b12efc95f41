/** Programs of solvers on any path, with an exact denoiser. */

import { heunStep } from '../../src/lib/math/samplers/heun.ts';
import { midpointStep } from '../../src/lib/math/samplers/midpoint.ts';
import { moved, readingOf, strides, weightsOf } from '../../src/lib/math/samplers/program.ts';
import { sample, walk } from '../../src/lib/math/samplers/sample.ts';
import { denoiserOf } from './inputs.mjs';

const SILENT = {
  normal() {
    throw new Error('expected a program without noise');
  },
};

/** The state after each step. */
export function statesOf(moves, data, path, xT, rng = SILENT) {
  const { posteriorMean: denoiser } = denoiserOf(data, path);
  return [...walk(moves, path, { denoiser, prediction: 'x0', xT, rng })];
}

/** The same for a sampler of the book on a chain. */
export function chainStatesOf(schedule, times, data, xT, choice) {
  const { posteriorMean: denoiser } = denoiserOf(data, schedule);
  const walker = { denoiser, prediction: 'x0', xT, rng: SILENT };
  return [...sample({ ...walker, schedule, times, ...choice })];
}

/** x after one combination, from the denoiser's answer of some kind at time t. */
export const stepped = (x, step, { answer, kind, t, process, rng = SILENT }) =>
  moved([Float64Array.from(x)], weightsOf([step], readingOf(kind, t, process)), answer, rng)[0];

/** The moves from each point to the next by Heun, or by Euler. */
export const heun = (points) => stepsThrough(points, true);
export const euler = (points) => stepsThrough(points, false);

const stepsThrough = (points, corrected) =>
  strides(points).flatMap(([from, to]) => heunStep(from, to, corrected));

/** By the midpoint method; `middle` is the point between two. */
export const midpoint = (points, middle) =>
  strides(points).flatMap(([from, to]) => midpointStep(from, middle(from, to), to));
