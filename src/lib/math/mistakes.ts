/**
 * Common mistakes, as functions: what the wrong formula computes, so that a page can show the right
 * number beside it. Nothing else in the book may import these.
 */

import { klGaussian } from './gaussian.ts';
import type { PredictionKind } from './parameterization.ts';
import { conversion } from './parameterization.ts';
import { posterior } from './posterior.ts';
import { ancestralStep, ddimStep, type SamplerStep } from './samplerSteps.ts';
import { checkTime, type Schedule, scheduleFromBetas } from './schedule.ts';

/**
 * x_t = √(1−β) x_{t−1} + β ε: a standard deviation used as if β were one.
 * @returns the noise variance of x_t for t = 0..T: v ← (1−β) v + β².
 */
export function noiseVarianceWithoutRoot(schedule: Schedule): Float64Array {
  const variance = new Float64Array(schedule.T + 1);
  for (let t = 1; t <= schedule.T; t++) {
    variance[t] = (1 - schedule.beta[t]) * variance[t - 1] + schedule.beta[t] ** 2;
  }
  return variance;
}

/** Where that chain ends: KL(q(x_T|x_0) ‖ N(0,1)) of one pixel, in nats. */
export function priorKlWithoutRoot(schedule: Schedule, pixel: number): number {
  const variance = noiseVarianceWithoutRoot(schedule)[schedule.T];
  return klGaussian(Math.sqrt(schedule.alphaBar[schedule.T]) * pixel, variance, 0, 1);
}

/** x_t = x_{t−1} + √β ε: no contraction. Var x_T for data of the given variance: it only grows. */
export function varianceWithoutContraction(schedule: Schedule, dataVariance = 1): number {
  return schedule.beta.reduce((sum, beta) => sum + beta, dataVariance);
}

/** E‖x_0 − x_T‖² per pixel when x_T is the noised image: a "loss" with no parameter in it. */
export function lossAgainstNoise(schedule: Schedule, pixel: number): number {
  const gap = (1 - Math.sqrt(schedule.alphaBar[schedule.T])) * pixel;
  return gap * gap + schedule.noiseVariance[schedule.T];
}

/**
 * E‖x_0 − y‖² for a "generated" y independent of x_0: drawn from the data (a perfect sampler), or
 * constant grey. Grey wins, so the loss rewards the wrong thing.
 */
export function lossAgainstSample(
  data: readonly ArrayLike<number>[],
  generated: readonly ArrayLike<number>[],
): number {
  let sum = 0;
  for (const x of data) {
    for (const y of generated) for (let i = 0; i < x.length; i++) sum += (x[i] - y[i]) ** 2;
  }
  return sum / (data.length * generated.length);
}

/**
 * E_q log(p/q) of one step, when p = N(mean + k, β̃) and q = N(mean, β̃): the flipped "loss".
 * It falls without limit as k grows: minimising it drives the mean away.
 */
export function flippedTerm(k: number, posteriorVariance: number): number {
  return -klGaussian(0, posteriorVariance, k, posteriorVariance);
}

/** A short chain with the β of a long one: ᾱ_T stays far from 0. β from 1e-4 to 0.02 in T steps. */
export function unscaledLinear(T: number): Schedule {
  return scheduleFromBetas(
    Array.from({ length: T }, (_, i) => 1e-4 + ((0.02 - 1e-4) * i) / Math.max(1, T - 1)),
  );
}

/** Bugs that can be switched on in training or sampling. */
export const BUGS = [
  'alphaInsteadOfAlphaBar',
  'betaInsteadOfRoot',
  'ddimOffByOne',
  'etaNotSquared',
  'noiseAtLastStep',
  'startsTooLate',
] as const;
export type Bug = (typeof BUGS)[number];

/** x_t = signal·x_0 + noise·ε with a bug in it, as a training loop would use it. */
export function buggyDiffuse(
  bug: Bug | undefined,
  schedule: Schedule,
  t: number,
): { signal: number; noise: number } {
  checkTime(schedule, t, 1);
  if (bug === 'alphaInsteadOfAlphaBar') {
    return { signal: Math.sqrt(1 - schedule.beta[t]), noise: Math.sqrt(schedule.beta[t]) };
  }
  const signal = Math.sqrt(schedule.alphaBar[t]);
  if (bug === 'betaInsteadOfRoot') {
    return { signal, noise: Math.sqrt(noiseVarianceWithoutRoot(schedule)[t]) };
  }
  return { signal, noise: Math.sqrt(schedule.noiseVariance[t]) };
}

/**
 * A sampler step with a bug in it. Without one: DDIM with the given η.
 * - `ddimOffByOne`: the step aims at s + 1 instead of s, so the picture lags behind its noise level.
 * - `etaNotSquared`: σ² = η β̃ instead of η² β̃ inside the root, while η √β̃ is added.
 * - `noiseAtLastStep`: Algorithm 2 without "z = 0 at t = 1".
 * - `alphaInsteadOfAlphaBar`: x̂_0 from α_t instead of ᾱ_t (for a network that predicts ε).
 */
export function buggyStep(
  bug: Bug | undefined,
  schedule: Schedule,
  t: number,
  s: number,
  options: { prediction: PredictionKind; eta: number },
): SamplerStep {
  const right = ddimStep(schedule, t, s, options);
  switch (bug) {
    case 'ddimOffByOne':
      // From t to s + 1 = t nothing moves at all.
      return s + 1 < t ? ddimStep(schedule, t, s + 1, options) : { a: 1, b: 0, c: 0 };
    case 'etaNotSquared':
      return {
        ...ddimStep(schedule, t, s, { ...options, eta: Math.sqrt(options.eta) }),
        c: right.c,
      };
    case 'noiseAtLastStep': {
      const step = ancestralStep(schedule, t, s, { ...options, variance: 'beta' });
      return s === 0 ? { ...step, c: Math.sqrt(schedule.beta[1]) } : step;
    }
    case 'alphaInsteadOfAlphaBar': {
      const q = posterior(schedule, t, s);
      const epsilon = conversion(options.prediction, 'epsilon', t, schedule);
      const [signal, noise] = [Math.sqrt(1 - schedule.beta[t]), Math.sqrt(schedule.beta[t])];
      return {
        a: q.xtCoefficient + (q.x0Coefficient * (1 - noise * epsilon.xt)) / signal,
        b: (-q.x0Coefficient * noise * epsilon.prediction) / signal,
        c: s === 0 ? 0 : Math.sqrt(q.variance),
      };
    }
    default:
      return right;
  }
}

/** `startsTooLate`: a sampler of few steps that begins at t = steps of a chain of T, not at T. */
export function buggyTimesteps(steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => steps - i);
}
