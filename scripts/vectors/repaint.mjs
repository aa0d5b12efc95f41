/** RePaint: its steps there and back, and the law of inpainting by replacement. */
import { finiteDenoiser } from '../../src/lib/math/denoisers/finite.ts';
import { diffuse, forwardStep } from '../../src/lib/math/forward.ts';
import { replacementProbabilities } from '../../src/lib/math/inpaint.ts';
import { ancestralStep } from '../../src/lib/math/samplerSteps.ts';
import { scheduleFromBetas } from '../../src/lib/math/schedule.ts';

export const parts = ['visits', 'runs', 'laws'];

export function judge(file, { close, notBuilt }) {
  const rule = { tolerance: file.meta.tolerance.steps };
  notBuilt('visits', 'laws with resamplings, or with x_T left as drawn');
  file.runs.forEach((run, index) => {
    const schedule = scheduleFromBetas(run.betas);
    const denoiser = finiteDenoiser({ data: run.rows, weights: run.weights, schedule });
    let x = Float64Array.from(run.xT);
    run.operations.forEach((operation, i) => {
      const name = `runs[${index}].operations[${i}]`;
      const { op, t, s, z } = operation;
      if (op === 'forward') x = forwardStep(x, s, schedule, z);
      else {
        if (operation.z_known) {
          const noised = diffuse(run.known_image, t, schedule, operation.z_known);
          x = x.map((value, k) => (run.mask_1_is_known[k] ? noised[k] : value));
        }
        const x0 = denoiser.posteriorMean(x, t);
        close(`${name}.x0_mean`, x0, operation.x0_mean, rule);
        const { a, b, c } = ancestralStep(schedule, t, s, {
          prediction: 'x0',
          variance: run.variance,
        });
        x = x.map((value, k) => a * value + b * x0[k] + (c === 0 ? 0 : c * z[k]));
      }
      close(`${name}.x`, x, operation.x, rule);
    });
  });
  const { rows, weights, known_pixel, known_value, betas, jump_length, cases } = file.laws;
  cases.forEach(({ resamplings, variance, ...expected }, i) => {
    if (resamplings !== 1 || jump_length !== 1) return;
    const law = replacementProbabilities({
      schedule: scheduleFromBetas(betas),
      data: rows,
      weights,
      known: new Map([[known_pixel, known_value]]),
      variance,
    });
    close(
      `laws.cases[${i}].probability_if_x_T_is_overwritten_too`,
      law[0],
      expected.probability_if_x_T_is_overwritten_too,
      {
        tolerance: file.meta.tolerance.laws,
      },
    );
  });
}
