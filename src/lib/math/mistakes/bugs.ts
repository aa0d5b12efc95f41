/**
 * The bug lab: mistakes that are made in real diffusion code, as switches. Each is one small change of the
 * right program. These names are the only list of them: run configs, links and the lab's choices derive from it.
 */

import { isSchedule, type Process } from '../process/process.ts';
import type { Schedule } from '../process/schedule.ts';
import { type Move, strides } from '../samplers/program.ts';
import { type SamplerChoice, type SamplerValues, samplerMoves } from '../samplers/record.ts';
import { noiseVarianceWithoutRoot } from './mistakes.ts';

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

/** The same for an objective's process: these two mistakes are made with a schedule, other paths have neither. */
export const forwardProcess = (process: Process, bug?: BugName): Process =>
  isSchedule(process) ? forwardSchedule(process, bug) : process;

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

type Program = (times: readonly number[], values?: Partial<SamplerValues>) => Move[];
type Mistake = (right: Program, times: readonly number[], schedule: Schedule) => Move[];

/** The move with other fresh noise in x. */
const withNoise = (move: Move, z: number): Move => ({
  ...move,
  sets: [{ ...move.sets[0], z }, ...move.sets.slice(1)],
});

const ofDdim: Partial<Record<BugName, Mistake>> = {
  // One step of the full chain, although the sampler jumps from t to s.
  ddimOffByOne: (right, times) =>
    strides(times).flatMap(([t, s]) => right([t, t - 1]).map((move) => ({ ...move, s }))),
  // z is added, but √(1−ᾱ_s−σ²) keeps the full length that it has at η = 0.
  wrongEta(right, times) {
    const noise = (values?: Partial<SamplerValues>) =>
      right(times, values).map(({ sets }) => sets[0].z);
    const [own, full] = [noise(), noise({ eta: 1 })];
    return right(times, { eta: 0 }).map((move, i) => withNoise(move, own[i] || full[i] || 0));
  },
};

const ofAll: Partial<Record<BugName, Mistake>> = {
  noiseAtLastStep: (right, times, { beta }) =>
    right(times).map((move) =>
      move.s === 0 ? withNoise(move, Math.sqrt(beta[move.t ?? 0])) : move,
    ),
};

/** The program of a sampler (see `samplerMoves`), as a mistaken programmer writes it. */
export function movesWithBug(
  schedule: Schedule,
  times: readonly number[],
  choice: SamplerChoice,
  bug?: BugName,
): Move[] {
  const right: Program = (visited, values) =>
    samplerMoves(schedule, visited, { ...choice, ...values });
  const mistakes = choice.sampler === 'ddim' ? { ...ofAll, ...ofDdim } : ofAll;
  const mistake = bug && mistakes[bug];
  return mistake ? mistake(right, times, schedule) : right(times);
}
