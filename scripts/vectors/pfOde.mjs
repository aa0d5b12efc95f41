/** The probability-flow ODE: of a Gaussian its exact solutions. Solvers have nothing here yet. */
import { edm } from '../../src/lib/math/process/edm.ts';
import { gaussianFlowOf, pathOfSde } from './inputs.mjs';
import { each, part, toleranceOf, under } from './judge.mjs';

export const parts = ['sdes', 'data', 'in_time', 'in_sigma'];
export const inputs = [
  'sdes',
  'data',
  ...under('in_time', 'x1', 'times', 't_end'),
  ...under('in_sigma', 'unit_start', 'sigma_grid'),
];

export function judge(file, { close }) {
  const rule = { tolerance: toleranceOf(file, 'exact_solutions') };
  const flowOf = ({ data }, path) => gaussianFlowOf(part(file.data, data, 'data.'), path);

  each('in_time', file.in_time, (run, name) => {
    const flow = flowOf(run, pathOfSde(run.sde, file.sdes));
    if (!flow) return;
    const states = run.times.map((t) => flow(run.x1, 1, t).x);
    close(`${name}.exact`, states, run.exact, rule);
  });
  each('in_sigma', file.in_sigma, (run, name) => {
    const { unit_start: unit, sigma_grid: grid } = run;
    const flow = flowOf(run, edm({ sigmaMax: grid[0] }));
    if (!flow) return;
    const start = unit.map((value) => value * grid[0]);
    const states = grid.slice(0, -1).map((sigma) => flow(start, grid[0], sigma).x);
    close(`${name}.exact_at_grid_but_last`, states, run.exact_at_grid_but_last, rule);
    if (run.exact_at_zero !== undefined)
      close(`${name}.exact_at_zero`, flow(start, grid[0], 0).x, run.exact_at_zero, rule);
  });
}
