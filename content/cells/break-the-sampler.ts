// Break the sampler
import { print, table } from 'from-noise/cell';
import { createRng, finiteDenoiser, makeSchedule, sample } from 'from-noise/math';

// Two images a and −a; a perfect denoiser; the ancestral sampler.
const a = [1, -1, -1, 1];
const schedule = makeSchedule('linear', 50);
const denoiser = finiteDenoiser({ data: [a, a.map((v) => -v)], schedule });
const right = denoiser.predict('epsilon');

// Make mistakes here: each takes (x, t) and answers with a predicted noise.
const programs = {
  right,
  'noise too small by 5 %': (x: Float64Array, t: number) => right(x, t).map((e) => 0.95 * e),
  't off by one': (x: Float64Array, t: number) => right(x, Math.max(1, t - 1)),
  't never told': (x: Float64Array) => right(x, 25),
};

const rows = Object.entries(programs).map(([program, denoise]) => {
  let error = 0;
  for (let n = 0; n < 60; n++) {
    const rng = createRng(n);
    const xT = Float64Array.from(a, () => rng.normal());
    const states = [...sample({ denoiser: denoise, prediction: 'epsilon', schedule, xT, rng })];
    const x = states[states.length - 1].x;
    error += Math.min(...[1, -1].map((s) => x.reduce((sum, v, k) => sum + (v - s * a[k]) ** 2, 0)));
  }
  return { program, 'squared distance to the nearest image': (error / 60).toFixed(6) };
});
table(rows);
print('The loss that trained the denoiser knows nothing of the last two.');
