/** Inputs that several topics share, as floor 0 takes them. */

import { finiteDenoiser } from '../../src/lib/math/denoisers/finite.ts';
import { channelScore, finiteChannel } from '../../src/lib/math/denoisers/finiteChannel.ts';
import { mixtureDenoiser } from '../../src/lib/math/denoisers/mixture.ts';
import { mixtureChannel } from '../../src/lib/math/denoisers/mixtureChannel.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/schedule.ts';

/** { kind, T } or { betas }. */
export const scheduleOf = ({ kind, T, betas }) =>
  betas ? scheduleFromBetas(betas) : makeSchedule(kind, T);

const componentsOf = ({ weights, means, covariances }) =>
  weights.map((weight, k) => ({ weight, mean: means[k], covariance: covariances[k] }));

/** Finite { rows, weights } or a mixture { weights, means, covariances }. */
export const denoiserOf = (data, schedule) =>
  data.rows
    ? finiteDenoiser({ data: data.rows, weights: data.weights, schedule })
    : mixtureDenoiser({ components: componentsOf(data), schedule });

/** (x, channel) → { score, logDensity } of either kind of data. */
export function channelOf(data) {
  if (!data.rows) return mixtureChannel(componentsOf(data));
  const finite = finiteChannel(data.rows, data.weights);
  return (x, channel) => ({
    score: channelScore(x, finite.mean(x, channel), channel),
    logDensity: finite.posterior(x, channel).logDensity,
  });
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
