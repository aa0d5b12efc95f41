/** Stochastic differential equations: their paths, drifts and laws, and the chain's own step. */
import { priorLogDensity } from '../../src/lib/math/exact/likelihood.ts';
import { trace } from '../../src/lib/math/numerics/linalg.ts';
import { equationAt, reverseDrift } from '../../src/lib/math/process/equations.ts';
import { pointOf } from '../../src/lib/math/process/process.ts';
import { scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { ancestralStep } from '../../src/lib/math/samplers/ddpm.ts';
import { eulerMaruyamaStep } from '../../src/lib/math/samplers/eulerMaruyama.ts';
import { denoiserOf, inOrder, pathOfSde } from './inputs.mjs';
import { each, part, toleranceOf, under } from './judge.mjs';
import { stepped } from './solvers.mjs';

export const parts = ['sdes', 'data', 'points', 'steps', 'discrete_steps'];
export const inputs = [
  'sdes',
  'data',
  ...under('points', 't', 'x'),
  ...under('steps', 't', 'dt', 'x', 'z', 'snr'),
  ...under('discrete_steps', 'N', 'i_1based', 'x', 'z', 'score'),
];

export function judge(file, { close }) {
  const rule = { tolerance: toleranceOf(file) };
  const logRule = { ...rule, floor: 1 };
  each('points', file.points, (point, name) => {
    const { x, t } = point;
    const path = pathOfSde(point.sde, file.sdes);
    const denoiser = denoiserOf(part(file.data, point.data, 'data.'), path);
    const at = pointOf(path, t);
    close(`${name}.mean_coefficient`, at.signal, point.mean_coefficient, rule);
    close(`${name}.std`, at.noise, point.std, rule);
    const { drift, diffusion } = equationAt(at);
    close(
      `${name}.drift`,
      x.map((value) => drift * value),
      point.drift,
      rule,
    );
    close(`${name}.diffusion`, diffusion, point.diffusion, rule);
    close(`${name}.log_density`, denoiser.logDensity(x, t), point.log_density, logRule);
    const score = denoiser.score(x, t);
    close(`${name}.score`, score, point.score, rule);
    close(`${name}.reverse_drift`, reverseDrift(x, score, at), point.reverse_drift, rule);
    const ode = denoiser.predict('flowVelocity')(x, t);
    close(`${name}.ode_drift`, ode, point.ode_drift, rule);
    close(`${name}.prior_log_density`, priorLogDensity(path, x), point.prior_log_density, logRule);
    if (point.ode_divergence === undefined) return;
    const divergence = trace(denoiser.jacobian('flowVelocity')(x, t));
    // The reference takes it from Cov(x_0|x), as a difference of terms of this size.
    const terms = (0.5 * diffusion ** 2) / at.noise ** 2;
    const difference = { ...rule, absolute: 1e-12 * terms };
    close(`${name}.ode_divergence`, divergence, point.ode_divergence, difference);
  });
  each('steps', file.steps, (given, name) => {
    const { x, t, dt, z } = given;
    const path = pathOfSde(given.sde, file.sdes);
    const at = pointOf(path, t);
    const { drift, diffusion } = equationAt(at);
    const step = eulerMaruyamaStep(drift * dt, diffusion ** 2 * dt, at.noise);
    const score = denoiserOf(part(file.data, given.data, 'data.'), path).score(x, t);
    const told = { answer: score, kind: 'score', t, process: path };
    const mean = stepped(x, { ...step, z: 0 }, told);
    const after = stepped(x, step, { ...told, rng: inOrder(z) });
    close(`${name}.euler_maruyama_mean`, mean, given.euler_maruyama_mean, rule);
    close(`${name}.euler_maruyama`, after, given.euler_maruyama, rule);
  });
  each('discrete_steps', file.discrete_steps, (given, name) => {
    const { beta_min, beta_max } = part(file.sdes, given.sde, 'sdes.');
    if (given.sde !== 'vp') return;
    const { N, i_1based: i, x, z, score } = given;
    const betas = Array.from(
      { length: N },
      (_, k) => (beta_min + ((beta_max - beta_min) * k) / (N - 1)) / N,
    );
    const schedule = scheduleFromBetas(betas);
    const step = ancestralStep(schedule, i, i - 1, 'beta');
    const told = { answer: score, kind: 'score', t: i, process: schedule };
    const mean = stepped(x, { ...step, z: 0 }, told);
    close(`${name}.ancestral_mean`, mean, given.ancestral_mean, rule);
    if (i === 1) return; // on arrival floor 0 adds no noise, where score_sde does
    const noisy = stepped(x, step, { ...told, rng: inOrder(z) });
    close(`${name}.ancestral`, noisy, given.ancestral, rule);
  });
}
