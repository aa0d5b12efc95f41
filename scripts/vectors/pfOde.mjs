/** The probability-flow ODE: solved exactly, by Euler and by Heun, in its time and in σ. */
import { odePath } from '../../src/lib/math/exact/flow.ts';
import { edm } from '../../src/lib/math/process/edm.ts';
import { sigmaPoint, timePoint } from '../../src/lib/math/samplers/heun.ts';
import { flowOf, gaussianFlowOf, pathOfSde } from './inputs.mjs';
import { each, inside, part, toleranceOf, under } from './judge.mjs';
import { euler, heun, statesOf } from './solvers.mjs';

export const parts = ['sdes', 'data', 'in_time', 'in_sigma'];
export const inputs = [
  'sdes',
  'data',
  ...under('in_time', 'x1', 'times', 't_end'),
  ...under('in_sigma', 'unit_start', 'sigma_grid'),
];

export function judge(file, { close }) {
  const rule = { tolerance: toleranceOf(file, 'exact_solutions') };
  const gridRule = { tolerance: toleranceOf(file, 'fixed_grid_states') };
  const dataOf = ({ data }) => part(file.data, data, 'data.');
  const judgeExact = (place, run, path, start, times) => {
    const reference = run[place.split('.')[1]];
    close(place, odePath(flowOf(dataOf(run), path), start, times), reference, rule);
    const closed = gaussianFlowOf(dataOf(run), path);
    if (!closed) return;
    const states = times.map((t) => closed(start, times[0], t).x);
    close(`${place}, in closed form`, states, reference, rule);
  };

  each('in_time', file.in_time, (run, name) => {
    const path = pathOfSde(run.sde, file.sdes);
    for (const [steps, ends] of Object.entries(run.uniform_grids ?? {})) {
      const points = Array.from({ length: Number(steps) + 1 }, (_, i) => {
        const t = 1 + ((run.t_end - 1) * i) / Number(steps);
        return timePoint(t, path.at(t));
      });
      inside(`${name}.uniform_grids.${steps}`, ends, (_, place) => {
        const endOf = (moves) => statesOf(moves, dataOf(run), path, run.x1).at(-1).x;
        close(`${place}.euler_end`, endOf(euler(points)), ends.euler_end, gridRule);
        close(`${place}.heun_end`, endOf(heun(points)), ends.heun_end, gridRule);
      });
    }
    judgeExact(`${name}.exact`, run, path, run.x1, run.times);
  });
  each('in_sigma', file.in_sigma, (run, name) => {
    const { unit_start: unit, sigma_grid: grid } = run;
    const path = edm({ sigmaMax: grid[0] });
    const start = unit.map((value) => value * grid[0]);
    const points = grid.map((sigma) => sigmaPoint(sigma, path.at(sigma)));
    const all = (moves) => statesOf(moves, dataOf(run), path, start).map(({ x }) => x);
    close(`${name}.euler_states`, all(euler(points)), run.euler_states, gridRule);
    close(`${name}.heun_states`, all(heun(points)), run.heun_states, gridRule);
    judgeExact(`${name}.exact_at_grid_but_last`, run, path, start, grid.slice(0, -1));
    if (run.exact_at_zero === undefined) return;
    const atZero = odePath(flowOf(dataOf(run), path), start, [grid[0], 0])[1];
    close(`${name}.exact_at_zero`, atZero, run.exact_at_zero, rule);
  });
}
