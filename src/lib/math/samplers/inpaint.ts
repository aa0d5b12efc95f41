/**
 * Inpainting by replacement: at every step, the first included, the known pixels are overwritten with
 * a fresh noising of their known values. It is approximate, since the unknown pixels were drawn
 * without looking ahead (RePaint 2201.09865). Exact law for data on a line, by a grid over the
 * coordinate of the unknown pixels along it.
 */

import { factorise } from '../exact/factorise.ts';
import { finiteData } from '../exact/finiteData.ts';
import { linePosterior, nearestLaw } from '../exact/line.ts';
import { CELLS, gaussianGrid, type Kernel, spread } from '../numerics/grid.ts';
import { dot } from '../numerics/linalg.ts';
import { oneOf } from '../numerics/oneOf.ts';
import { gaussHermite } from '../numerics/quadrature.ts';
import { posterior } from '../process/posterior.ts';
import type { Schedule } from '../process/schedule.ts';

export const REPLACEMENT_VARIANCES = ['exact', 'beta', 'betaTilde'] as const;

/** Grid points per width: twice what `CELLS` asks for where means move faster than x_t itself, as they do between two images. */
const STEPS = 4 * CELLS;

export interface ReplacementOptions {
  readonly schedule: Schedule;
  readonly data: readonly ArrayLike<number>[];
  readonly weights?: ArrayLike<number>;
  /** pixel index -> known value */
  readonly known: ReadonlyMap<number, number>;
  /** The reverse step: the true mixture, or a Gaussian of variance β̃ or β about the exact mean. */
  readonly variance: (typeof REPLACEMENT_VARIANCES)[number];
}

/**
 * Probability of ending nearest to each image of `data`.
 * @throws RangeError unless the images are distinct and on one line, with a pixel left unknown.
 */
export function replacementProbabilities(options: ReplacementOptions): Float64Array {
  const { schedule } = options;
  const variance = oneOf('Variance', options.variance, REPLACEMENT_VARIANCES);
  const line = describeLine(options);
  const norm = Math.sqrt(line.hiddenNorm2);
  const rule = gaussHermite(48);
  const sigmaAt = (t: number): number =>
    norm * Math.sqrt(variance === 'beta' ? schedule.beta[t] : posterior(schedule, t).variance);

  /** Calls visit(q, probability) for the posterior q given hidden coordinate u, over the known noise. */
  const posteriors = (t: number) => {
    const at = linePosterior(line.positions, line.weights, schedule, t);
    const mean = Math.sqrt(schedule.alphaBar[t]) * line.seen;
    const sigma = Math.sqrt(schedule.noiseVariance[t] * (1 - line.hiddenNorm2));
    return (u: number, visit: (q: Float64Array, probability: number) => void): void => {
      rule.nodes.forEach((z, k) => {
        if (rule.weights[k] > 1e-18) visit(at(u + mean + sigma * z).weights, rule.weights[k]);
      });
    };
  };

  let grid = gaussianGrid(
    0,
    norm,
    Math.min(norm, schedule.T > 1 ? sigmaAt(schedule.T) : 1) / STEPS,
  );
  for (let t = schedule.T; t >= 2; t--) {
    const q = posterior(schedule, t);
    const sigma = sigmaAt(t);
    const given = posteriors(t);
    const kernels: Kernel[] = [];
    grid.masses.forEach((mass, k) => {
      const u = grid.from + k * grid.step;
      const average = new Float64Array(line.positions.length);
      given(u, (weights, probability) => {
        const part = mass * probability;
        const mean = q.x0Coefficient * dot(weights, line.hidden) + q.xtCoefficient * u;
        if (variance !== 'exact') kernels.push({ mass: part, mean, sigma });
        for (let i = 0; i < average.length; i++) average[i] += part * weights[i];
      });
      if (variance !== 'exact') return;
      line.hidden.forEach((h, i) => {
        const mean = q.x0Coefficient * h + q.xtCoefficient * u;
        kernels.push({ mass: average[i], mean, sigma });
      });
    });
    grid = spread(kernels, Math.min(sigma, t > 2 ? sigmaAt(t - 1) : sigma) / STEPS);
  }

  // At t = 1 the exact kernel draws an image; a Gaussian step answers E[x_0|x_1], nearest wins.
  if (variance !== 'exact') {
    const mean = Math.sqrt(schedule.alphaBar[1]) * line.seen;
    const sigma = Math.sqrt(schedule.noiseVariance[1] * (1 - line.hiddenNorm2));
    const noised = Array.from(grid.masses, (mass, k) => {
      return { mass, mean: grid.from + k * grid.step + mean, sigma };
    });
    return nearestLaw(
      line.positions,
      linePosterior(line.positions, line.weights, schedule, 1),
      noised,
    );
  }
  const last = posteriors(1);
  const law = new Float64Array(line.positions.length);
  grid.masses.forEach((mass, k) => {
    last(grid.from + k * grid.step, (weights, probability) => {
      weights.forEach((w, i) => {
        law[i] += mass * probability * w;
      });
    });
  });
  return law;
}

/** The data's line, and what of its coordinate lies in known (seen) and unknown (hidden) pixels. */
function describeLine({ data: images, weights: given, known }: ReplacementOptions) {
  const data = finiteData(images, given);
  const factors = factorise(data).filter((factor) => factor.rank > 0);
  if (factors.length !== 1 || factors[0].rank !== 1 || data.rows.length !== images.length) {
    throw new RangeError(
      'Replacement: expected distinct images on one line; found others. Use a pair of images.',
    );
  }
  const { directions, pixels, values, weights } = factors[0];
  const direction = directions[0];
  const isHidden = pixels.map((p) => !known.has(p));
  const hiddenNorm2 = direction.reduce((s, e, k) => s + (isHidden[k] ? e * e : 0), 0);
  if (hiddenNorm2 < 1e-12) {
    throw new RangeError('Replacement: expected an unknown pixel; found none. Leave one unknown.');
  }
  return {
    weights,
    hiddenNorm2,
    positions: values.map((v) => dot(direction, v)),
    hidden: values.map((v) => v.reduce((s, x, k) => s + (isHidden[k] ? direction[k] * x : 0), 0)),
    seen: pixels.reduce((s, p, k) => s + direction[k] * (known.get(p) ?? 0), 0),
  };
}
