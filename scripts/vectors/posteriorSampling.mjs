/** Samples of the data given a measurement: the exact posterior of a finite law, which is again a finite law. */

import { finiteChannel, weightedMean } from '../../src/lib/math/exact/finiteChannel.ts';
import { dot } from '../../src/lib/math/numerics/linalg.ts';
import { denoiserOf, scheduleOf, stepsOf } from './inputs.mjs';
import { each, inside, toleranceOf, under } from './judge.mjs';
import { chainStatesOf } from './solvers.mjs';

export const parts = ['schedule', 'finite', 'gaussian'];
export const inputs = [
  'schedule',
  ...under('finite', 'data', 'known_pixels', 'A', 'y', 'sigma_y'),
  ...under('finite.points', 't', 'x'),
  ...under('finite.ddim', 'grid', 'xT'),
  ...under('gaussian', 'mean', 'covariance', 'A', 'y', 'sigma_y'),
  ...under('gaussian.points', 't', 'x'),
];

export function judge(file, judged) {
  const schedule = scheduleOf(file.schedule);
  const rule = { tolerance: toleranceOf(file) };
  each('finite', file.finite, (given, name) => {
    judgeFinite(name, given, schedule, rule, judged);
  });
  each('gaussian', file.gaussian, ({ mean, covariance, points }, name) => {
    const one = { weights: [1], means: [mean], covariances: [covariance] };
    const denoiser = denoiserOf(one, schedule);
    each(`${name}.points`, points, ({ t, x, x0_mean }, at) => {
      judged.close(`${at}.x0_mean`, denoiser.posteriorMean(x, t), x0_mean, rule);
    });
  });
}

function judgeFinite(name, given, schedule, rule, { close }) {
  const { rows, weights } = given.data;
  const measure = (row) =>
    given.A ? given.A.map((a) => dot(a, row)) : given.known_pixels.map((p) => row[p]);
  const measured = rows.map(measure);
  const channel = { scale: 1, noiseVariance: given.sigma_y ** 2 };
  const posterior = finiteChannel(measured, weights).posterior(given.y, channel).weights;
  close(`${name}.exact_posterior`, posterior, given.exact_posterior, rule);
  close(`${name}.posterior_mean`, weightedMean(rows, posterior), given.posterior_mean, rule);

  const toldData = { rows, weights: posterior };
  const [free, told] = [given.data, toldData].map((data) => denoiserOf(data, schedule));
  each(`${name}.points`, given.points, (point, at) => {
    const { t, x } = point;
    const weightsNow = free.posteriorWeights(x, t);
    close(`${at}.posterior_weights`, weightsNow, point.posterior_weights, rule);
    close(`${at}.x0_mean`, free.posteriorMean(x, t), point.x0_mean, rule);
    const residual = measure(free.posteriorMean(x, t)).map((value, k) => given.y[k] - value);
    close(`${at}.residual_norm`, Math.hypot(...residual), point.residual_norm, rule);
    close(`${at}.weights_given_y`, told.posteriorWeights(x, t), point.weights_given_y, rule);
    close(`${at}.x0_mean_given_y`, told.posteriorMean(x, t), point.x0_mean_given_y, rule);
    close(`${at}.epsilon_given_y`, told.epsilon(x, t), point.epsilon_given_y, rule);
    const [score, scoreGiven] = [free.score(x, t), told.score(x, t)];
    const guidance = scoreGiven.map((value, k) => value - score[k]);
    // A difference of scores: what one rounding of them costs is left.
    const rounding = 4e-16 * Math.max(...[...score, ...scoreGiven].map(Math.abs));
    close(`${at}.exact_guidance`, guidance, point.exact_guidance, { ...rule, absolute: rounding });
    if (point.log_p_y_given_xt === undefined) return;
    const { logDensity } = finiteChannel(measured, weightsNow).posterior(given.y, channel);
    close(`${at}.log_p_y_given_xt`, logDensity, point.log_p_y_given_xt, { ...rule, floor: 1 });
  });

  inside(`${name}.ddim`, given.ddim, ({ grid, xT, states }, at) => {
    stepsOf({ grid, states });
    const own = chainStatesOf(schedule, grid, toldData, xT, { sampler: 'ddim' });
    own.forEach(({ x }, i) => {
      close(`${at}.states[${i}]`, x, states[i], rule);
    });
  });
}
