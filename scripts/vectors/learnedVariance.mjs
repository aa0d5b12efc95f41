/** The step's variance by a network, its terms of the bound, and which times to train at. */
import { evenLevels } from '../../src/lib/math/bound/decoder.ts';
import { gaussianTerm } from '../../src/lib/math/bound/elbo.ts';
import { bestFraction, bestVariance } from '../../src/lib/math/bound/learnedVariance.ts';
import { hybridLoss } from '../../src/lib/math/objectives/hybridLoss.ts';
import { timeImportance } from '../../src/lib/math/objectives/timeImportance.ts';
import { learnedWidthMoves } from '../../src/lib/math/samplers/ddpm.ts';
import { walk } from '../../src/lib/math/samplers/sample.ts';
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
  const { t, predicts: kind, eps: epsilon, xt, output: prediction, v } = term;
  const x0 = t === 1 ? term.x0.map(levelOf) : term.x0;
  const found = hybridLoss(schedule, t, { kind, x0, epsilon, xt, prediction, v });
  close(`${name}.log_variance`, found.logVariance, term.log_variance, { tolerance, floor: 1 });
  // One rounding of x_t or of ε̂ moves x̂_0 by 1e-16/√ᾱ_t.
  const rounding = 2e-16 / Math.sqrt(schedule.alphaBar[t]);
  const largest = Math.max(...[...xt, ...prediction].map(Math.abs));
  close(`${name}.mean`, found.mean, term.mean, { tolerance, absolute: rounding * largest });
  const rule = { tolerance, ...TERM };
  close(`${name}.term_nats`, found.nats, term.term_nats, rule);
  close(`${name}.term_bits_per_dim`, found.bitsPerDim, term.term_bits_per_dim, rule);
  close(`${name}.d_term_nats_d_v`, found.natsSlope, term.d_term_nats_d_v, rule);
  close(`${name}.mse`, found.squaredError, term.mse, rule);
  close(`${name}.hybrid_improved_diffusion`, found.loss, term.hybrid_improved_diffusion, rule);
}

/** DDPM with a width of each pixel's own, between β̃ and β of the jump. */
function judgeRun(name, { grid, xT, z, v, states }, denoiser, schedule, tolerance, close) {
  const times = stepsOf({ grid, states }).flatMap(([t, s], i) => (i === 0 ? [t, s] : [s]));
  const given = z.flat();
  let [step, drawn] = [0, 0];
  const walker = {
    denoiser: (xt, t) => denoiser.posteriorMean(xt, t),
    prediction: 'x0',
    width: () => v[step],
    rng: { normal: () => given[drawn++] },
    xT,
  };
  for (const { x } of walk(learnedWidthMoves(schedule, times), schedule, walker))
    close(`${name}.states[${step}]`, x, states[step++], { tolerance });
}
