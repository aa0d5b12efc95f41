/** Programs of solvers on any path, with an exact denoiser. */
import { walk } from '../../src/lib/math/sample.ts';
import { heunStep } from '../../src/lib/math/samplers/heun.ts';
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

/** The moves from each point to the next by Heun, or by Euler. */
export const heun = (points) => stepsThrough(points, true);
export const euler = (points) => stepsThrough(points, false);

const stepsThrough = (points, corrected) =>
  points.slice(1).flatMap((to, i) => heunStep(points[i], to, corrected));
