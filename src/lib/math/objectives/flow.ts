/** Flow matching (2210.02747): the velocity ε − x_0 of the straight path, with weight 1. */

import { normalQuantile } from '../numerics/special.ts';
import { straight } from '../process/straight.ts';
import { logitNormalTime } from '../process/timeLaws.ts';
import type { ObjectiveKind } from './objective.ts';

const PATH = straight();

const flowMatching = (label: string, quantile: (p: number) => number): ObjectiveKind => ({
  label,
  on: () => ({
    process: PATH,
    target: 'flowVelocity',
    timeAt: (part, of = 1) => quantile(part / of),
    weight: () => 1,
    input: () => 1,
    told: (t) => t,
    T: 1,
  }),
});

/** t uniform in [0, 1). */
export const flowObjective = flowMatching('flow matching', (p) => p);

/** log(t/(1−t)) ~ N(0, 1): most often in the middle, where the velocity is hardest to tell (Esser et al. 2403.03206). */
export const logitNormalFlowObjective = flowMatching('flow matching, logit-normal t', (p) =>
  logitNormalTime(normalQuantile(p)),
);
