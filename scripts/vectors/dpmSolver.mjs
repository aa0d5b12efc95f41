/** DPM-Solver++ of orders 1 and 2M: on the variance-preserving path, on EDM's, on a chain. */
import { edm } from '../../src/lib/math/process/edm.ts';
import { pointOf } from '../../src/lib/math/process/process.ts';
import { variancePreserving } from '../../src/lib/math/process/variancePreserving.ts';
import { dpmSolverMoves } from '../../src/lib/math/samplers/dpmSolver.ts';
import { scheduleOf } from './inputs.mjs';
import { each, part, toleranceOf, under } from './judge.mjs';
import { chainStatesOf, statesOf } from './solvers.mjs';

export const parts = ['data', 'vp', 'runs'];
export const inputs = ['data', 'vp', ...under('runs', 't', 'schedule', 'grid', 'orders', 'start')];

/** The path of a run, and its times, whose σ may be what they are given by. */
const SPACES = {
  vp: (run, { beta_min, beta_max }) => [
    variancePreserving({ betaMin: beta_min, betaMax: beta_max }),
    part(run, 't'),
  ],
  ve: (run) => [edm(), part(run, 'sigma')],
  chain: ({ schedule, grid }) => [scheduleOf(schedule), grid],
};

export function judge(file, { close }) {
  const rule = { tolerance: toleranceOf(file) };
  each('runs', file.runs, (run, name) => {
    const [process, times] = part(SPACES, run.space, 'the space ')(run, file.vp);
    const data = part(file.data, run.data, 'data.');
    const levels = times.map((t) =>
      t === 0 ? { t, signal: 1, noise: 0 } : { t, ...pointOf(process, t) },
    );
    const numbers = (key) => levels.map((level) => level[key]);
    close(`${name}.alpha`, numbers('signal'), run.alpha, rule);
    close(`${name}.sigma`, numbers('noise'), run.sigma, rule);
    const states = statesOf(dpmSolverMoves(levels, run.orders), data, process, run.start);
    const all = (walked) => walked.map(({ x }) => x);
    close(`${name}.states`, all(states), run.states, rule);
    if (run.predictions) {
      const last = states.slice(states.length - run.predictions.length);
      const estimates = last.map(({ x0 }) => x0);
      close(`${name}.predictions`, estimates, run.predictions, rule);
    }
    // What a reader of the book draws by that name.
    const usual = times.slice(1).map((t, i) => (i > 0 && t > 0 ? 2 : 1));
    if (run.space !== 'chain' || `${run.orders}` !== `${usual}`) return;
    const own = chainStatesOf(process, times, data, run.start, { sampler: 'dpmSolver' });
    close(`${name}.states, by its name`, all(own), run.states, rule);
  });
}
