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

/** Those whose networks the book can draw with: of a chain, or of the straight path. */
const ON_PATH = ['flow', 'flowLogitNormal'] as const;
const CHAIN_NAMES = Object.keys(CHAIN_OBJECTIVES) as (keyof typeof CHAIN_OBJECTIVES)[];
export const RUN_OBJECTIVES = [...CHAIN_NAMES, 'hybrid', ...ON_PATH] as const;
export type RunObjective = (typeof RUN_OBJECTIVES)[number];
/** Whether it trains on the straight path, in place of a chain: schedule, T and prediction then say nothing. */
export const isOnPath = (name: string | undefined): boolean =>
  (ON_PATH as readonly unknown[]).includes(name);

/** The objective of a run. @throws RangeError for an unknown name. */
export const objectiveOf = (name: ObjectiveName, setting: ObjectiveSetting): Objective =>
  OBJECTIVES[oneOf('Objective', name, OBJECTIVE_NAMES)].on(setting);
