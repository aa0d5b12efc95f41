/** Unconditional samples from the averaged weights of a run (train.mjs). */
import { conversion } from '../../src/lib/math/parameterization.ts';
import { createRng } from '../../src/lib/math/rng.ts';
import { ddimStep, timesteps } from '../../src/lib/math/samplerSteps.ts';
import { timeFeatures } from '../../src/lib/math/timeFeatures.ts';
import { SIZE } from './digits.mjs';

/** DDIM with x̂_0 clipped to [-1, 1]: x_s = a·x_t + b·x̂_0 + c·z. η = 1 is the ancestral sampler. */
export function draw({ plan, settings, schedule }, { count, seed, steps = 50, eta = 0 }) {
  const { diffusion, model } = settings;
  const rng = createRng(`samples ${seed}`);
  const x = rng.fillNormal(new Float32Array(count * SIZE));
  const z = eta > 0 ? new Float32Array(count * SIZE) : null;
  const times = timesteps(diffusion.T, steps);
  for (let i = 0; i + 1 < times.length; i++) {
    const [t, s] = [times[i], times[i + 1]];
    const { a, b, c } = ddimStep(schedule, t, s, { prediction: 'x0', eta });
    const toX0 = conversion(diffusion.prediction, 'x0', t, schedule);
    const features = timeFeatures(new Float64Array(count).fill(t), diffusion.T, 4 * model.base);
    const output = plan.forward({ x, features }, 'ema');
    if (z && c > 0) rng.fillNormal(z);
    for (let k = 0; k < x.length; k++) {
      const x0 = Math.min(1, Math.max(-1, toX0.xt * x[k] + toX0.prediction * output[k]));
      x[k] = a * x[k] + b * x0 + (z && c > 0 ? c * z[k] : 0);
    }
  }
  return x;
}
