/** Stochastic differential equations: their paths, drifts and laws, and the chain's own step. */
import { priorLogDensity } from '../../src/lib/math/exact/likelihood.ts';
import { trace } from '../../src/lib/math/numerics/linalg.ts';
import { chainPath } from '../../src/lib/math/process/chain.ts';
import { edm } from '../../src/lib/math/process/edm.ts';
import { equationAt, reverseDrift } from '../../src/lib/math/process/equations.ts';
import { pointOf } from '../../src/lib/math/process/process.ts';
import { jump, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import {
  ancestralScoreStep,
  langevinSize,
  langevinStep,
  reverseDiffusionStep,
  stepWidth,
} from '../../src/lib/math/samplers/correctedSteps.ts';
import { ancestralStep } from '../../src/lib/math/samplers/ddpm.ts';
import { eulerMaruyamaStep } from '../../src/lib/math/samplers/eulerMaruyama.ts';
import { exponentialGrid } from '../../src/lib/math/samplers/grids.ts';
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

/** The discrete chains of score_sde: step i of N towards the noise, where it is, and the noise that its ancestral step adds. */
const CHAINS = {
  vp({ beta_min, beta_max }, N, i) {
    const beta = (k) => (beta_min + ((beta_max - beta_min) * k) / (N - 1)) / N;
    const schedule = scheduleFromBetas(Array.from({ length: N }, (_, k) => beta(k)));
    const { beta: variance, alpha } = jump(schedule, i - 1, i);
    const step = { keep: Math.sqrt(alpha), variance };
    return {
      step,
      process: { schedule, ...chainPath(schedule) },
      at: i,
      width: Math.sqrt(variance),
    };
  },
  ve({ sigma_min, sigma_max }, N, i) {
    const rising = exponentialGrid(N, { sigmaMin: sigma_min, sigmaMax: sigma_max }).reverse();
    const [before, after] = [rising[i - 1], rising[i]];
    const step = { keep: 1, variance: after ** 2 - before ** 2 };
    return {
      step,
      process: edm(),
      at: after,
      width: stepWidth(step, [{ noise: before }, { noise: after }]),
    };
  },
};

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
    const size = langevinSize(score, z, given.snr);
    close(`${name}.langevin_step_size`, size, given.langevin_step_size, rule);
    const corrected = stepped(x, langevinStep(size, at.noise), { ...told, rng: inOrder(z) });
    close(`${name}.langevin`, corrected, given.langevin, rule);
  });
  each('discrete_steps', file.discrete_steps, (given, name) => {
    const { sde, N, i_1based: i, x, z, score } = given;
    const rates = part(file.sdes, sde, 'sdes.');
    const { step, process, at, width } = part(CHAINS, sde, 'the chain of ')(rates, N, i);
    const told = { answer: score, kind: 'score', t: at, process };
    const { noise } = process.at(at);
    const judgeStep = (key, move) => {
      const mean = stepped(x, { ...move, z: 0 }, told);
      close(`${name}.${key}_mean`, mean, given[`${key}_mean`], rule);
      close(`${name}.${key}`, stepped(x, move, { ...told, rng: inOrder(z) }), given[key], rule);
    };
    judgeStep('reverse_diffusion', reverseDiffusionStep(step, noise));
    judgeStep('ancestral', ancestralScoreStep(step, noise, width));
    if (sde !== 'vp') return;
    // The chain's own step, which adds no noise on arrival, where score_sde does.
    const own = ancestralStep(process.schedule, i, i - 1, 'beta');
    const mean = stepped(x, { ...own, z: 0 }, told);
    close(`${name}.ancestral_mean, by the chain`, mean, given.ancestral_mean, rule);
    if (i === 1) return;
    const noisy = stepped(x, own, { ...told, rng: inOrder(z) });
    close(`${name}.ancestral, by the chain`, noisy, given.ancestral, rule);
  });
}
