/** Unconditional samples from the averaged weights of a run (train.mjs). */
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';
import { ddimStep } from '../../src/lib/math/samplers/ddim.ts';
import { readingOf, weightsOf } from '../../src/lib/math/samplers/program.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';
import { SIZE } from './digits.mjs';

/** DDIM with x̂_0 clipped to [-1, 1]: x_s = a·x_t + answer·x̂_0 + z·(fresh noise). η = 1 is the ancestral sampler. */
export function draw({ plan, settings, schedule }, { count, seed, steps = 50, eta = 0 }) {
  const { diffusion, model } = settings;
  const rng = createRng(`samples ${seed}`);
  const x = rng.fillNormal(new Float32Array(count * SIZE));
  const z = eta > 0 ? new Float32Array(count * SIZE) : null;
  const times = timesteps(diffusion.T, steps);
  for (let i = 0; i + 1 < times.length; i++) {
    const [t, s] = [times[i], times[i + 1]];
    const [weights] = weightsOf([ddimStep(schedule, t, s, eta)], readingOf('x0', t, schedule));
    const { toX0 } = readingOf(diffusion.prediction, t, schedule);
    const [a] = weights.registers;
    const features = timeFeatures(new Float64Array(count).fill(t), diffusion.T, 4 * model.base);
    const output = plan.forward({ values: { x, features } }, 'ema');
    const noisy = z !== null && weights.z > 0;
    if (noisy) rng.fillNormal(z);
    for (let k = 0; k < x.length; k++) {
      const x0 = Math.min(1, Math.max(-1, toX0.xt * x[k] + toX0.prediction * output[k]));
      x[k] = a * x[k] + weights.answer * x0 + (noisy ? weights.z * z[k] : 0);
    }
  }
  return x;
}
