/** What chapter 6 says in numbers, once for every language. */

import record from '../../public/checkpoints/mnist.json';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { ancestralStep } from '../../src/lib/math/samplers/ddpm.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';
import { cellTable } from '../../src/markdown/cellTable.ts';

export const cosine = makeSchedule('cosine', 1000);
export const short = makeSchedule('cosine', 100);
/** One DDIM step from pure noise with the exact denoiser of two pictures: its largest pixel. */
export const diagonal = [1, -1, -1, 1];
const oneStep = [
  ...sample({
    schedule: short,
    denoiser: finiteDenoiser({
      data: [diagonal, diagonal.map((v) => -v)],
      schedule: short,
    }).predict('epsilon'),
    prediction: 'epsilon',
    xT: createRng(7).fillNormal(new Float64Array(4)),
    rng: createRng(7),
    steps: 1,
    sampler: 'ddim',
    eta: 0,
  }),
].at(-1)!.x;
export const greyness = Math.max(...oneStep.map(Math.abs));
export const ratio = (t: number) => cosine.posteriorVariance[t] / cosine.beta[t];
export const noiseOf = (variance: 'beta' | 'betaTilde', t: number, s: number) =>
  ancestralStep(cosine, t, s, variance).z;
export const ten = timesteps(1000, 10);
export const signal50 = Math.sqrt(cosine.alphaBar[50]);
export const recipe = record.recognised.sampler
  .replace('ddim', 'DDIM')
  .replace('ddpm', 'DDPM')
  .replace('eta ', 'η = ');
export const fewer = Object.fromEntries(
  (await cellTable('fewer-steps')).map((row) => [row.steps, row]),
);
export const percent = (share: number) => (100 * share).toFixed(1);
