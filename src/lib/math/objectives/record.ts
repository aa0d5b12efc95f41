/**
 * Every objective of the book: one file, and one entry here. What a network is trained with, what a plot of weights draws
 * and which names a run may have derive from this record.
 */
import { oneOf } from '../numerics/oneOf.ts';
import { betaBoundObjective, boundObjective } from './bound.ts';
import type { ChainObjective } from './chain.ts';
import { edmObjective } from './edm.ts';
import { flowObjective, logitNormalFlowObjective } from './flow.ts';
import { hybridObjective } from './hybrid.ts';
import type { Objective, ObjectiveKind, ObjectiveSetting } from './objective.ts';
import { epsilonObjective, simpleObjective, velocityObjective, x0Objective } from './simple.ts';
import { minSnrObjective, p2Objective, truncatedSnrObjective } from './snr.ts';

/** Those that train whatever is predicted on the chain of whatever schedule. */
export const CHAIN_OBJECTIVES = {
  simple: simpleObjective,
  epsilon: epsilonObjective,
  x0: x0Objective,
  velocity: velocityObjective,
  minSnr: minSnrObjective,
  truncatedSnr: truncatedSnrObjective,
  p2: p2Objective,
  elbo: boundObjective,
  elboBeta: betaBoundObjective,
} as const satisfies Record<string, ChainObjective>;

export const OBJECTIVES = {
  ...CHAIN_OBJECTIVES,
  flow: flowObjective,
  flowLogitNormal: logitNormalFlowObjective,
  edm: edmObjective,
  hybrid: hybridObjective,
} as const satisfies Record<string, ObjectiveKind>;

export type ObjectiveName = keyof typeof OBJECTIVES;
export const OBJECTIVE_NAMES = Object.keys(OBJECTIVES) as ObjectiveName[];

/** The objective of a run. @throws RangeError for an unknown name. */
export const objectiveOf = (name: ObjectiveName, setting: ObjectiveSetting): Objective =>
  OBJECTIVES[oneOf('Objective', name, OBJECTIVE_NAMES)].on(setting);
