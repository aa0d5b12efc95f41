/**
 * Every sampler here is one line: x_s = a·x_t + b·prediction + c·z, z ~ N(0, I), s < t.
 * These functions give the three numbers; whoever holds arrays or tensors applies them.
 */
import { oneOf } from './oneOf.ts';
import type { PredictionKind } from './parameterization.ts';
import { conversion } from './parameterization.ts';
import { posterior } from './posterior.ts';
import type { Schedule } from './schedule.ts';
import { jump } from './schedule.ts';

export interface SamplerStep {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export const SAMPLERS = ['ddpm', 'ddim'] as const;
export type Sampler = (typeof SAMPLERS)[number];

/** σ² of a step of `ddpm`: β or β̃ of the step taken as one. */
export const SAMPLING_VARIANCES = ['beta', 'betaTilde'] as const;
export type SamplingVariance = (typeof SAMPLING_VARIANCES)[number];

/** How to step. `variance` counts for ddpm (β̃ when left out), `eta` for ddim (0 when left out). */
export interface StepOptions {
  readonly sampler: Sampler;
  readonly prediction: PredictionKind;
  readonly variance?: SamplingVariance;
  readonly eta?: number;
}

/** The step of either sampler. @throws RangeError for a name that is none. */
export function samplerStep(
  schedule: Schedule,
  t: number,
  s: number,
  { sampler, prediction, variance = 'betaTilde', eta = 0 }: StepOptions,
): SamplerStep {
  return oneOf('Sampler', sampler, SAMPLERS) === 'ddim'
    ? ddimStep(schedule, t, s, { prediction, eta })
    : ancestralStep(schedule, t, s, { prediction, variance });
}

// #region ancestralStep
/**
 * DDPM Algorithm 2, for any s < t: the posterior mean at the predicted x_0, plus noise of variance
 * β ('beta') or β̃ ('betaTilde') of the step taken as one. No noise is added on arrival at s = 0.
 */
export function ancestralStep(
  schedule: Schedule,
  t: number,
  s: number,
  options: { prediction: PredictionKind; variance: SamplingVariance },
): SamplerStep {
  const q = posterior(schedule, t, s);
  const x0 = conversion(options.prediction, 'x0', t, schedule);
  const kind = oneOf('Variance', options.variance, SAMPLING_VARIANCES);
  const variance = kind === 'beta' ? jump(schedule, s, t).beta : q.variance;
  return {
    a: q.xtCoefficient + q.x0Coefficient * x0.xt,
    b: q.x0Coefficient * x0.prediction,
    c: s === 0 ? 0 : Math.sqrt(variance),
  };
}
// #endregion

// #region ddimStep
/**
 * DDIM (2010.02502 eq. 12, 16): x_s = √ᾱ_s x̂_0 + √(1−ᾱ_s−σ²) ε̂ + σ z with σ² = η² β̃.
 * η = 0 is deterministic; η = 1 is the ancestral step with β̃.
 * @throws RangeError for η outside [0, 1].
 */
export function ddimStep(
  schedule: Schedule,
  t: number,
  s: number,
  options: { prediction: PredictionKind; eta: number },
): SamplerStep {
  const { prediction, eta } = options;
  if (!(eta >= 0 && eta <= 1)) {
    throw new RangeError(`η: expected a number from 0 to 1; found ${eta}. Choose one in between.`);
  }
  const { alpha, beta } = jump(schedule, s, t);
  const noise = schedule.noiseVariance;
  const x0 = conversion(prediction, 'x0', t, schedule);
  const epsilon = conversion(prediction, 'epsilon', t, schedule);
  // 1 − ᾱ_s − σ² = (1 − ᾱ_s)(1 − η² β/(1−ᾱ_t)), and 1 − ᾱ_t = alpha (1−ᾱ_s) + beta: no cancellation.
  const kept = ((1 - eta) * (1 + eta) * beta + alpha * noise[s]) / noise[t];
  const direction = Math.sqrt(noise[s] * kept);
  const signal = Math.sqrt(schedule.alphaBar[s]);
  return {
    a: signal * x0.xt + direction * epsilon.xt,
    b: signal * x0.prediction + direction * epsilon.prediction,
    c: eta * Math.sqrt((beta * noise[s]) / noise[t]),
  };
}
// #endregion

/**
 * The times visited by a sampler of `steps` steps: steps + 1 strictly decreasing integers, always
 * from T (where the prior is) to 0.
 * @throws RangeError unless steps is an integer in 1..T.
 */
export function timesteps(T: number, steps: number): number[] {
  if (!Number.isInteger(steps) || steps < 1 || steps > T) {
    throw new RangeError(
      `Steps: expected an integer from 1 to T = ${T}; found ${steps}. Choose one.`,
    );
  }
  return Array.from({ length: steps + 1 }, (_, i) => Math.round((T * (steps - i)) / steps));
}
