/** Extracts of the reference vectors (scripts/vectors/extract.mjs) against floor 0. */
import { expect, it } from 'vitest';
import { filesOf, judgeFile } from '../../scripts/vectors/folder.mjs';
import { createJudge } from '../../scripts/vectors/judge.mjs';
import { TOPICS } from '../../scripts/vectors/topics.mjs';
import { changed, EXTRACTS, judged, type Place, read } from './extracts.ts';

it('every topic that floor 0 has code for has an extract', () => {
  expect(filesOf(EXTRACTS)).toEqual(
    Object.keys(TOPICS)
      .map((topic) => `${topic}.json`)
      .sort(),
  );
});

it.each(Object.keys(TOPICS))('%s: floor 0 agrees with the published implementations', (topic) => {
  const { line, ok } = judgeFile(EXTRACTS, `${topic}.json`);
  expect(ok, line).toBe(true);
  expect(Number(/: (\d+) values/.exec(line)?.[1])).toBeGreaterThan(30);
});

/** One reference of each topic, a thousandth off. */
const falsified: [topic: string, path: Place][] = [
  ['samplers', ['runs', 0, 'states', 0, 0]],
  ['learned_variance', ['terms', 3, 'term_nats', 0]],
  ['learned_variance', ['terms', 0, 'log_variance', 1]],
  ['learned_variance', ['terms', 9, 'd_term_nats_d_v', 0]],
  ['learned_variance', ['terms', 5, 'mse']],
  ['learned_variance', ['terms', 2, 'hybrid_improved_diffusion']],
  ['learned_variance', ['best', 1, 'best_fraction_unclipped']],
  ['learned_variance', ['sampling', 0, 'states', 2, 1]],
  ['learned_variance', ['importance', 'probabilities', 1]],
  ['sde', ['points', 1, 'score', 0]],
  ['sde', ['discrete_steps', 0, 'ancestral', 1]],
  ['sde', ['points', 3, 'std']],
  ['sde', ['steps', 2, 'euler_maruyama_mean', 1]],
  ['sde', ['steps', 1, 'euler_maruyama', 0]],
  ['sde', ['steps', 0, 'langevin_step_size']],
  ['sde', ['steps', 3, 'langevin', 1]],
  ['sde', ['discrete_steps', 3, 'ancestral', 1]],
  ['sde', ['discrete_steps', 2, 'ancestral_mean', 0]],
  ['sde', ['discrete_steps', 1, 'reverse_diffusion', 2]],
  ['sde', ['discrete_steps', 3, 'reverse_diffusion_mean', 0]],
  ['sde', ['points', 2, 'ode_drift', 1]],
  ['sde', ['points', 1, 'ode_divergence']],
  ['pf_ode', ['in_time', 0, 'exact', 3, 1]],
  ['pf_ode', ['in_time', 1, 'exact', 2, 0]],
  ['pf_ode', ['in_sigma', 0, 'exact_at_zero', 0]],
  ['pf_ode', ['in_sigma', 1, 'exact_at_grid_but_last', 4, 1]],
  ['pf_ode', ['in_sigma', 1, 'heun_states', 2, 0]],
  ['pf_ode', ['in_time', 2, 'uniform_grids', '10', 'heun_end', 1]],
  ['pf_ode', ['in_time', 1, 'uniform_grids', '40', 'euler_end', 0]],
  ['dpm_solver', ['runs', 2, 'states', 4, 1]],
  ['dpm_solver', ['runs', 6, 'states', 3, 0]],
  ['dpm_solver', ['runs', 1, 'predictions', 0, 0]],
  ['edm', ['preconditioning', 1, 'c_skip']],
  ['edm', ['preconditioning', 2, 'F_target', 0]],
  ['edm', ['training', 'weighted_squared_error', 1, 0]],
  ['edm', ['vp_grid', 'sigma', 4]],
  ['edm', ['sampling', 0, 'states', 3, 0]],
  ['edm', ['sampling', 1, 'states', 6, 1]],
  ['likelihood', ['by_sde', 0, 'model_bits_per_dim']],
  ['likelihood', ['by_sde', 1, 'integral_of_divergence']],
  ['likelihood', ['by_sde', 2, 'latent', 0]],
  ['likelihood', ['by_sigma', 1, 'model_log_density']],
  ['likelihood', ['hutchinson', 1, 'jacobian', 0, 1]],
  ['likelihood', ['hutchinson', 1, 'estimate_with_gaussian_probe']],
  ['flow_matching', ['points', 3, 'velocity', 0]],
  ['flow_matching', ['loss_floor', 2, 'loss_floor']],
  ['flow_matching', ['match_to_chain', 'rows', 1, 'flow_t']],
  ['flow_matching', ['logit_normal', 'density', 2]],
  ['flow_matching', ['sampling', 1, 'grids', 1, 'euler', 5, 0]],
  ['flow_matching', ['sampling', 0, 'grids', 0, 'heun_last_step_euler', 1]],
  ['flow_matching', ['sampling', 1, 'exact', 5, 0]],
  ['flow_matching', ['sampling', 0, 'exact_at_0', 0]],
  ['flow_matching', ['sampling', 1, 'straightness_from_t_end']],
  ['flow_matching', ['sampling', 1, 'grids', 0, 'midpoint', 0]],
  ['flow_matching', ['likelihood', 1, 'latent', 0]],
  ['flow_matching', ['likelihood', 1, 'integral_of_divergence']],
  ['cfg', ['points', 2, 'epsilon_guided', 1]],
  ['cfg', ['points', 1, 'epsilon_by_classifier', 0]],
  ['cfg', ['points', 3, 'epsilon_rescaled', 0]],
  ['cfg', ['points', 4, 'grad_log_probability_of_c', 0]],
  ['cfg', ['points', 4, 'x0_guided', 1]],
  ['cfg', ['points', 2, 'probability_of_c']],
  ['cfg', ['runs', 2, 'states', 4, 0]],
  ['cfg', ['tilted', 'rows', 1, 'tilted_normaliser']],
  ['cfg', ['tilted', 'rows', 2, 'tilted_variance']],
  ['cfg', ['tilted', 'rows', 1, 'ode_ends_at_t_1e_4', 4]],
  ['repaint', ['runs', 0, 'operations', 3, 'x', 2]],
  ['repaint', ['laws', 'cases', 0, 'probability_if_x_T_is_overwritten_too']],
  ['posterior_sampling', ['finite', 0, 'posterior_mean', 1]],
  ['fid', ['bootstrap', 'standard_error']],
  ['kid', ['gaussians', 0, 'mmd2']],
  ['inception_score', ['bias', 1, 'expected_score']],
];

it.each(falsified)('%s: a falsified number is found and named (%j)', (topic, path) => {
  const { line, ok } = changed(topic, path, (value) => (value as number) * 1.001);
  expect(ok).toBe(false);
  expect(line).toContain(`${topic}: `);
  expect(line).toMatch(/OFF at /);
});

it('a number that is not one is off, and so are too few of them', () => {
  const judge = createJudge();
  judge.close('a', [Number.NaN], [1], { tolerance: 1e-9 });
  expect(judge.result()).toMatchObject({
    off: 1,
    worst: { ratio: Number.POSITIVE_INFINITY, what: 'a', expected: 1 },
  });
  expect(() => judge.close('b', [1], [1, 2], { tolerance: 1e-9 })).toThrow(
    /b: expected 2 numbers, floor 0 gave 1/,
  );
  expect(() => judge.close('c', [1], ['x'], { tolerance: 1e-9 })).toThrow(/c: expected numbers/);
  expect(() => judge.close('d', 1, [], { tolerance: 1e-9 })).toThrow(
    /d: expected 0 numbers, floor 0 gave one/,
  );
});

it('the tolerance is of the vector’s largest number, or of a thousandth', () => {
  const worst = (ours: number[], reference: number[], floor?: number) => {
    const judge = createJudge();
    judge.close('v', ours, reference, { tolerance: 1e-6, floor });
    return judge.result().worst.ratio;
  };
  expect(worst([2, 1e-6], [2, 0])).toBeCloseTo(0.5, 9);
  expect(worst([1e-9], [0])).toBeCloseTo(1, 9);
  expect(worst([1e-6], [0], 1)).toBeCloseTo(1, 9);
});

it('the plane’s bias is held to the file’s tolerance where the reference’s own quadrature is', () => {
  type Bias = { d: number; n: number; against_the_exact_law: number };
  const file = read('fid') as unknown as { bias: Bias[] };
  const whole = { d: 2, n: 10, exact: true, against_the_exact_law: 0.3676716618406918 };
  const rest = { samples: [], statistics: [], infinity: null, bootstrap: null };
  const bias = (value: number) =>
    judged({ ...file, ...rest, bias: [{ ...whole, against_the_exact_law: value }] });
  expect(bias(whole.against_the_exact_law).ok).toBe(true);
  expect(bias(whole.against_the_exact_law * (1 + 1e-6)).line).toMatch(/OFF at bias\[0\]/);
});
