/** What the chapter on scores and time says in numbers, once for every language. */

import { odePathWithDivergence } from '../../src/lib/math/exact/flow.ts';
import { logLikelihood } from '../../src/lib/math/exact/likelihood.ts';
import { lineDensity, linePlaces } from '../../src/lib/math/exact/lineLaw.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { PATHS } from '../../src/lib/math/process/paths.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { lineDenoiser, lineLangevin } from '../../src/lib/math/samplers/lineWalks.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';
import { LAW, PARTICLES, schedule, shareRight, T } from '../../src/lib/plots/scores/line.ts';

/** Share of the Langevin particles that find the right bell, as the widget begins, and with much noise first. */
export const found = [false, true].map((annealed) =>
  shareRight(
    lineLangevin({ law: LAW, schedule, count: PARTICLES, t: 5, steps: 200, annealed, seed: 1 }),
  ),
);

/** By how much the chain's step back at the middle of T steps differs from that of the equation, at x = 1 with score −1. */
export const stepGap = [10, 100, 1000].map((steps) => {
  const { beta } = makeSchedule('linear', steps);
  const b = beta[Math.ceil(steps / 2)];
  const chain = (1 - b) / Math.sqrt(1 - b);
  const equation = 1 + b / 2 - b;
  return { steps, beta: b, gap: Math.abs(chain - equation) };
});

const path = PATHS.variancePreserving;
const denoiser = mixtureDenoiser({
  components: LAW.map(({ weight, mean, variance }) => ({
    weight,
    mean: [mean],
    covariance: variance,
  })),
  path,
});
/** −log p(x) by the ODE, nats. */
export const surprise = (x: number): number =>
  -logLikelihood({ denoiser, path }, [x], 0).logDensity;
/** The same of the data's own law. */
export const trueSurprise = (x: number): number => -Math.log(lineDensity(LAW, schedule, 0, x));
export const likelihoods = [-1.4, 0, 1, 1.3].map((x) => {
  const { latent, integral, logDensity } = logLikelihood({ denoiser, path }, [x], 0);
  return { x, latent: latent[0], integral, ode: -logDensity, truth: trueSurprise(x) };
});

/** ∫ div v from the data to each of some times, on the way from x. */
export const stretchedBy = (x: number) =>
  odePathWithDivergence(
    { denoiser, path },
    [x],
    Array.from({ length: 41 }, (_, i) => (i / 40) ** 2),
  );

const epsilonOf = lineDenoiser(LAW, schedule).predict('epsilon');
/** One step of DDIM either way, asked at the time from which it goes; at the data, at the chain's first. */
function step(x: number, from: number, to: number): number {
  const { alphaBar, noiseVariance } = schedule;
  const epsilon = epsilonOf(Float64Array.of(x), Math.max(1, from))[0];
  const clean = (x - Math.sqrt(noiseVariance[from]) * epsilon) / Math.sqrt(alphaBar[from]);
  return Math.sqrt(alphaBar[to]) * clean + Math.sqrt(noiseVariance[to]) * epsilon;
}
/** Data sent to their latents and back in n steps each: how far from where they were, root mean square. */
export const roundTrip = (steps: number): number => {
  const back = timesteps(T, steps);
  const there = [...back].reverse();
  const walk = (x: number, times: readonly number[]) =>
    times.slice(1).reduce((value, to, i) => step(value, times[i], to), x);
  const data = linePlaces(LAW, schedule, 0, 40);
  const off = data.map((x) => (walk(walk(x, there), back) - x) ** 2);
  return Math.sqrt(off.reduce((sum, value) => sum + value, 0) / data.length);
};
export const roundTrips = [10, 25, 50, 100, 200].map((steps) => ({ steps, off: roundTrip(steps) }));
