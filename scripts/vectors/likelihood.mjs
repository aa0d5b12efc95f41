/** Likelihood by the probability-flow ODE: the laws at both ends, and the way between. */
import { alongProbe } from '../../src/lib/math/exact/hutchinson.ts';
import { logLikelihood, priorLogDensity } from '../../src/lib/math/exact/likelihood.ts';
import { dot, trace } from '../../src/lib/math/numerics/linalg.ts';
import { edm } from '../../src/lib/math/process/edm.ts';
import { denoiserOf, flowOf, gaussianFlowOf, pathOfSde } from './inputs.mjs';
import { each, inside, part, toleranceOf, under } from './judge.mjs';

export const parts = ['sdes', 'data', 'by_sde', 'by_sigma', 'hutchinson'];
export const inputs = [
  'sdes',
  'data',
  ...under('by_sde', 't0', 'x'),
  ...under('by_sigma', 'sigma_min', 'sigma_max', 'x'),
  ...under('hutchinson', 't', 'x', 'gaussian_probe', 'sign_probes'),
];

export function judge(file, { close }) {
  const logRule = { tolerance: toleranceOf(file, 'log_density'), floor: 1 };
  const rule = { tolerance: toleranceOf(file, 'divergence') };
  const dataOf = ({ data }) => part(file.data, data, 'data.');

  /** What is known without a solver. From the reference's own end the densities there are those of any data. */
  const judgeEnds = (name, given, path, { from, to, trueKey }) => {
    const { x, latent } = given;
    const data = dataOf(given);
    const denoiser = denoiserOf(data, path);
    close(`${name}.${trueKey}`, denoiser.logDensity(x, from), given[trueKey], logRule);
    inside(`${name}.latent`, latent, () => {
      const prior = priorLogDensity(path, latent);
      close(`${name}.prior_log_density`, prior, given.prior_log_density, logRule);
      const key = 'true_log_density_of_latent';
      if (given[key] === undefined) return;
      close(`${name}.${key}`, denoiser.logDensity(latent, to), given[key], logRule);
    });
    const closed = gaussianFlowOf(data, path)?.(x, from, to);
    if (closed) {
      close(`${name}.latent, in closed form`, closed.x, latent, logRule);
      const integral = given.integral_of_divergence;
      close(`${name}.integral_of_divergence, in closed form`, closed.integral, integral, logRule);
    }
    const solved = logLikelihood(flowOf(data, path), x, from);
    close(`${name}.latent`, solved.latent, latent, logRule);
    close(`${name}.integral_of_divergence`, solved.integral, given.integral_of_divergence, logRule);
    close(`${name}.model_log_density`, solved.logDensity, given.model_log_density, logRule);
    if (given.model_bits_per_dim === undefined) return;
    close(`${name}.model_bits_per_dim`, solved.bitsPerDim, given.model_bits_per_dim, logRule);
  };

  each('by_sde', file.by_sde, (given, name) => {
    const path = pathOfSde(given.sde, file.sdes);
    const ends = { from: given.t0, to: 1, trueKey: 'true_log_density_at_t0' };
    judgeEnds(name, given, path, ends);
  });
  each('by_sigma', file.by_sigma, (given, name) => {
    const path = edm({ sigmaMax: given.sigma_max });
    const ends = {
      from: given.sigma_min,
      to: given.sigma_max,
      trueKey: 'true_log_density_at_sigma_min',
    };
    judgeEnds(name, given, path, ends);
  });

  each('hutchinson', file.hutchinson, (given, name) => {
    const path = pathOfSde(given.sde, file.sdes);
    const denoiser = denoiserOf(dataOf(given), path);
    const jacobian = denoiser.jacobian('flowVelocity')(given.x, given.t);
    close(`${name}.jacobian`, jacobian, given.jacobian, rule);
    close(`${name}.divergence`, trace(jacobian), given.divergence, rule);
    // Floor 0 takes eᵀJe from a difference of two answers, so that a linear one is as good as what it is asked for.
    const linear = (x) => jacobian.map((row) => dot(row, x));
    const along = (e) => alongProbe(linear, given.x, e);
    const [gaussian, signs] = ['estimate_with_gaussian_probe', 'estimates_with_sign_probes'];
    // A difference of numbers of this size over h keeps so many digits.
    const rounding = 1e-12 * Math.max(...linear(given.x).map(Math.abs), 1);
    const differenced = { ...rule, absolute: rounding };
    close(`${name}.${gaussian}`, along(given.gaussian_probe), given[gaussian], differenced);
    close(`${name}.${signs}`, given.sign_probes.map(along), given[signs], differenced);
  });
}
