/** Inputs that several topics share, as floor 0 takes them. */

import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { gaussianFlow } from '../../src/lib/math/exact/gaussianFlow.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { isSchedule } from '../../src/lib/math/process/process.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { subVp } from '../../src/lib/math/process/subVp.ts';
import { varianceExploding } from '../../src/lib/math/process/varianceExploding.ts';
import { variancePreserving } from '../../src/lib/math/process/variancePreserving.ts';
import { part } from './judge.mjs';

/** { kind, T } or { betas }. */
export const scheduleOf = ({ kind, T, betas }) =>
  betas ? scheduleFromBetas(betas) : makeSchedule(kind, T);

const componentsOf = ({ weights, means, covariances }) =>
  weights.map((weight, k) => ({ weight, mean: means[k], covariance: covariances[k] }));

/** Finite { rows, weights } or a mixture { weights, means, covariances }, on a schedule or a path. */
export function denoiserOf(data, process) {
  const on = isSchedule(process) ? { schedule: process } : { path: process };
  return data.rows
    ? finiteDenoiser({ data: data.rows, weights: data.weights, ...on })
    : mixtureDenoiser({ components: componentsOf(data), ...on });
}

/** Far below what is allowed, and above rounding. */
export const TIGHT = { absolute: 1e-13, relative: 1e-12 };

/** What the probability-flow ODE of some data on a path is solved with. */
export const flowOf = (data, path) => ({ denoiser: denoiserOf(data, path), path, ...TIGHT });

/** The flow of data that is one Gaussian, in closed form; null of other data. */
export function gaussianFlowOf(data, path) {
  if (data.means?.length !== 1) return null;
  return gaussianFlow({ mean: data.means[0], covariance: data.covariances[0], path });
}

const SDES = {
  vp: ({ beta_min, beta_max }) => variancePreserving({ betaMin: beta_min, betaMax: beta_max }),
  subvp: ({ beta_min, beta_max }) => subVp({ betaMin: beta_min, betaMax: beta_max }),
  ve: ({ sigma_min, sigma_max }) => varianceExploding({ sigmaMin: sigma_min, sigmaMax: sigma_max }),
};

/** The path of one of a file's stochastic differential equations. */
export function pathOfSde(name, sdes) {
  const given = part(sdes, name, 'sdes.');
  return part(SDES, name, 'the equation ')(given);
}

/** The steps [t, s] of a run, each with a state that it leads to. */
export function stepsOf({ grid, states }) {
  if (grid.length !== states.length + 1)
    throw new Error(
      `expected a state after each step of the grid, found ${states.length} for ${grid.length - 1} steps`,
    );
  return states.map((_, i) => [grid[i], grid[i + 1]]);
}

/**
 * A source of the given noise: z[i] belongs to step i, whatever the other steps take.
 * `normal` is what floor 0 asks for; `step(i)` says which step begins.
 */
export function givenNoise(z) {
  let row = 0;
  let at = 0;
  return {
    normal() {
      const value = z?.[row]?.[at];
      if (!Number.isFinite(value))
        throw new Error(`z[${row}][${at}]: expected a number, found ${value ?? 'nothing'}`);
      at++;
      return value;
    },
    step(i) {
      row = i;
      at = 0;
    },
  };
}

/** A source of given numbers, one after another. */
export function inOrder(values) {
  const left = [...values];
  return {
    normal() {
      if (left.length === 0) throw new Error('z: expected more numbers, found none');
      return left.shift();
    },
  };
}
