/** What a page asks of the worker for exact numbers. Plain data both ways. */
import type { None, ReasonOf, Told } from '../../data/reason.ts';
import type { Decoder } from '../../math/bound/elbo.ts';
import type { FirstVariance } from '../../math/process/firstVariance.ts';
import type { ScheduleKind } from '../../math/process/schedule.ts';

export const BOUND_VARIANCES = [
  'exact',
  'bestGaussian',
  'bestIsotropic',
  'learned',
  'betaTilde',
  'beta',
] as const;
export type BoundVarianceName = (typeof BOUND_VARIANCES)[number];

export interface BoundRequest {
  /** A named schedule of T steps, or β_1 … β_T. */
  schedule: { kind: ScheduleKind; T: number } | { betas: number[] };
  data: number[][];
  weights: number[];
  variance: BoundVarianceName;
  decoder: Decoder;
  /** σ_1² of the discretized decoder; `beta1` when left out. */
  firstVariance?: FirstVariance;
  /** Monte-Carlo draws per number, where there is no quadrature. */
  samples?: number;
}

export interface FloorRequest {
  schedule: BoundRequest['schedule'];
  data: number[][];
  weights: number[];
}

export interface ExactValues {
  failed: Told;
  /** Its script did not load, or it broke. */
  notStarted: None;
}
export type ExactReason = ReasonOf<ExactValues>;

/** Answered by a Bound, and by mmse_t for t = 0..T (Float64Array, entry 0 is 0). */
export type ExactQuestion =
  | { type: 'bound'; request: BoundRequest }
  | { type: 'mmse'; request: FloorRequest };
