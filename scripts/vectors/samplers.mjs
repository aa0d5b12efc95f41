/** Runs of DDPM and DDIM with exact denoisers and given noise, over any grid of times. */
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { denoiserOf, givenNoise, scheduleOf, stepsOf } from './inputs.mjs';
import { each, part, toleranceOf, under } from './judge.mjs';

/** The end is the same whatever is predicted. From ε, x_0 is had with an error of 1e-16/√ᾱ_T: left out where that is too much. */
const kindsFor = ({ alphaBar, T }) =>
  Math.sqrt(alphaBar[T]) > 1e-4 ? ['x0', 'v', 'epsilon'] : ['x0', 'v'];

export const parts = ['data', 'schedules', 'runs'];
export const inputs = ['data', 'schedules', ...under('runs', 'grid', 'eta', 'xT', 'z')];

export function judge(file, { close }) {
  const rule = { tolerance: toleranceOf(file) };
  each('runs', file.runs, (run, name) => {
    const schedule = scheduleOf(part(file.schedules, run.schedule, 'schedules.'));
    const sampler = part(run, 'sampler');
    part(run, sampler === 'ddpm' ? 'variance' : 'eta');
    const denoiser = denoiserOf(part(file.data, run.data, 'data.'), schedule);
    for (const prediction of kindsFor(schedule)) {
      const rng = givenNoise(run.z);
      const states = sample({
        schedule,
        denoiser: denoiser.predict(prediction),
        prediction,
        xT: run.xT,
        rng,
        times: run.grid,
        sampler,
        variance: run.variance,
        eta: run.eta,
        clip: run.clip,
      });
      stepsOf(run).forEach((_, i) => {
        rng.step(i);
        const { value } = states.next();
        close(`${name}.states[${i}], ${prediction}`, value.x, run.states[i], rule);
      });
    }
  });
}
