/** One step of one pixel: its two natural widths, the one that is dialled between them, and what each costs. Pure. */
import { coinErrorMoments, coinStepDensity } from '../../math/bound/coinTerms.ts';
import { gaussianTerm } from '../../math/bound/elbo.ts';
import { bestFraction, interpolatedVariance } from '../../math/bound/learnedVariance.ts';
import { type Point, sampled } from '../../math/numerics/curves.ts';
import { normalPdf } from '../../math/numerics/gaussian.ts';
import type { Schedule } from '../../math/process/schedule.ts';

/** How far the dial turns: a network's f may leave 0 … 1. */
export const DIAL = [-0.5, 1.5] as const;
/** Of the bells, in deviations of the wider one. */
export const REACH = 3.4;

export interface DialView {
  betaTilde: number;
  beta: number;
  /** σ² at f. */
  variance: number;
  /** Nats per pixel: L_{t−1} at f, and the least of any width. */
  term: number;
  least: number;
  best: number;
}

/** What a pixel of black or white leaves in doubt at t: its least mean squared error. */
const doubt = (schedule: Schedule, t: number) => coinErrorMoments(schedule.snr[t])[0];

export function dialView(schedule: Schedule, t: number, f: number): DialView {
  const error = doubt(schedule, t);
  const best = bestFraction(schedule, t, error);
  const at = (fraction: number) => interpolatedVariance(schedule, t, fraction);
  const cost = (fraction: number) => gaussianTerm(schedule, t, error, 1, at(fraction));
  return {
    betaTilde: schedule.posteriorVariance[t],
    beta: schedule.beta[t],
    variance: at(f),
    term: cost(f),
    least: cost(best),
    best,
  };
}

/** f of a bell whose side is dragged to `deviation`, held on the dial. */
export function fractionAt(schedule: Schedule, t: number, deviation: number): number {
  const [low, high] = [schedule.posteriorVariance[t], schedule.beta[t]];
  const f = Math.log(deviation ** 2 / low) / Math.log(high / low);
  return Math.min(DIAL[1], Math.max(DIAL[0], f));
}

/** The term over the dial, nats per pixel. */
export function termCurve(schedule: Schedule, t: number): Point[] {
  const error = doubt(schedule, t);
  return sampled(
    (f) => gaussianTerm(schedule, t, error, 1, interpolatedVariance(schedule, t, f)),
    DIAL,
    81,
  );
}

/** The best f over all steps, t = 2 … T. */
export const bestCurve = (schedule: Schedule): Point[] =>
  Array.from({ length: schedule.T - 1 }, (_, i) => ({
    x: i + 2,
    y: bestFraction(schedule, i + 2, doubt(schedule, i + 2)),
  }));

/** The side of a bell, by which it is dragged: one deviation out. */
export const sideOf = (deviation: number): Point => ({
  x: deviation,
  y: normalPdf(deviation, 0, deviation ** 2),
});

export interface DialCurves {
  truth: Point[];
  betaTilde: Point[];
  beta: Point[];
  bell: Point[];
}

/** Where the true step ends, seen from the model's mean, and the three bells about it. */
export function dialCurves(schedule: Schedule, t: number, truth: Point[], f: number): DialCurves {
  const reach = [truth[0].x, truth[truth.length - 1].x] as const;
  const bell = (variance: number) => sampled((d) => normalPdf(d, 0, variance), reach, 161);
  return {
    truth,
    betaTilde: bell(schedule.posteriorVariance[t]),
    beta: bell(schedule.beta[t]),
    bell: bell(interpolatedVariance(schedule, t, f)),
  };
}

/** The part of `dialCurves` that f does not move. */
export function truthCurve(schedule: Schedule, t: number): Point[] {
  const reach = REACH * Math.sqrt(schedule.beta[t]);
  return sampled(coinStepDensity(schedule, t), [-reach, reach], 161);
}
