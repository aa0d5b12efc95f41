/** RePaint: its steps there and back, and the law of inpainting by replacement. */

import { oneOf } from '../../src/lib/math/numerics/oneOf.ts';
import { diffuse, forwardStep } from '../../src/lib/math/process/forward.ts';
import { ancestralStep } from '../../src/lib/math/samplers/ddpm.ts';
import { replacementProbabilities } from '../../src/lib/math/samplers/inpaint.ts';
import { denoiserOf, inOrder, scheduleOf } from './inputs.mjs';
import { each, inside, part, toleranceOf, under } from './judge.mjs';
import { stepped } from './solvers.mjs';

export const parts = ['visits', 'runs', 'laws'];
export const inputs = [
  ...under('visits', 'T', 'jump_length', 'resamplings'),
  ...under('runs', 'betas', 'rows', 'weights', 'mask_1_is_known', 'known_image', 'xT'),
  ...under('runs', 'jump_length', 'resamplings'),
  ...under('runs.operations', 't', 's', 'z', 'z_known'),
  ...under('laws', 'rows', 'weights', 'known_pixel', 'known_value', 'betas', 'jump_length'),
  ...under('laws.cases', 'resamplings', 'monte_carlo_draws'),
];

const OPERATIONS = ['reverse', 'forward'];

export function judge(file, { close }) {
  const rule = { tolerance: toleranceOf(file, 'steps') };
  each('runs', file.runs, (run, path) => {
    const schedule = scheduleOf(run);
    const denoiser = denoiserOf(run, schedule);
    let x = Float64Array.from(run.xT);
    each(`${path}.operations`, run.operations, (operation, name) => {
      const { op, t, s, z } = operation;
      if (oneOf('Operation', op, OPERATIONS) === 'forward') x = forwardStep(x, s, schedule, z);
      else {
        if (operation.z_known) {
          const noised = diffuse(run.known_image, t, schedule, operation.z_known);
          x = x.map((value, k) => (run.mask_1_is_known[k] ? noised[k] : value));
        }
        const x0 = denoiser.posteriorMean(x, t);
        close(`${name}.x0_mean`, x0, operation.x0_mean, rule);
        const step = ancestralStep(schedule, t, s, run.variance);
        const told = { answer: x0, kind: 'x0', t, process: schedule };
        x = stepped(x, step, { ...told, rng: inOrder(z ?? []) });
      }
      close(`${name}.x`, x, operation.x, rule);
    });
  });
  inside('laws', file.laws, (laws) => {
    const lawRule = { tolerance: toleranceOf(file, 'laws') };
    const jumpLength = part(laws, 'jump_length', 'laws.');
    each('laws.cases', laws.cases, (given, name) => {
      const resamplings = part(given, 'resamplings', `${name}.`);
      if (resamplings !== 1 || jumpLength !== 1) return; // floor 0 has the law of one visit
      const law = replacementProbabilities({
        schedule: scheduleOf(laws),
        data: laws.rows,
        weights: laws.weights,
        known: new Map([[laws.known_pixel, laws.known_value]]),
        variance: given.variance,
      });
      const reference = given.probability_if_x_T_is_overwritten_too;
      close(`${name}.probability_if_x_T_is_overwritten_too`, law[0], reference, lawRule);
    });
  });
}
