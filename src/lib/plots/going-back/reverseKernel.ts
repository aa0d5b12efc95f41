/** One pixel that is +1 or −1 with equal chance, seen from x_t one step back: q(x_{t−1}|x_t) against its best Gaussian. */
import { channelExpectation } from '../../math/exact/channel.ts';
import { information, reverseLines } from '../../math/exact/reverse.ts';
import {
  asMixture,
  type Mixture1D,
  mixtureModes,
  momentMatch,
} from '../../math/numerics/gaussian.ts';
import { quickKl } from '../../math/numerics/quickKl.ts';
import type { Schedule } from '../../math/process/schedule.ts';
import { scheduleFromBetas } from '../../math/process/schedule.ts';

const PIXEL = [[1], [-1]];

/**
 * The example β = (0.1, 0.2) cut into T smaller steps (T even) that do the same together: every step of the
 * first half keeps the fraction 0.9^{2/T} of ᾱ, every step of the second 0.8^{2/T}. T = 2 is the example.
 */
export function splitExample(T: number): Schedule {
  const half = Math.max(1, Math.round(T / 2));
  const cut = (keep: number) => -Math.expm1(Math.log(keep) / half);
  return scheduleFromBetas([
    ...Array.from({ length: half }, () => cut(0.9)),
    ...Array.from({ length: half }, () => cut(0.8)),
  ]);
}

/** q(x_{t−1} | x_t) of the pixel, t ≥ 2: two bells, their weights, means and the common variance. */
export function pixelReverse(schedule: Schedule, t: number, xt: number): Mixture1D {
  const lines = reverseLines({ schedule, data: PIXEL }, [xt], t);
  if (!lines) throw new Error('One pixel lies on a line: its reverse is a mixture of numbers.');
  return lines[0];
}

export interface ReverseView {
  mixture: Mixture1D;
  /** The Gaussian with the mixture's mean and variance. */
  mean: number;
  variance: number;
  /** KL(mixture ‖ that Gaussian), nats. */
  kl: number;
  /** SNR(t−1) − SNR(t). */
  drop: number;
  /** Where the mixture's density has its peaks, one or two of them, lowest first. */
  modes: readonly number[];
}

export function reverseView(schedule: Schedule, t: number, xt: number): ReverseView {
  const mixture = pixelReverse(schedule, t, xt);
  const { mean, variance } = momentMatch(mixture);
  const kl = Math.max(0, quickKl(mixture, asMixture(mean, variance)));
  const drop = schedule.snr[t - 1] - schedule.snr[t];
  return { mixture, mean, variance, kl, drop, modes: mixtureModes(mixture) };
}

/**
 * E‖x' − x_0‖² summed over D independent ±1 pixels, for x' drawn from q(x_0|x_t): from Σ_ij q_i q_j (u_i − u_j)².
 * The least error of any answer is half of it.
 */
export function sampleError(schedule: Schedule, t: number, dimension: number): number {
  const points = Float64Array.of(1, -1);
  const source = { points, weights: Float64Array.of(0.5, 0.5) };
  const perPixel = channelExpectation(source, schedule.snr[t], ({ posterior: q }) => {
    let sum = 0;
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 2; j++) sum += q[i] * q[j] * (points[i] - points[j]) ** 2;
    return sum;
  });
  return dimension * perPixel;
}

/** t of the schedule whose ᾱ_t is nearest to `alphaBar` on the log-SNR scale, at least 2. */
export function sameNoise(schedule: Schedule, alphaBar: number): number {
  const target = Math.log(alphaBar / (1 - alphaBar));
  let best = Math.min(2, schedule.T);
  for (let t = best; t <= schedule.T; t++) {
    const gap = (s: number) => Math.abs(Math.log(schedule.snr[s]) - target);
    if (gap(t) < gap(best)) best = t;
  }
  return best;
}

/**
 * E KL(q(x_{t−1}|x_t) ‖ best Gaussian) over x_t ~ q(x_t), nats: ½ E log(1 + drop·Var(x_0|x_t)) is what the best
 * Gaussian costs against the posterior that knows x_0, I(x_0; x_{t−1} | x_t) what the exact kernel costs.
 */
export function averageKl(schedule: Schedule, t: number): number {
  const source = { points: Float64Array.of(1, -1), weights: Float64Array.of(0.5, 0.5) };
  const drop = schedule.snr[t - 1] - schedule.snr[t];
  const gaussian = channelExpectation(
    source,
    schedule.snr[t],
    (state) => 0.5 * Math.log1p(drop * state.variance),
  );
  return Math.max(0, gaussian - information({ schedule, data: PIXEL }, t).givenNoisier);
}
