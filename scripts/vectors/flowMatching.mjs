/** Flow matching: the straight path, its velocities and their floor, the same image on a chain, laws of the time, solvers. */

import { exactStraightness } from '../../src/lib/math/exact/exactStraightness.ts';
import { odePath } from '../../src/lib/math/exact/flow.ts';
import { logLikelihood, priorLogDensity } from '../../src/lib/math/exact/likelihood.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { predictionTarget } from '../../src/lib/math/process/parameterization.ts';
import { matchingTime } from '../../src/lib/math/process/process.ts';
import { straight } from '../../src/lib/math/process/straight.ts';
import { logitNormalDensity, logitNormalTime } from '../../src/lib/math/process/timeLaws.ts';
import { shiftedGrid } from '../../src/lib/math/samplers/grids.ts';
import { timePoint } from '../../src/lib/math/samplers/heun.ts';
import { denoiserOf, flowOf, gaussianFlowOf, scheduleOf } from './inputs.mjs';
import { each, inside, part, toleranceOf, under } from './judge.mjs';
import { euler, heun, midpoint, statesOf } from './solvers.mjs';

export const parts = [
  'data',
  'points',
  'loss_floor',
  'match_to_chain',
  'sampling',
  'likelihood',
  'logit_normal',
];
export const inputs = [
  'data',
  ...under('points', 't', 'x0', 'noise'),
  'loss_floor.t',
  'match_to_chain.schedule',
  ...under('match_to_chain.rows', 'chain_t', 'x_chain'),
  ...under('sampling', 'x1', 'times'),
  ...under('sampling.grids', 'steps', 'shift'),
  'likelihood.x',
  ...under('logit_normal', 'mean', 'std', 'z'),
];

const PATH = straight();

export function judge(file, { close, simulated }) {
  const rule = { tolerance: toleranceOf(file, 'algebra_and_fixed_grids') };
  const exactRule = { tolerance: toleranceOf(file, 'exact_solutions') };
  const logRule = { tolerance: toleranceOf(file, 'log_density'), floor: 1 };
  const dataOf = ({ data }) => part(file.data, data, 'data.');

  each('points', file.points, (point, name) => {
    const { t, x0, noise } = point;
    const denoiser = denoiserOf(dataOf(point), PATH);
    const xt = diffuse(x0, t, PATH, noise);
    close(`${name}.xt`, xt, point.xt, rule);
    const conditional = predictionTarget('flowVelocity', x0, noise, t, PATH);
    close(`${name}.conditional_velocity`, conditional, point.conditional_velocity, rule);
    const ask = (key, kind) => {
      if (point[key] !== null)
        close(`${name}.${key}`, denoiser.predict(kind)(xt, t), point[key], rule);
    };
    ask('velocity', 'flowVelocity');
    ask('x0_mean', 'x0');
    ask('noise_mean', 'epsilon');
    ask('score', 'score');
  });

  each('loss_floor', file.loss_floor, (given, name) => {
    const denoiser = denoiserOf(dataOf(given), PATH);
    const floor = denoiser.lossFloor(given.t, 'flowVelocity');
    const { value, standardError } = denoiser.mmseEstimate(given.t);
    if (standardError === 0) close(`${name}.loss_floor`, floor, given.loss_floor, rule);
    else simulated(`${name}.loss_floor`, floor, (floor * standardError) / value, given.loss_floor);
  });

  inside('match_to_chain', file.match_to_chain, (given, name) => {
    const schedule = scheduleOf(given.schedule);
    const [chain, flow] = [schedule, PATH].map((process) => denoiserOf(dataOf(given), process));
    each(`${name}.rows`, given.rows, (row, at) => {
      const { chain_t: chainTime, x_chain: x } = row;
      close(`${at}.alpha_bar`, schedule.alphaBar[chainTime], row.alpha_bar, rule);
      close(`${at}.noise_variance`, schedule.noiseVariance[chainTime], row.noise_variance, rule);
      const { t, scale } = matchingTime(schedule, chainTime, PATH);
      close(`${at}.flow_t`, t, row.flow_t, rule);
      close(`${at}.scale`, scale, row.scale, rule);
      const moved = x.map((value) => scale * value);
      close(`${at}.x_flow`, moved, row.x_flow, rule);
      close(`${at}.epsilon`, chain.epsilon(x, chainTime), row.epsilon, rule);
      close(`${at}.epsilon, on the straight path`, flow.epsilon(moved, t), row.epsilon, rule);
      close(`${at}.velocity`, flow.predict('flowVelocity')(moved, t), row.velocity, rule);
    });
  });

  each('sampling', file.sampling, (given, name) => {
    each(`${name}.grids`, given.grids, ({ steps, shift, t, ...solved }, at) => {
      const times = shiftedGrid(steps, shift);
      close(`${at}.t`, times, t, rule);
      const pointOf = (time) => timePoint(time, PATH.at(time));
      const points = times.map(pointOf);
      const all = (moves) => statesOf(moves, dataOf(given), PATH, given.x1).map(({ x }) => x);
      close(`${at}.euler`, all(euler(points)), solved.euler, rule);
      const end = all(heun(points)).at(-1);
      close(`${at}.heun_last_step_euler`, end, solved.heun_last_step_euler, rule);
      const halfway = midpoint(points, (from, to) => pointOf((from.t + to.t) / 2));
      close(`${at}.midpoint`, all(halfway).at(-1), solved.midpoint, rule);
    });
    const flow = flowOf(dataOf(given), PATH);
    const { x1, times } = given;
    close(`${name}.exact`, odePath(flow, x1, times), given.exact, exactRule);
    inside(
      `${name}.straightness_from_t_end`,
      given.straightness_from_t_end ?? null,
      (value, at) => {
        close(at, exactStraightness(flow, x1, [1, times.at(-1)]), value, exactRule);
      },
    );
    inside(`${name}.exact_at_0`, given.exact_at_0 ?? null, (end, at) => {
      close(at, odePath(flow, x1, [1, 0])[1], end, exactRule);
    });
    const closed = gaussianFlowOf(dataOf(given), PATH);
    if (!closed) return;
    const states = times.map((t) => closed(x1, 1, t).x);
    close(`${name}.exact, in closed form`, states, given.exact, exactRule);
  });

  each('likelihood', file.likelihood, (given, name) => {
    const { x } = given;
    const denoiser = denoiserOf(dataOf(given), PATH);
    close(`${name}.log_density`, denoiser.logDensity(x, 0), given.log_density, logRule);
    inside(`${name}.latent`, given.latent, (latent) => {
      const prior = priorLogDensity(PATH, latent);
      close(`${name}.prior_log_density`, prior, given.prior_log_density, logRule);
    });
    const solved = logLikelihood(flowOf(dataOf(given), PATH), x, 0);
    close(`${name}.latent`, solved.latent, given.latent, exactRule);
    close(`${name}.integral_of_divergence`, solved.integral, given.integral_of_divergence, logRule);
    close(`${name}.log_density, by the ODE`, solved.logDensity, given.log_density, logRule);
  });

  inside('logit_normal', file.logit_normal, ({ z, t, density, ...law }, name) => {
    close(
      `${name}.t`,
      z.map((value) => logitNormalTime(value, law)),
      t,
      rule,
    );
    close(
      `${name}.density`,
      t.map((value) => logitNormalDensity(value, law)),
      density,
      rule,
    );
  });
}
