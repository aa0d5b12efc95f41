/** EDM: preconditioning, its targets and weights, the grids of σ, and the sampler that churns. */
import { floorFactor } from '../../src/lib/math/exact/finite.ts';
import { edm } from '../../src/lib/math/process/edm.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import {
  convertPrediction,
  predictionTarget,
} from '../../src/lib/math/process/parameterization.ts';
import { preconditioning } from '../../src/lib/math/process/preconditioning.ts';
import { pointOf } from '../../src/lib/math/process/process.ts';
import { logNormalSigma } from '../../src/lib/math/process/timeLaws.ts';
import { variancePreserving } from '../../src/lib/math/process/variancePreserving.ts';
import { exponentialGrid, karrasGrid, pathGrid } from '../../src/lib/math/samplers/grids.ts';
import {
  churnedSigma,
  heunStep,
  raiseNoise,
  sigmaPoint,
} from '../../src/lib/math/samplers/heun.ts';
import { denoiserOf, inOrder } from './inputs.mjs';
import { each, inside, toleranceOf, under } from './judge.mjs';
import { statesOf } from './solvers.mjs';

export const parts = ['preconditioning', 'training', 'grids', 'vp_grid', 'sampling'];
export const inputs = [
  ...under('preconditioning', 'sigma_data', 'sigma', 'y', 'unit_noise', 'F'),
  ...under('training', 'P_mean', 'P_std', 'sigma_data', 'data', 'z', 'y', 'unit_noise'),
  ...under('grids', 'n', 'sigma_min', 'sigma_max', 'rho'),
  ...under('vp_grid', 'n', 'beta_d', 'beta_min', 'eps'),
  ...under(
    'sampling',
    'weights',
    'means',
    'covariances',
    'rows',
    'n',
    'sigma_min',
    'sigma_max',
    'rho',
  ),
  ...under('sampling', 'S_churn', 'S_min', 'S_max', 'S_noise', 'unit_start', 'z'),
];

const PATH = edm();
const pointAt = (sigma) => sigmaPoint(sigma, PATH.at(sigma));
const within = (sigma, low, high) => sigma >= low && (high === 'inf' || sigma <= high);

export function judge(file, { close }) {
  const rule = { tolerance: toleranceOf(file) };
  /** The squared error of a denoised image with EDM's weight, 1/c_out². */
  const weighted = (y, denoised, sigma, sigmaData) => {
    const weight = floorFactor('edmF', sigma, PATH, { sigmaData });
    return y.map((value, k) => weight * (denoised[k] - value) ** 2);
  };

  each('preconditioning', file.preconditioning, (given, name) => {
    const { sigma, sigma_data: sigmaData, y, unit_noise: noise, F } = given;
    const factors = preconditioning(pointOf(PATH, sigma), sigmaData);
    close(`${name}.c_skip`, factors.skip, given.c_skip, rule);
    close(`${name}.c_out`, factors.output, given.c_out, rule);
    close(`${name}.c_in`, factors.input, given.c_in, rule);
    close(`${name}.c_noise`, factors.label, given.c_noise, rule);
    const noisy = diffuse(y, sigma, PATH, noise);
    close(`${name}.noisy`, noisy, given.noisy, rule);
    const denoised = convertPrediction(F, noisy, 'edmF', 'x0', sigma, PATH, { sigmaData });
    close(`${name}.denoised`, denoised, given.denoised, rule);
    const target = predictionTarget('edmF', y, noise, sigma, PATH, { sigmaData });
    // From the noisy image it is a difference over c_out: one rounding of that is left in the reference.
    const rounding = (2e-16 * Math.max(...noisy.map(Math.abs))) / factors.output;
    close(`${name}.F_target`, target, given.F_target, { ...rule, absolute: rounding });
    const weight = floorFactor('edmF', sigma, PATH, { sigmaData });
    close(`${name}.loss_weight`, weight, given.loss_weight, rule);
    const error = weighted(y, denoised, sigma, sigmaData);
    close(`${name}.weighted_squared_error`, error, given.weighted_squared_error, rule);
  });

  inside('training', file.training, (given, name) => {
    const sigmas = given.z.map((z) => logNormalSigma(z, { mean: given.P_mean, std: given.P_std }));
    close(`${name}.sigma`, sigmas, given.sigma, rule);
    const denoiser = denoiserOf(given.data, PATH);
    const denoised = given.y.map((y, i) =>
      denoiser.posteriorMean(diffuse(y, sigmas[i], PATH, given.unit_noise[i]), sigmas[i]),
    );
    close(`${name}.denoised`, denoised, given.denoised, rule);
    const errors = given.y.map((y, i) => weighted(y, denoised[i], sigmas[i], given.sigma_data));
    close(`${name}.weighted_squared_error`, errors, given.weighted_squared_error, rule);
  });

  each('grids', file.grids, (given, name) => {
    const range = { sigmaMin: given.sigma_min, sigmaMax: given.sigma_max };
    close(`${name}.karras`, karrasGrid(given.n, range, given.rho), given.karras, rule);
    close(`${name}.exponential`, exponentialGrid(given.n, range), given.exponential, rule);
  });
  inside('vp_grid', file.vp_grid, ({ n, beta_d, beta_min, eps, sigma }, name) => {
    const path = variancePreserving({ betaMin: beta_min, betaMax: beta_min + beta_d });
    close(`${name}.sigma`, pathGrid(n, path, eps), sigma, rule);
  });

  each('sampling', file.sampling, (given, name) => {
    const { n, rho, sigma_min: sigmaMin, sigma_max: sigmaMax, z } = given;
    const points = karrasGrid(n, { sigmaMin, sigmaMax }, rho).map(pointAt);
    const program = points.slice(1).flatMap((to, i) => {
      const from = points[i];
      const churn = within(from.clock, given.S_min, given.S_max) ? given.S_churn : 0;
      const raised = pointAt(churnedSigma(from.clock, churn, n));
      const up = churn > 0 ? [raiseNoise(from, raised, given.S_noise)] : [];
      return [...up, ...heunStep(raised, to)];
    });
    // z[i] belongs to step i, whether it is used or not.
    const used = z.filter(
      (_, i) => given.S_churn > 0 && within(points[i].clock, given.S_min, given.S_max),
    );
    const start = given.unit_start.map((value) => value * sigmaMax);
    const states = statesOf(program, given, PATH, start, inOrder(used.flat()));
    close(
      `${name}.states`,
      states.map(({ x }) => x),
      given.states,
      rule,
    );
  });
}
