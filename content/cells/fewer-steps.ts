// How few steps are enough?
import { table } from 'from-noise/cell';
import { createRng, finiteDenoiser, makeSchedule, sample } from 'from-noise/math';

// A perfect denoiser of two images, a and −a; two samplers; ever fewer of the 200 steps.
const a = [1, -1, -1, 1];
const schedule = makeSchedule('cosine', 200);
const denoiser = finiteDenoiser({ data: [a, a.map((v) => -v)], schedule }).predict('epsilon');

const distance = (sampler: 'ddpm' | 'ddim', steps: number) => {
  let sum = 0;
  for (let n = 0; n < 100; n++) {
    const rng = createRng(n);
    const xT = Float64Array.from(a, () => rng.normal());
    const states = [
      ...sample({ schedule, denoiser, prediction: 'epsilon', xT, rng, steps, sampler, eta: 0 }),
    ];
    const x = states[states.length - 1].x;
    sum += Math.min(...[1, -1].map((s) => x.reduce((d, v, k) => d + (v - s * a[k]) ** 2, 0)));
  }
  return sum / 100;
};

table(
  [200, 50, 20, 10, 5, 2, 1].map((steps) => ({
    steps,
    ancestral: distance('ddpm', steps),
    'DDIM, η = 0': distance('ddim', steps),
  })),
);
