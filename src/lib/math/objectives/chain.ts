/**
 * Objectives of a schedule's chain: whatever the network predicts, t uniform in 1…T, and a weight. A squared error of ε, v or
 * the score is a fixed multiple of that of x_0 at its t (`floorFactor`), so each is one curve over t: the weight on x_0.
 */
import { floorFactor } from '../exact/finite.ts';
import { oneOf } from '../numerics/oneOf.ts';
import type { PredictionKind } from '../process/parameterization.ts';
import { checkTime, type Schedule } from '../process/schedule.ts';
import type { ObjectiveKind } from './objective.ts';

/**
 * How the weights over t = 1…T are scaled.
 * - `formula`: as the formula says.
 * - `meanOne`: divided by their mean over t. Training uses it.
 */
export const WEIGHT_SCALINGS = ['formula', 'meanOne'] as const;
export type WeightScaling = (typeof WEIGHT_SCALINGS)[number];

export interface ChainObjective extends ObjectiveKind {
  /** The weight, as its formula says, on the squared error of a network that predicts `kind`, at t = 1…T. */
  weightAt(t: number, kind: PredictionKind, schedule: Schedule): number;
}

/** @param onX0 the weight on the squared error of x_0 at t; left out: 1 on that of whatever is predicted. */
export function chainObjective(
  label: string,
  onX0?: (t: number, schedule: Schedule) => number,
): ChainObjective {
  const weightAt: ChainObjective['weightAt'] = (t, kind, schedule) => {
    checkTime(schedule, t, 1);
    return onX0 ? onX0(t, schedule) / floorFactor(kind, t, schedule) : 1;
  };
  return {
    label,
    weightAt,
    on({ schedule, prediction }) {
      const weights = chainWeights(weightAt, prediction, schedule, 'meanOne');
      return {
        process: schedule,
        target: prediction,
        // A part just below `of` may have been rounded up to it.
        timeAt: (part, of = 1) => Math.min(schedule.T, 1 + Math.floor((schedule.T * part) / of)),
        weight: (t) => weights[t],
        weights,
        input: () => 1,
        told: (t) => t,
        T: schedule.T,
      };
    },
  };
}

/** All weights of a chain, of length T + 1; entry 0 is unused (0). */
export function chainWeights(
  weightAt: ChainObjective['weightAt'],
  kind: PredictionKind,
  schedule: Schedule,
  scaling: WeightScaling,
): Float64Array {
  const weights = new Float64Array(schedule.T + 1);
  for (let t = 1; t <= schedule.T; t++) weights[t] = weightAt(t, kind, schedule);
  if (oneOf('Scaling of the weights', scaling, WEIGHT_SCALINGS) === 'formula') return weights;
  const mean = weights.reduce((total, w) => total + w, 0) / schedule.T;
  return weights.map((w) => w / mean);
}
