/**
 * The bug lab: mistakes that are made in real diffusion code, as switches. Each is one small change of the
 * right program. These names are the only list of them: run configs, links and the lab's choices derive from it.
 */
import { noiseVarianceWithoutRoot } from './mistakes.ts';
import type { Sampler, SamplerStep } from './samplerSteps.ts';
import type { Schedule } from './schedule.ts';

export const BUG_NAMES = [
  /** Adds β·ε instead of √β·ε: the noise level that the network is told is wrong. */
  'betaNotSqrt',
  /** Uses ᾱ_{t+1} where ᾱ_t belongs when it noises the data. */
  'wrongAlphaBar',
  /** The network never hears which t it is looking at. */
  'noTimeEmbedding',
  /** Images stay in [0, 1] instead of [−1, 1]. */
  'unscaledData',
  /** No learning-rate warm-up, no gradient clipping, ten times the learning rate. */
  'noWarmupNoClip',
  /** Samples are drawn with the raw weights of the last step. */
  'noEma',
  /** x̂_0 is not clipped while sampling. */
  'noClip',
  /** DDIM uses ᾱ_{t−1} of the full chain instead of ᾱ of the next stride. */
  'ddimOffByOne',
  /** Adds DDIM noise σ z but does not shorten the direction term by σ². */
  'wrongEta',
  /** Adds noise after the last step too, instead of z = 0 at t = 1. */
  'noiseAtLastStep',
] as const;

export type BugName = (typeof BUG_NAMES)[number];

/** The schedule that the forward process uses: the right one, or a mistaken one under 'betaNotSqrt' and 'wrongAlphaBar'. */
export function forwardSchedule(schedule: Schedule, bug?: BugName): Schedule {
  if (bug === 'wrongAlphaBar') {
    const shift = (values: Float64Array) =>
      values.map((_, t) => values[t === 0 ? 0 : Math.min(t + 1, schedule.T)]);
    return {
      ...schedule,
      alphaBar: shift(schedule.alphaBar),
      noiseVariance: shift(schedule.noiseVariance),
    };
  }
  if (bug === 'betaNotSqrt')
    return { ...schedule, noiseVariance: noiseVarianceWithoutRoot(schedule) };
  return schedule;
}

/** The data as the mistaken program sees them. */
export function scaledData(images: Float32Array, bug?: BugName): Float32Array {
  return bug === 'unscaledData' ? images.map((value) => (value + 1) / 2) : images;
}

/** The t that the network is told. */
export function networkTime(t: ArrayLike<number>, bug?: BugName): ArrayLike<number> {
  return bug === 'noTimeEmbedding' ? new Float64Array(t.length) : t;
}

/** Warm-up, clipping and rate of the mistaken program. */
export function trainHyper<H extends { learningRate: number; warmup: number; clipNorm: number }>(
  hyper: H,
  bug?: BugName,
): H {
  if (bug !== 'noWarmupNoClip') return hyper;
  return { ...hyper, learningRate: 10 * hyper.learningRate, warmup: 0, clipNorm: 0 };
}

/** How samples are drawn: raw weights under 'noEma', unclipped under 'noClip'. */
export function sampleSettings<S extends { weights: 'ema' | 'raw'; clip: boolean }>(
  settings: S,
  bug?: BugName,
): S {
  if (bug === 'noEma') return { ...settings, weights: 'raw' };
  if (bug === 'noClip') return { ...settings, clip: false };
  return settings;
}

/** The right numbers of a step between two times; `eta` replaces the sampler's own. */
export type RightStep = (t: number, s: number, eta?: number) => SamplerStep;

/** The three numbers of a sampler step, as a mistaken program computes them. */
export function samplerStepWithBug(
  schedule: Schedule,
  t: number,
  s: number,
  sampler: Sampler,
  right: RightStep,
  bug?: BugName,
): SamplerStep {
  const step = right(t, s);
  // One step of the full chain, although the sampler jumps from t to s.
  if (bug === 'ddimOffByOne' && sampler === 'ddim') return right(t, t - 1);
  // z is added, but √(1−ᾱ_s−σ²) keeps the full length that it has at η = 0.
  if (bug === 'wrongEta' && sampler === 'ddim')
    return { ...right(t, s, 0), c: step.c || right(t, s, 1).c };
  if (bug === 'noiseAtLastStep' && s === 0) return { ...step, c: Math.sqrt(schedule.beta[t]) };
  return step;
}
