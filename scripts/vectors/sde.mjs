/** Stochastic differential equations: what floor 0 has of them is their channel at a time, and the chain's own step. */
import { logPdfIsotropic } from '../../src/lib/math/gaussian.ts';
import { ornsteinUhlenbeckMoments } from '../../src/lib/math/ou.ts';
import { ancestralStep } from '../../src/lib/math/samplers/ddpm.ts';
import { readingOf, weightsOf } from '../../src/lib/math/samplers/program.ts';
import { scheduleFromBetas } from '../../src/lib/math/schedule.ts';
import { channelOf } from './inputs.mjs';
import { each, part, toleranceOf, under } from './judge.mjs';

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
  const channels = Object.fromEntries(
    Object.entries(file.data).map(([name, data]) => [name, channelOf(data)]),
  );
  each('points', file.points, (point, name) => {
    const { x, t } = point;
    const sde = part(file.sdes, point.sde, 'sdes.');
    const channel = { scale: point.mean_coefficient, noiseVariance: point.std ** 2 };
    if (['vp', 'subvp'].includes(point.sde)) {
      const { beta_min, beta_max } = sde;
      const integral = beta_min * t + 0.5 * (beta_max - beta_min) * t * t;
      const { mean, variance } = ornsteinUhlenbeckMoments(1, 0, integral);
      close(`${name}.mean_coefficient`, mean, point.mean_coefficient, rule);
      const std = point.sde === 'vp' ? Math.sqrt(variance) : variance;
      close(`${name}.std`, std, point.std, rule);
    }
    const found = part(channels, point.data, 'data.')(x, channel);
    close(`${name}.log_density`, found.logDensity, point.log_density, logRule);
    close(`${name}.score`, found.score, point.score, rule);
    const prior = point.sde === 've' ? sde.sigma_max ** 2 : 1;
    const priorDensity = logPdfIsotropic(x, new Float64Array(x.length), prior);
    close(`${name}.prior_log_density`, priorDensity, point.prior_log_density, logRule);
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
    const [weights] = weightsOf([step], readingOf('score', i, schedule));
    const mean = x.map((value, k) => weights.registers[0] * value + weights.answer * score[k]);
    close(`${name}.ancestral_mean`, mean, given.ancestral_mean, rule);
    if (i === 1) return; // on arrival floor 0 adds no noise, where score_sde does
    const noisy = mean.map((value, k) => value + step.z * z[k]);
    close(`${name}.ancestral`, noisy, given.ancestral, rule);
  });
}
