/** Likelihood by the probability-flow ODE: the laws at both ends of any data, and of a Gaussian the way between in closed form. */
import { dot, trace } from '../../src/lib/math/numerics/linalg.ts';
import { edm } from '../../src/lib/math/process/edm.ts';
import { denoiserOf, gaussianFlowOf, pathOfSde, priorDensity } from './inputs.mjs';
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
      const prior = priorDensity(latent, path);
      close(`${name}.prior_log_density`, prior, given.prior_log_density, logRule);
      const key = 'true_log_density_of_latent';
      if (given[key] === undefined) return;
      close(`${name}.${key}`, denoiser.logDensity(latent, to), given[key], logRule);
    });
    const end = gaussianFlowOf(data, path)?.(x, from, to);
    if (!end) return;
    close(`${name}.latent`, end.x, latent, logRule);
    close(`${name}.integral_of_divergence`, end.integral, given.integral_of_divergence, logRule);
    const model = priorDensity(end.x, path) + end.integral;
    close(`${name}.model_log_density`, model, given.model_log_density, logRule);
    if (given.model_bits_per_dim === undefined) return;
    const bits = -model / x.length / Math.LN2;
    close(`${name}.model_bits_per_dim`, bits, given.model_bits_per_dim, logRule);
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
    const jacobian = denoiserOf(dataOf(given), path).jacobian('flowVelocity')(given.x, given.t);
    close(`${name}.jacobian`, jacobian, given.jacobian, rule);
    close(`${name}.divergence`, trace(jacobian), given.divergence, rule);
    const along = (e) =>
      dot(
        e,
        jacobian.map((row) => dot(row, e)),
      );
    close(
      `${name}.estimate_with_gaussian_probe`,
      along(given.gaussian_probe),
      given.estimate_with_gaussian_probe,
      rule,
    );
    close(
      `${name}.estimates_with_sign_probes`,
      given.sign_probes.map(along),
      given.estimates_with_sign_probes,
      rule,
    );
  });
}
