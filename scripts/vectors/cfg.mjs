/** Guidance by class: its answers, runs with it, the tilted law and where guided curves of the ODE end. */
import { odePath } from '../../src/lib/math/exact/flow.ts';
import {
  classGradient,
  classProbability,
  guided,
  guidedByClassifier,
  guidedDenoiser,
  rescaled,
  weightsOfClass,
} from '../../src/lib/math/exact/guidance.ts';
import { tiltedLaw } from '../../src/lib/math/exact/tiltedLaw.ts';
import { convertPrediction } from '../../src/lib/math/process/parameterization.ts';
import { pointOf } from '../../src/lib/math/process/process.ts';
import { variancePreserving } from '../../src/lib/math/process/variancePreserving.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { denoiserOf, givenNoise, scheduleOf, stepsOf, TIGHT } from './inputs.mjs';
import { each, inside, part, toleranceOf, under } from './judge.mjs';

export const parts = ['data', 'schedule', 'points', 'runs', 'tilted'];
export const inputs = [
  'data',
  'schedule',
  ...under('points', 't', 'x', 'c', 'guidance_scale_w', 'rescale_phi'),
  ...under('runs', 'c', 'guidance_scale_w', 'grid', 'xT', 'z'),
  ...under('tilted', 'weights', 'means', 'variances', 'c', 'vp'),
  ...under('tilted.rows', 'guidance_scale_w', 'ode_starts_at_t1'),
];

/** The denoisers of all data and of those of class c, and the share of those. */
function pairOf(data, c, process) {
  const { weights, share } = weightsOfClass(part(data, 'labels'), c, data.weights);
  const [free, asked] = [data, { ...data, weights: [...weights] }].map((law) =>
    denoiserOf(law, process),
  );
  return { free, asked, share };
}

export function judge(file, { close }) {
  const rule = { tolerance: toleranceOf(file) };
  const schedule = scheduleOf(file.schedule);
  const dataOf = ({ data }) => part(file.data, data, 'data.');

  each('points', file.points, (point, name) => {
    const { t, x, c, guidance_scale_w: g, rescale_phi: phi } = point;
    const { free, asked, share } = pairOf(dataOf(point), c, schedule);
    const [without, within] = [free, asked].map((denoiser) => denoiser.epsilon(x, t));
    close(`${name}.epsilon_unconditional`, without, point.epsilon_unconditional, rule);
    close(`${name}.epsilon_conditional`, within, point.epsilon_conditional, rule);
    const epsilon = guided(without, within, g);
    close(`${name}.epsilon_guided`, epsilon, point.epsilon_guided, rule);
    const x0 = convertPrediction(epsilon, x, 'epsilon', 'x0', t, schedule);
    close(`${name}.x0_guided`, x0, point.x0_guided, rule);
    const direct = guidedDenoiser(free, asked, g).predict('x0')(x, t);
    close(`${name}.x0_guided, directly`, direct, point.x0_guided, rule);
    const probability = classProbability(free, asked, share)(x, t);
    close(`${name}.probability_of_c`, probability, point.probability_of_c, rule);
    const gradient = classGradient(free, asked)(x, t);
    // A difference of scores: what one rounding of them costs is left.
    const { noise } = pointOf(schedule, t);
    const rounding = (4e-16 * Math.max(...[...without, ...within].map(Math.abs))) / noise;
    const differenced = { ...rule, absolute: rounding };
    const key = 'grad_log_probability_of_c';
    close(`${name}.${key}`, gradient, point[key], differenced);
    const classified = guidedByClassifier(without, gradient, g, noise);
    close(`${name}.epsilon_by_classifier`, classified, point.epsilon_by_classifier, rule);
    close(`${name}.epsilon_rescaled`, rescaled(within, epsilon, phi), point.epsilon_rescaled, rule);
  });

  each('runs', file.runs, (run, name) => {
    const { c, guidance_scale_w: g, sampler } = run;
    const { free, asked } = pairOf(dataOf(run), c, schedule);
    const rng = givenNoise(run.z);
    const states = sample({
      ...{ schedule, sampler, rng, xT: run.xT, times: run.grid, variance: 'betaTilde', eta: 0 },
      denoiser: guidedDenoiser(free, asked, g).predict('x0'),
      prediction: 'x0',
    });
    stepsOf(run).forEach((_, i) => {
      rng.step(i);
      const { value } = states.next();
      close(`${name}.states[${i}]`, value.x, run.states[i], rule);
    });
  });

  inside('tilted', file.tilted, ({ weights, means, variances, c, vp, rows }) => {
    const law = { weights, means, variances };
    // The bells are their own classes.
    const labels = means.map((_, k) => k);
    const path = variancePreserving({ betaMin: vp.beta_min, betaMax: vp.beta_max });
    const bells = {
      ...{ weights, labels, means: means.map((mean) => [mean]) },
      covariances: variances.map((variance) => [[variance]]),
    };
    const { free, asked } = pairOf(bells, c, path);
    each('tilted.rows', rows, (row, name) => {
      const g = row.guidance_scale_w;
      const { normaliser, mean, variance } = tiltedLaw(law, labels, c, g);
      close(`${name}.tilted_normaliser`, normaliser, row.tilted_normaliser, rule);
      close(`${name}.tilted_mean`, mean, row.tilted_mean, rule);
      close(`${name}.tilted_variance`, variance, row.tilted_variance, rule);
      const flow = { denoiser: guidedDenoiser(free, asked, g), path, ...TIGHT };
      const ends = row.ode_starts_at_t1.map((start) => odePath(flow, [start], [1, 1e-4])[1][0]);
      close(`${name}.ode_ends_at_t_1e_4`, ends, row.ode_ends_at_t_1e_4, rule);
    });
  });
}
