/** The best width of every pixel at every x_t. */
import { expect, it } from 'vitest';
import { toyData } from '../../src/lib/data/toyData.ts';
import { exactBound, gaussianTerm } from '../../src/lib/math/bound/elbo.ts';
import { interpolatedVariance } from '../../src/lib/math/bound/learnedVariance.ts';
import { pixelVariances, pointwiseFraction } from '../../src/lib/math/bound/pointwiseWidth.ts';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { gaussHermite } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { D2, expectAbsolute, expectRelative } from './helpers.ts';

const schedule = makeSchedule('cosine', 12);
const bars = toyData('bars').data;

it('is the bottom of the term at that pixel: to either side it rises', () => {
  const denoiser = finiteDenoiser({ schedule, data: bars });
  const fraction = pointwiseFraction({ schedule, data: bars });
  const rng = createRng(3);
  for (const t of [2, 5, 9, 12]) {
    const xt = rng.fillNormal(new Float64Array(4));
    const variances = pixelVariances(denoiser, bars, xt, t);
    fraction(xt, t).forEach((f, k) => {
      const at = (g: number) =>
        gaussianTerm(schedule, t, variances[k], 1, interpolatedVariance(schedule, t, g));
      for (const step of [0.01, 0.2]) {
        expect(at(f + step)).toBeGreaterThan(at(f));
        expect(at(f - step)).toBeGreaterThan(at(f));
      }
    });
  }
});

it('pixels of black and white: the variance is 1 − mean²', () => {
  const denoiser = finiteDenoiser({ schedule, data: D2 });
  const xt = [0.3, -1, 0.2, 0.6];
  const mean = denoiser.posteriorMean(xt, 6);
  pixelVariances(denoiser, D2, xt, 6).forEach((v, k) => {
    expectAbsolute(v, 1 - mean[k] ** 2, 1e-12);
  });
});

it('of independent pixels is that of the best bell, which no width of t alone reaches', () => {
  // ½ Σ E log(σ²/β̃) is the term of a step whose width is right everywhere.
  const rule = gaussHermite(80);
  const best = exactBound({
    ...{ schedule, ...toyData('all16'), variance: 'bestGaussian', decoder: 'exact' },
  });
  const flat = exactBound({
    ...{ schedule, ...toyData('all16'), variance: 'bestIsotropic', decoder: 'exact' },
  });
  const fraction = pointwiseFraction({ schedule, data: [[1], [-1]] });
  for (const t of [4, 7, 10]) {
    const range = Math.log(schedule.beta[t] / schedule.posteriorVariance[t]);
    const [signal, noise] = [schedule.alphaBar[t], schedule.noiseVariance[t]].map(Math.sqrt);
    const term = rule.nodes.reduce(
      (sum, z, i) => sum + rule.weights[i] * 0.5 * range * fraction([signal + noise * z], t)[0],
      0,
    );
    // 80 nodes of a function that is smooth on the scale of a deviation.
    expectRelative(4 * term, best.diffusion[t], 1e-6);
    expect(best.diffusion[t]).toBeLessThan(flat.diffusion[t]);
  }
});
