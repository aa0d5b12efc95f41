/**
 * Noise schedules. Notation: t = 1..T; β_t variance added by step t; α_t = 1 − β_t;
 * ᾱ_t = α_1·…·α_t; signal-to-noise ratio = ᾱ_t / (1 − ᾱ_t);
 * β̃_t = β_t (1 − ᾱ_{t−1}) / (1 − ᾱ_t), the posterior variance (DDPM eq. 7).
 * Papers: DDPM 2006.11239, iDDPM 2102.09672, Jabri et al. 2212.11972, Stable Diffusion 2112.10752.
 */

import { oneOf } from '../numerics/oneOf.ts';

export const SCHEDULE_KINDS = [
  'linear',
  'cosine',
  'quadratic',
  'sigmoidBeta',
  'sigmoidAlphaBar',
  'scaledLinear',
] as const;

export type ScheduleKind = (typeof SCHEDULE_KINDS)[number];

/** What the book calls each schedule. */
export const SCHEDULE_NAMES: Record<ScheduleKind, string> = {
  linear: 'linear',
  cosine: 'cosine',
  quadratic: 'quadratic',
  sigmoidBeta: 'sigmoid on β',
  sigmoidAlphaBar: 'sigmoid on ᾱ',
  scaledLinear: 'scaled linear',
};

/** All arrays have length T+1 and are indexed by t as in the papers; entry 0 is the clean data. */
export interface Schedule {
  readonly kind: ScheduleKind | 'custom';
  readonly T: number;
  /** β_t; beta[0] = 0. */
  readonly beta: Float64Array;
  /** ᾱ_t; alphaBar[0] = 1. */
  readonly alphaBar: Float64Array;
  /** 1 − ᾱ_t, accumulated on its own: subtracting from 1 would lose every digit of a small one. */
  readonly noiseVariance: Float64Array;
  /** ᾱ_t / (1 − ᾱ_t); snr[0] = Infinity. */
  readonly snr: Float64Array;
  /** β̃_t; posteriorVariance[0] = posteriorVariance[1] = 0. */
  readonly posteriorVariance: Float64Array;
}

/** iDDPM section 3.2: the last β of a schedule given by ᾱ would be 1, so it is clipped. */
export const MAX_BETA = 0.999;
const MAX_T = 100_000;
/** √ᾱ divides; below this floor its square root would be too near the smallest double. */
const ALPHA_BAR_FLOOR = 1e-300;

/**
 * A named schedule of T steps.
 * For T other than 1000 the four schedules given by β have it multiplied by 1000/T (clipped at
 * 0.999), so that ᾱ_T stays near 0 in a short chain too.
 * @throws RangeError for an unknown kind or a T that is not an integer in 1..100000.
 */
export function makeSchedule(kind: ScheduleKind, T: number): Schedule {
  oneOf('Schedule kind', kind, SCHEDULE_KINDS);
  checkT(T);
  return build(kind, DEFINITIONS[kind](T));
}

/**
 * A schedule from β_1 … β_T.
 * @throws RangeError when there are no steps, too many, or a β outside the open interval (0, 1).
 */
export function scheduleFromBetas(betas: ArrayLike<number>): Schedule {
  checkT(betas.length);
  for (let i = 0; i < betas.length; i++) {
    if (!(betas[i] > 0 && betas[i] < 1)) {
      throw new RangeError(
        `Schedule: expected every β strictly between 0 and 1; found β_${i + 1} = ${betas[i]}. Move it inside.`,
      );
    }
  }
  return build('custom', Float64Array.from(betas));
}

/** log(ᾱ_t / (1 − ᾱ_t)) for every t; entry 0 is Infinity. */
export function logSnr(schedule: Schedule): Float64Array {
  return schedule.alphaBar.map((a, t) => Math.log(a) - Math.log(schedule.noiseVariance[t]));
}

/**
 * The forward chain from time s to a later time t as one step:
 * x_t = √alpha · x_s + √beta · ε, with alpha = ᾱ_t/ᾱ_s and beta = 1 − alpha, free of cancellation.
 */
export function jump(schedule: Schedule, s: number, t: number): { alpha: number; beta: number } {
  checkTime(schedule, t, 1);
  if (!Number.isInteger(s) || s < 0 || s >= t) {
    throw new RangeError(
      `Earlier time: expected an integer from 0 to ${t - 1}; found ${s}. Use s < t.`,
    );
  }
  let alpha = 1;
  let beta = 0;
  for (let r = s + 1; r <= t; r++) {
    alpha *= 1 - schedule.beta[r];
    beta = (1 - schedule.beta[r]) * beta + schedule.beta[r];
  }
  return { alpha: Math.max(alpha, ALPHA_BAR_FLOOR), beta };
}

/** @throws RangeError unless t is an integer in first..T. */
export function checkTime(schedule: Schedule, t: number, first = 0): void {
  if (!Number.isInteger(t) || t < first || t > schedule.T) {
    throw new RangeError(
      `Time: expected an integer from ${first} to ${schedule.T}; found ${t}. Count t from 1, as the papers do.`,
    );
  }
}

/** @throws RangeError unless T is an integer in 1..100000. */
export function checkT(T: number): void {
  if (!Number.isInteger(T) || T < 1 || T > MAX_T) {
    throw new RangeError(
      `Number of steps T: expected an integer from 1 to ${MAX_T}; found ${T}. Choose a T in that range.`,
    );
  }
}

function build(kind: Schedule['kind'], betas: Float64Array): Schedule {
  const T = betas.length;
  const array = () => new Float64Array(T + 1);
  const [beta, alphaBar, noiseVariance, snr, posteriorVariance] = [
    array(),
    array(),
    array(),
    array(),
    array(),
  ];
  alphaBar[0] = 1;
  snr[0] = Number.POSITIVE_INFINITY;
  for (let t = 1; t <= T; t++) {
    const b = betas[t - 1];
    beta[t] = b;
    alphaBar[t] = Math.max((1 - b) * alphaBar[t - 1], ALPHA_BAR_FLOOR);
    noiseVariance[t] = (1 - b) * noiseVariance[t - 1] + b;
    snr[t] = alphaBar[t] / noiseVariance[t];
    posteriorVariance[t] = (b * noiseVariance[t - 1]) / noiseVariance[t];
  }
  return { kind, T, beta, alphaBar, noiseVariance, snr, posteriorVariance };
}

const linspace = (from: number, to: number, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => (n === 1 ? from : from + ((to - from) * i) / (n - 1)));

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const rescaled = (betas: Float64Array): Float64Array =>
  betas.map((b) => Math.min(MAX_BETA, (b * 1000) / betas.length));

/** β_t = 1 − keep(t/T) / keep((t−1)/T), given the part that the step loses, clipped. */
const fromLoss = (T: number, loss: (u: number, v: number) => number): Float64Array =>
  Float64Array.from({ length: T }, (_, i) => Math.min(MAX_BETA, loss(i / T, (i + 1) / T)));

const DEFINITIONS: Record<ScheduleKind, (T: number) => Float64Array> = {
  // DDPM section 4.
  linear: (T) => rescaled(linspace(1e-4, 0.02, T)),
  quadratic: (T) => rescaled(linspace(Math.sqrt(1e-4), Math.sqrt(0.02), T).map((r) => r * r)),
  // Stable Diffusion's configuration.
  scaledLinear: (T) =>
    rescaled(linspace(Math.sqrt(0.00085), Math.sqrt(0.012), T).map((r) => r * r)),
  sigmoidBeta: (T) => rescaled(linspace(-6, 6, T).map((x) => sigmoid(x) * (0.02 - 1e-4) + 1e-4)),
  // iDDPM eq. 17: ᾱ = cos²(angle)/cos²(angle at 0). cos²a − cos²b = sin(b−a) sin(b+a) keeps the digits.
  cosine: (T) =>
    fromLoss(T, (u, v) => {
      const s = 0.008;
      const [a, b] = [u, v].map((w) => (((w + s) / (1 + s)) * Math.PI) / 2);
      return (Math.sin(b - a) * Math.sin(b + a)) / Math.cos(a) ** 2;
    }),
  // Jabri et al.: ᾱ(u) = (σ(3) − σ(6u−3)) / (σ(3) − σ(−3)); σ(y) − σ(x) by the same care.
  sigmoidAlphaBar: (T) =>
    fromLoss(T, (u, v) => {
      const [x, y] = [6 * u - 3, 6 * v - 3];
      return sigmoidDifference(x, y) / sigmoidDifference(x, 3);
    }),
};

/** σ(y) − σ(x) = (1 − e^{x−y}) σ(y) σ(−x), with no cancellation. */
function sigmoidDifference(x: number, y: number): number {
  return -Math.expm1(x - y) * sigmoid(y) * sigmoid(-x);
}
