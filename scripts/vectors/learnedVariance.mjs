/** The step's variance by a network, its terms of the bound, and which times to train at. */
import { discretizedLogProbability, evenLevels } from '../../src/lib/math/decoder.ts';
import { gaussianTerm } from '../../src/lib/math/elbo.ts';
import { klGaussian } from '../../src/lib/math/gaussian.ts';
import {
  bestFraction,
  bestVariance,
  interpolatedJumpVariance,
  interpolatedVariance,
  varianceGradient,
} from '../../src/lib/math/learnedVariance.ts';
import { conversion } from '../../src/lib/math/parameterization.ts';
import { posterior } from '../../src/lib/math/posterior.ts';
import { timeImportance } from '../../src/lib/math/timeImportance.ts';
import { denoiserOf, scheduleOf, stepsOf } from './inputs.mjs';
import { each, inside, part, toleranceOf, under } from './judge.mjs';

export const parts = ['schedules', 'terms', 'best', 'data', 'sampling', 'importance'];
export const inputs = [
  'schedules',
  'data',
  ...under('terms', 't', 'x0', 'eps', 'xt', 'output', 'v'),
  ...under('best', 't', 'squared_error_per_pixel'),
  ...under('sampling', 'grid', 'xT', 'z', 'v'),
  ...under('importance', 'losses_oldest_first', 'kept_per_t', 'uniform'),
];

/** Terms are small differences of large numbers: 1e-12 is what is left of them. */
const TERM = { absolute: 1e-12 };
/** The network's v in [−1, 1] as floor 0's fraction in [0, 1]. */
const fractionOf = (v) => (v + 1) / 2;
const LEVELS = evenLevels(256);
/** The level that a grey value is, up to its own rounding. */
const levelOf = (value) => LEVELS[Math.round(((value + 1) * 255) / 2)];

export function judge(file, judged) {
  const tolerance = toleranceOf(file);
  const { close } = judged;
  const schedules = {};
  for (const [name, given] of Object.entries(file.schedules))
    inside(`schedules.${name}`, given, () => {
      schedules[name] = scheduleOf(given);
    });
  each('terms', file.terms, (term, name) => {
    judgeTerm(name, term, part(schedules, term.schedule, 'schedules.'), tolerance, judged);
  });
  each('best', file.best, (best, name) => {
    const schedule = part(schedules, best.schedule, 'schedules.');
    const { t, squared_error_per_pixel: error } = best;
    const variance = bestVariance(schedule, t, error);
    close(`${name}.best_variance`, variance, best.best_variance, { tolerance });
    const value = gaussianTerm(schedule, t, error, 1, variance);
    const rule = { tolerance, ...TERM };
    close(`${name}.best_term_nats_per_pixel`, value, best.best_term_nats_per_pixel, rule);
    const fraction = bestFraction(schedule, t, error);
    close(`${name}.best_fraction_unclipped`, fraction, best.best_fraction_unclipped, {
      tolerance,
    });
  });
  each('sampling', file.sampling, (run, name) => {
    const schedule = part(schedules, run.schedule, 'schedules.');
    judgeRun(name, run, denoiserOf(file.data, schedule), schedule, tolerance, close);
  });
  inside('importance', file.importance, (given) => {
    const [kept, uniform] = ['kept_per_t', 'uniform'].map((key) => part(given, key, 'importance.'));
    const found = timeImportance(given.losses_oldest_first, { kept, uniform });
    close('importance.probabilities', found.probabilities, given.probabilities, { tolerance });
    close('importance.loss_weights', found.lossWeights, given.loss_weights, { tolerance });
  });
}

function judgeTerm(name, term, schedule, tolerance, { close }) {
  const { t, xt, x0, output } = term;
  const fractions = term.v.map(fractionOf);
  const logVariance = fractions.map((f) =>
    Math.log(interpolatedVariance(schedule, t, f, 'betaTilde2')),
  );
  close(`${name}.log_variance`, logVariance, term.log_variance, { tolerance, floor: 1 });
  const toX0 = conversion(term.predicts, 'x0', t, schedule);
  const guess = output.map((value, k) => toX0.xt * xt[k] + toX0.prediction * value);
  const q = posterior(schedule, t);
  const mean = guess.map((value, k) => q.x0Coefficient * value + q.xtCoefficient * xt[k]);
  // One rounding of x_t or of ε̂ moves x̂_0 by 1e-16/√ᾱ_t.
  const rounding = 2e-16 / Math.sqrt(schedule.alphaBar[t]);
  const largest = Math.max(...[...xt, ...output].map(Math.abs));
  close(`${name}.mean`, mean, term.mean, { tolerance, absolute: rounding * largest });

  const variance = logVariance.map(Math.exp);
  const nats = mean.map((m, k) =>
    t === 1
      ? -discretizedLogProbability(levelOf(x0[k]), m, variance[k], LEVELS)
      : klGaussian(q.x0Coefficient * x0[k] + q.xtCoefficient * xt[k], q.variance, m, variance[k]),
  );
  close(`${name}.term_nats`, nats, term.term_nats, { tolerance, ...TERM });
  const bits = nats.reduce((sum, value) => sum + value, 0) / nats.length / Math.LN2;
  close(`${name}.term_bits_per_dim`, bits, term.term_bits_per_dim, { tolerance, ...TERM });
  if (t === 1) return; // floor 0 has no gradient there
  const slopes = fractions.map(
    (f, k) => 0.5 * varianceGradient(schedule, t, (x0[k] - guess[k]) ** 2, 1, f),
  );
  close(`${name}.d_term_nats_d_v`, slopes, term.d_term_nats_d_v, { tolerance, ...TERM });
}

/** DDPM with a width of each pixel's own, between β̃ and β of the jump. */
function judgeRun(name, { grid, xT, z, v, states }, denoiser, schedule, tolerance, close) {
  let x = Float64Array.from(xT);
  stepsOf({ grid, states }).forEach(([t, s], i) => {
    const x0 = denoiser.posteriorMean(x, t);
    const q = posterior(schedule, t, s);
    x = x.map((value, k) => {
      const mean = q.x0Coefficient * x0[k] + q.xtCoefficient * value;
      if (s === 0) return mean;
      const variance = interpolatedJumpVariance(schedule, t, s, fractionOf(v[i][k]));
      return mean + Math.sqrt(variance) * z[i][k];
    });
    close(`${name}.states[${i}]`, x, states[i], { tolerance });
  });
}
