// How few steps are enough?
import { table } from 'from-noise/cell';
import { createRng, finiteDenoiser, makeSchedule, sample } from 'from-noise/math';

// A perfect denoiser of two images, a and −a; two samplers; ever fewer of the 200 steps.
const a = [1, -1, -1, 1];
const schedule = makeSchedule('cosine', 200);
const denoiser = finiteDenoiser({ data: [a, a.map((v) => -v)], schedule }).predict('epsilon');
const chains = 1000;

// Squared distances of the last states from the nearer of the two images.
const distances = (sampler: 'ddpm' | 'ddim', steps: number) =>
  Array.from({ length: chains }, (_, n) => {
    const rng = createRng(n);
    const xT = Float64Array.from(a, () => rng.normal());
    const states = [
      ...sample({ schedule, denoiser, prediction: 'epsilon', xT, rng, steps, sampler, eta: 0 }),
    ];
    const x = states[states.length - 1].x;
    return Math.min(...[1, -1].map((s) => x.reduce((d, v, k) => d + (v - s * a[k]) ** 2, 0)));
  });
const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const between = (values: number[]) => (100 * values.filter((v) => v > 0.01).length) / chains;

table(
  [20, 10, 5, 2, 1].map((steps) => {
    const [ancestral, ddim] = [distances('ddpm', steps), distances('ddim', steps)];
    return {
      steps,
      'ancestral: distance²': mean(ancestral).toFixed(6),
      '% between': between(ancestral),
      'DDIM, η = 0: distance²': mean(ddim).toFixed(6),
      '% between, DDIM': between(ddim),
    };
  }),
);
