/**
 * Heun's method for the probability-flow ODE (Karras et al. 2206.00364, Algorithms 1 and 2): the step that Euler would
 * take, then the same step with the mean of the slopes at its two ends. Second order, for two evaluations a step.
 */
import type { PathPoint } from '../process/path.ts';
import { pathOf } from '../process/process.ts';
import type { Schedule } from '../process/schedule.ts';
import { type Combination, defineSampler, type Move, strides } from './program.ts';

/**
 * One place of an ODE on its way. Its state is y = x/scale, and dy/dclock = slope, a combination of x, x̂_0 and ε̂. No slope:
 * the data are reached, where a denoiser has nothing left to say.
 */
export interface OdePoint {
  readonly t: number;
  readonly clock: number;
  readonly scale: number;
  readonly slope?: Combination;
}

/** weight·slope + x·(register 0) + kept·(register 1): what a step of Euler’s adds up. */
export const alongSlope = (
  { registers: [own = 0] = [], x0 = 0, epsilon = 0 }: Combination,
  weight: number,
  { x = 0, kept = 0 },
): Combination => ({
  registers: [x + weight * own, kept],
  x0: weight * x0,
  epsilon: weight * epsilon,
});

// #region heunStep
/**
 * y' = y + h k_1, with k_1 the slope at y; then, if it is corrected, y + ½h (k_1 + k_2) with k_2 the slope at y'.
 * Register 1 keeps y + ½h k_1. A step to the data is Euler's, and so is one that is not corrected.
 */
export function heunStep(from: OdePoint, to: OdePoint, corrected = true): Move[] {
  const h = to.scale * (to.clock - from.clock);
  const stay = { x: to.scale / from.scale };
  const k1 = from.slope ?? {};
  const sets = [alongSlope(k1, h, stay), alongSlope(k1, h / 2, stay)];
  if (!corrected || !to.slope) return [{ t: from.t, sets, s: to.t }];
  const again = [alongSlope(to.slope, h / 2, { kept: 1 }), { registers: [0, 1] }];
  return [
    { t: from.t, sets },
    { t: to.t, sets: again, s: to.t },
  ];
}
// #endregion

// #region churn
/** σ̂ to which Algorithm 2 raises σ before a step of `steps`: by the factor 1 + min(churn/steps, √2 − 1). */
export const churnedSigma = (sigma: number, churn: number, steps: number): number =>
  sigma * (1 + Math.min(churn / steps, Math.SQRT2 - 1));

/** Fresh noise on top, from a place of the clock σ to a noisier one; `amount` is S_noise. Nothing is asked. */
export const raiseNoise = (from: OdePoint, to: OdePoint, amount = 1): Move => ({
  sets: [
    {
      registers: [to.scale / from.scale],
      z: amount * to.scale * Math.sqrt(to.clock ** 2 - from.clock ** 2),
    },
    {},
  ],
});
// #endregion

// #region sigmaPoint
/** In x/signal and σ = noise/signal the slope is ε̂: there a step of Euler's is DDIM's. */
export function sigmaPoint(t: number, { signal, noise }: PathPoint): OdePoint {
  const slope = noise > 0 ? { epsilon: 1 } : undefined;
  return { t, clock: noise / signal, scale: signal, slope };
}
// #endregion

/** In the path's own time: dx/dt = signal' x̂_0 + noise' ε̂. */
export function timePoint(t: number, { noise, signalRate, noiseRate }: PathPoint): OdePoint {
  const slope = noise > 0 ? { x0: signalRate, epsilon: noiseRate } : undefined;
  return { t, clock: t, scale: 1, slope };
}

/** The time of the chain, t or later, whose σ is nearest: a network knows no others (as `round_sigma` of EDM's code has it). */
function nearestTime({ snr, T }: Schedule, t: number, sigma: number): number {
  const off = (time: number) => Math.abs(snr[time] ** -0.5 - sigma);
  let best = t;
  while (best < T && off(best + 1) < off(best)) best++;
  return best;
}

export const heun = defineSampler({
  label: 'Heun',
  about:
    'Takes each step twice, the second time along the mean of the slopes at its two ends. Churn: noise is added before each step.',
  parameters: {
    // From almost pure noise x̂_0 hardly moves, and Euler is all but exact. A correction would magnify what it does move by
    // σ_T/σ_s, which is hundreds for the cosine schedule.
    firstStep: {
      label: 'First step',
      initial: 'plain',
      choices: { plain: 'Euler', corrected: 'Heun' },
    },
    churn: { label: 'Churn', initial: 0, from: 0, to: 40, step: 1 },
  },
  evaluations: (steps, { firstStep }) => 2 * steps - (firstStep === 'plain' && steps > 1 ? 2 : 1),
  moves(schedule, times, { firstStep, churn }) {
    const path = pathOf(schedule);
    const at = (t: number) => sigmaPoint(t, path.at(t));
    return strides(times).flatMap(([t, s], i) => {
      const start = at(t);
      const raised = churnedSigma(start.clock, churn, times.length - 1);
      const from = at(nearestTime(schedule, t, raised));
      const up = from.t > t ? [raiseNoise(start, from)] : [];
      return [...up, ...heunStep(from, at(s), i > 0 || firstStep === 'corrected')];
    });
  },
});
