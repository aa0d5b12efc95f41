/**
 * How much each time step counts in the loss of a chain: what a network is trained with and what a plot draws are these same
 * numbers (objectives/record.ts).
 */

import { oneOf } from '../numerics/oneOf.ts';
import type { PredictionKind } from '../process/parameterization.ts';
import type { Schedule } from '../process/schedule.ts';
import { chainWeights, type WeightScaling } from './chain.ts';
import { CHAIN_OBJECTIVES } from './record.ts';

export type Weighting = keyof typeof CHAIN_OBJECTIVES;
export const WEIGHTINGS = Object.keys(CHAIN_OBJECTIVES) as Weighting[];

/** What the book calls each weighting. */
export const WEIGHTING_NAMES = Object.fromEntries(
  WEIGHTINGS.map((name) => [name, CHAIN_OBJECTIVES[name].label]),
) as Record<Weighting, string>;

const named = (weighting: Weighting) =>
  CHAIN_OBJECTIVES[oneOf('Weighting', weighting, WEIGHTINGS)].weightAt;

/**
 * The weights of a run, of length T + 1; entry 0 is unused (0).
 * @param kind what the network predicts, whose squared error is weighted.
 */
export const lossWeights = (
  weighting: Weighting,
  kind: PredictionKind,
  schedule: Schedule,
  scaling: WeightScaling = 'meanOne',
): Float64Array => chainWeights(named(weighting), kind, schedule, scaling);

/**
 * The factor, as the formula says, for the squared error of a network that predicts `kind`, at time t ≥ 1.
 * @throws RangeError for an unknown weighting or a t outside 1..T.
 */
export const lossWeight = (
  weighting: Weighting,
  kind: PredictionKind,
  t: number,
  schedule: Schedule,
): number => named(weighting)(t, kind, schedule);
